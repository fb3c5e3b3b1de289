import { randomUUID } from 'node:crypto';

/** What time it is. */
export interface Clock {
  now(): Date;
}

/** Where the `request_id` of an error body comes from. */
export interface Random {
  id(): string;
}

/** The machine's own clock. */
export const systemClock: Clock = { now: () => new Date() };

/** The machine's own source of randomness. */
export const systemRandom: Random = { id: () => randomUUID() };
