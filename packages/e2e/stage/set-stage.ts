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
    const [app, browser] = await Promise.all([startApp(), openBrowser()]);
    set = { app, browser };
  });
  after(async () => {
    const { app, browser } = onStage();
    await browser.close();
    await app.stop();
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
