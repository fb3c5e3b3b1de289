import type { StoreOpener } from '@portico/koa';

export type EngineName = 'sqlite' | 'postgres';

/** A database that was filled, to be opened as a host would. */
export interface GrownStore {
  readonly opener: StoreOpener;
  /** What filling it took. */
  readonly filledInSeconds: number;
  /** What the users take on the disk, with their indexes. */
  readonly bytes: number;
  /** Tables that were read from end to end since it was filled, as far as the engine tells. */
  findScannedTables(): Promise<readonly string[]>;
  remove(): Promise<void>;
}
