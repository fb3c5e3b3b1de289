/** Whether a page's browser says that there is a network (`navigator.onLine`): it asks its machine, which may have none but its own. */
import type { CDPSession, Page } from 'playwright-core';

/** As good as boundless. A browser that is told of no bounds asks its machine again. */
const bounds = { latency: 0, downloadThroughput: 1e9, uploadThroughput: 1e9 };
const sessions = new WeakMap<Page, CDPSession>();

/** Cuts a page off, or says that it is not: from then on it does not count what its machine has. */
export async function setNetwork(page: Page, isThere: boolean): Promise<void> {
  const session = sessions.get(page) ?? (await page.context().newCDPSession(page));
  sessions.set(page, session);
  await session.send('Network.enable');
  await session.send('Network.emulateNetworkConditions', { offline: !isThere, ...bounds, connectionType: 'ethernet' });
}
