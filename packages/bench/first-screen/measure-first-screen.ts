import { existsSync } from 'node:fs';
import { chromium, type Browser } from 'playwright-core';
import { findChromium } from '../../../scripts/check/find-chromium.ts';
import { slow4g, type Profile } from './profile.ts';
import { spreadOf, type Spread } from './spread.ts';
import { visit, type Step, type Visit } from './visit.ts';
import { startWidgets, type Widget } from './widgets.ts';

/** What was measured of one kind of visit: medians and the span of the rounds. */
export interface VisitResult {
  /** Milliseconds from the navigation until somebody can type. */
  readonly usableMs: Spread;
  /** Over the wire until then, bytes. */
  readonly bytesUntilUsable: Spread;
  readonly requestsUntilUsable: Spread;
  /** Over the wire until the network rests, bytes. */
  readonly bytes: Spread;
  readonly requests: Spread;
  /** The requests of the round in the middle. */
  readonly waterfall: readonly Step[];
}

export interface WidgetResult {
  readonly name: string;
  readonly versions: Readonly<Record<string, string>>;
  /** Nothing in the browser's cache. */
  readonly cold: VisitResult;
  /** A second visit in a new tab of the same browser. */
  readonly warm: VisitResult;
}

export interface FirstScreenResult {
  readonly date: string;
  readonly browser: string;
  readonly profile: Profile;
  readonly rounds: number;
  readonly widgets: readonly WidgetResult[];
}

export interface MeasureOptions {
  /** @default 5 */
  readonly rounds?: number;
  /** @default slow4g */
  readonly profile?: Profile;
  /** Names of the only widgets to measure, to look into one. */
  readonly only?: readonly string[];
  /** Where each widget's screen goes as a picture, if anywhere: an existing folder. */
  readonly screenshots?: string;
}

interface Round {
  readonly cold: Visit;
  readonly warm: Visit;
}

/**
 * Measures each login's first screen, cold and warm, one after another and all of it again (A B C A B C), after one check each
 * that the screen takes what is typed as soon as it seems usable. Throws where a screen does not come or a request fails.
 */
export async function measureFirstScreen({ rounds = 5, profile = slow4g, only, screenshots }: MeasureOptions = {}): Promise<FirstScreenResult> {
  const browser = await chromium.launch({ executablePath: await findChromium(), args: flags });
  try {
    const { widgets: started, stop } = await startWidgets(browser);
    try {
      const widgets = started.filter(({ name }) => only?.includes(name) ?? true);
      const measured = new Map<Widget, Round[]>(widgets.map((widget) => [widget, []]));
      for (const widget of widgets) await check(browser, { widget, profile, screenshots });
      for (let round = 0; round < rounds; round += 1) {
        for (const [widget, soFar] of measured) soFar.push(await measureOnce(browser, widget, profile));
      }
      const results = [...measured].map(([{ name, versions }, all]) => ({ name, versions, cold: resultOf(all, 'cold'), warm: resultOf(all, 'warm') }));
      return { date: new Date().toISOString().slice(0, 10), browser: `Chromium ${browser.version()}`, profile, rounds, widgets: results };
    } finally {
      await stop();
    }
  } finally {
    await browser.close();
  }
}

/** As on a phone with little memory, a frame of another site (Lock has one) shares the page's process, and its requests are seen. */
const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
  '--disable-site-isolation-trials',
];

interface Check {
  readonly widget: Widget;
  readonly profile: Profile;
  readonly screenshots: string | undefined;
}

async function check(browser: Browser, { widget, profile, screenshots }: Check): Promise<void> {
  const context = await browser.newContext({ locale: 'en-GB' });
  const picture = screenshots !== undefined && existsSync(screenshots) ? { screenshot: `${screenshots}/${widget.name.replaceAll(/\W+/g, '-')}.png` } : {};
  try {
    await visit(context, { url: widget.url, profile, typesAtOnce: true, ...picture });
  } finally {
    await context.close();
  }
}

/** How often a round may fail before the whole run does. */
const patience = 2;

/** On a busy machine a letter gets lost, or an answer: such a round is no figure, whoever it is of, and is done again. */
async function measureOnce(browser: Browser, widget: Widget, profile: Profile): Promise<Round> {
  for (let failures = 0; failures < patience; failures += 1) {
    try {
      return await measureRound(browser, widget, profile);
    } catch (fault) {
      process.stderr.write(`again, ${widget.name}: ${fault instanceof Error ? fault.message : String(fault)}\n`);
    }
  }
  return measureRound(browser, widget, profile);
}

async function measureRound(browser: Browser, { url }: Widget, profile: Profile): Promise<Round> {
  const context = await browser.newContext({ locale: 'en-GB' });
  try {
    const cold = await visit(context, { url, profile });
    const warm = await visit(context, { url, profile });
    return { cold, warm };
  } finally {
    await context.close();
  }
}

function resultOf(rounds: readonly Round[], kind: keyof Round): VisitResult {
  const visits = rounds.map((round) => round[kind]);
  const of = (figure: (visit: Visit) => number): Spread => spreadOf(visits.map(figure));
  const byTime = visits.toSorted((a, b) => a.usableMs - b.usableMs);
  return {
    usableMs: of(({ usableMs }) => Math.round(usableMs)),
    bytesUntilUsable: of(({ bytesUntilUsable }) => bytesUntilUsable),
    requestsUntilUsable: of(({ requestsUntilUsable }) => requestsUntilUsable),
    bytes: of(({ bytes }) => bytes),
    requests: of(({ requests }) => requests),
    waterfall: byTime[Math.floor(byTime.length / 2)]?.waterfall ?? [],
  };
}
