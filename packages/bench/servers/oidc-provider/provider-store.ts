import type { Adapter } from 'oidc-provider';

export interface AccountRow {
  readonly id: string;
  readonly email: string;
}

/** What oidc-provider and its host keep. */
export interface ProviderStore {
  adapter(model: string): Adapter;
  insertAccount(account: AccountRow): void;
  findAccount(id: string): AccountRow | undefined;
  /** All writes in one commit, where there are commits: for what is stored before it is measured. */
  keepTogether<Result>(write: () => Promise<Result>): Promise<Result>;
}
