import { randomBytes } from 'node:crypto';

/** What time it is. */
export interface Clock {
  now(): Date;
}

/** Where unguessable things come from. */
export interface Random {
  /** 256 bits, base64url: `state`, `nonce`, code verifier, session cookie. */
  secret(): string;
}

/** What an operator reads. Fields carry no secret, and nothing of a person. */
export interface Log {
  warn(event: string, fields?: Readonly<Record<string, unknown>>): void;
  error(event: string, fields?: Readonly<Record<string, unknown>>): void;
}

/** The machine's own clock. */
export const systemClock: Clock = { now: () => new Date() };

/** The machine's own source of randomness. */
export const systemRandom: Random = { secret: () => randomBytes(32).toString('base64url') };

/** Standard error, one line of JSON each. */
export const systemLog: Log = { warn: writeAs('warn'), error: writeAs('error') };

function writeAs(level: string): Log['warn'] {
  return (event, fields = {}) => {
    process.stderr.write(`${JSON.stringify({ at: systemClock.now().toISOString(), level, event, ...fields })}\n`);
  };
}
