import { after, before } from 'node:test';
import type { Browser } from 'playwright-core';
import { openBrowser } from './open-browser.ts';

/** What the stories of a suite play on: an app, and a browser to invite people into. */
export interface Stage<App> {
  readonly app: App;
  readonly browser: Browser;
}

/** Sets the stage before the stories of a suite, and clears it after them. */
export function setStage<App extends { stop(): Promise<void> }>(startApp: () => Promise<App>): Stage<App> {
  let set: Stage<App> | undefined;
  const onStage = (): Stage<App> => {
    if (set === undefined) throw new Error('a story looks at the stage before it is set');
    return set;
  };
  before(async () => {
    const [app, browser] = await Promise.allSettled([startApp(), openBrowser()]);
    if (app.status === 'fulfilled' && browser.status === 'fulfilled') set = { app: app.value, browser: browser.value };
    else await refuse(app, browser);
  });
  after(async () => {
    await set?.browser.close();
    await set?.app.stop();
  });
  return {
    get app() {
      return onStage().app;
    },
    get browser() {
      return onStage().browser;
    },
  };
}

/** Whatever did start would keep the process, and with it the suite, until its time is up. */
async function refuse(app: PromiseSettledResult<{ stop(): Promise<void> }>, browser: PromiseSettledResult<Browser>): Promise<never> {
  if (app.status === 'fulfilled') await app.value.stop();
  if (browser.status === 'fulfilled') await browser.value.close();
  throw app.status === 'rejected' ? app.reason : (browser as PromiseRejectedResult).reason;
}
