/**
 * Many writes, one commit: what is written within one turn of the event loop is committed at its end.
 *
 * With `synchronous=FULL` a commit waits for the disk, and costs more than everything before it. Sixty-four requests that
 * come together then wait for the disk once.
 *
 * Owns: the one open SQLite transaction, its beginning and its end.
 * Does not own: whose turn it is (turns.ts). Every function here but `watch` is called by who has the turn.
 */
import { StoreBusyError } from '../ports/store-busy-error.ts';
import type { OpenDatabase } from './sqlite-database.ts';
import { toStoreFault } from './sqlite-fault.ts';
import type { Turns } from './turns.ts';
import type { Patience } from './when-free.ts';
import { whenFree } from './when-free.ts';

export interface GroupCommit {
  /** Opens a group if none is open, with the write lock, and names its end. @throws {StoreBusyError} */
  join(): Group | Promise<Group>;
  /** To be called after any fault: some of them (a full disk) end the whole group. */
  notice(): void;
  /** Begins to watch. The returned function resolves when everything written meanwhile is kept, and throws if it is lost. */
  watch(): () => Promise<void>;
  /** Commits what is open, when the last turn is over. */
  close(): void;
}

/** Writes that are kept, or lost, together. */
export interface Group {
  /** Resolves when they are on the disk. @throws {StoreBusyError} if they are lost */
  readonly kept: Promise<void>;
}

interface OpenGroup extends Group {
  readonly resolve: () => void;
  readonly reject: (fault: unknown) => void;
}

interface GroupCommitDeps {
  readonly database: OpenDatabase;
  readonly turns: Turns;
  readonly patience: Patience;
}

export function createGroupCommit({ database, turns, patience }: GroupCommitDeps): GroupCommit {
  let open: OpenGroup | undefined;
  /** How many groups have been lost so far. */
  let lost = 0;

  async function openGroup(): Promise<OpenGroup> {
    await whenFree(() => database.execute('begin immediate'), patience);
    setImmediate(() => void commitInTurn());
    return (open = newGroup());
  }

  function lose(fault: unknown): void {
    lost += 1;
    open?.reject(fault);
    open = undefined;
  }

  function commit(): void {
    if (open === undefined) return;
    try {
      database.execute('commit');
      open.resolve();
      open = undefined;
    } catch (fault) {
      if (database.inTransaction) database.execute('rollback');
      lose(toStoreFault(fault));
    }
  }

  async function commitInTurn(): Promise<void> {
    try {
      await turns.take();
    } catch {
      // Somebody holds the turn for longer than patience lasts. A store that closes commits by itself.
      if (!turns.isClosed) setImmediate(() => void commitInTurn());
      return;
    }
    commit();
    turns.give();
  }

  function watch(): () => Promise<void> {
    const before = lost;
    return async () => {
      await open?.kept;
      if (lost !== before) throw new StoreBusyError('what was written could not be kept');
    };
  }

  return {
    join: () => open ?? openGroup(),
    notice: () => {
      if (open !== undefined && !database.inTransaction) lose(new StoreBusyError('the disk failed'));
    },
    watch,
    close: commit,
  };
}

function newGroup(): OpenGroup {
  const { promise: kept, resolve, reject } = Promise.withResolvers<void>();
  // Whoever watches counts the lost ones; nobody need wait for this one.
  kept.catch(() => {});
  return { kept, resolve, reject };
}
