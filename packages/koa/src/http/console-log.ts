import type { Log } from '../ports/log.ts';
import type { Clock } from '../ports/clock.ts';

/** One JSON object a line, on standard error: what every collector of logs reads. */
export function createConsoleLog(clock: Clock): Log {
  const write = (level: string) => (event: string, fields: Readonly<Record<string, unknown>> = {}): void => {
    process.stderr.write(`${JSON.stringify({ at: clock.now().toISOString(), level, event, ...fields })}\n`);
  };
  return { info: write('info'), warn: write('warn'), error: write('error') };
}
