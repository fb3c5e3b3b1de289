/**
 * oidc-provider's own MemoryAdapter, which its documentation means for development. As it comes it keeps a thousand entries
 * and forgets the oldest, so that codes made beforehand would be gone before they are exchanged: here it has a Map to keep
 * them in, which never forgets and costs less.
 */
import type { Adapter } from 'oidc-provider';
import type { AccountRow, ProviderStore } from './provider-store.ts';

interface MemoryAdapterModule {
  readonly default: new (model: string, entries: Map<string, unknown>) => Adapter;
}

export async function createMemoryStore(): Promise<ProviderStore> {
  const place = new URL('adapters/memory_adapter.js', import.meta.resolve('oidc-provider')).href;
  const { default: MemoryAdapter } = (await import(place)) as MemoryAdapterModule;
  const entries = new Map<string, unknown>();
  const accounts = new Map<string, AccountRow>();
  return {
    adapter: (model) => new MemoryAdapter(model, entries),
    insertAccount: (account) => void accounts.set(account.id, account),
    findAccount: (id) => accounts.get(id),
    keepTogether: (write) => write(),
  };
}
