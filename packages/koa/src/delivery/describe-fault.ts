import type { LogFields } from '../ports/log.ts';

/**
 * What the log may know of a fault. Never its message: a mail server repeats the address in it, and a driver the
 * values of a statement.
 */
export function describeFault(fault: unknown): LogFields {
  if (!(fault instanceof Error)) return { fault: typeof fault };
  const { code, command, responseCode } = fault as { code?: unknown; command?: unknown; responseCode?: unknown };
  return {
    fault: fault.name,
    ...(typeof code === 'string' ? { code } : {}),
    // `RCPT TO:<ada@…>` is cut to its verb.
    ...(typeof command === 'string' ? { command: command.split(/\s/, 1)[0] } : {}),
    ...(typeof responseCode === 'number' ? { response_code: responseCode } : {}),
  };
}
