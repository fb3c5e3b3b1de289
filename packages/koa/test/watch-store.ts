import type { OpenStore, Store } from '../src/index.ts';

/** Calls that the outbox makes by itself, whenever it likes, and the sweep that comes every minute. */
export function isOfBackground(name: string): boolean {
  return /^outbox\.(claimDue|markSent|postpone)$|\.remove(Expired|Ended|Before|Retired)$/.test(name);
}

/**
 * A store that tells of each call before it is made. Whoever is told may throw, and the call is not made: so a fault of
 * the database is put wherever a test wants it.
 */
export function watchStore(store: OpenStore, tell: (name: string) => void): OpenStore {
  const { grouped } = store;
  return {
    ...watch(store, tell),
    grouped: { ...watch(grouped, tell), watchWrites: () => grouped.watchWrites() },
    close: () => store.close(),
  };
}

function watch(store: Store, tell: (name: string) => void): Store {
  const parts = Object.entries(store).filter(([name, part]) => typeof part === 'object' && name !== 'grouped');
  const watched = Object.fromEntries(parts.map(([table, part]) => [table, watchPart(table, part as object, tell)]));
  const transaction: Store['transaction'] = (work) => {
    tell('transaction');
    return store.transaction((inside) => work(watch(inside, tell)));
  };
  return { ...(watched as unknown as Store), transaction };
}

function watchPart(table: string, part: object, tell: (name: string) => void): object {
  return new Proxy(part, {
    get: (target, verb, receiver) => {
      const found: unknown = Reflect.get(target, verb, receiver);
      if (typeof found !== 'function') return found;
      return async (...given: readonly unknown[]): Promise<unknown> => {
        tell(`${table}.${String(verb)}`);
        return Reflect.apply(found, target, given) as Promise<unknown>;
      };
    },
  });
}
