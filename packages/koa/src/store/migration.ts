import type { Kysely } from 'kysely';
import type { Engine } from './engine.ts';
import type { Schema } from './schema.ts';

/** One step of the schema. Steps only go forward: what was released is never edited. */
export interface Migration {
  /** Number and noun. Kept in the database once it has run. */
  readonly name: string;
  up(db: Kysely<Schema>, engine: Engine): Promise<void>;
}
