import { after as afterAll, before, describe } from 'node:test';
import type { OpenStore } from '../ports/store.ts';
import { describeContacts } from './store-contacts.contract.ts';
import { describePasskeys, describePasswords, describeIdentities } from './store-credentials.contract.ts';
import { describeFlows, describeChallenges, describeOutbox } from './store-flows.contract.ts';
import { describeGrants, describeCodes, describeRefreshTokens, describePushedRequests } from './store-grants.contract.ts';
import { describeSettings, describeTransactions } from './store-house.contract.ts';
import { describeLimits } from './store-limits.contract.ts';
import { describeUsers, describeSessions } from './store-people.contract.ts';
import { describeDevices } from './store-devices.contract.ts';
import { describeSecondFactors } from './store-second-factors.contract.ts';
import { describeRaces } from './store-races.contract.ts';

/** Two connections to one new database, perhaps the same one. */
interface OpenStores {
  readonly one: OpenStore;
  readonly other: OpenStore;
}

/** What every store promises. */
export function describeStore(name: string, open: () => Promise<OpenStores>): void {
  describe(name, () => {
    let stores: OpenStores;
    before(async () => { stores = await open(); });
    afterAll(async () => {
      await stores.one.close();
      await stores.other.close();
    });
    const store = (): OpenStore => stores.one;
    describeSettings(store);
    describeUsers(store);
    describePasskeys(store);
    describePasswords(store);
    describeIdentities(store);
    describeContacts(store);
    describeSecondFactors(store);
    describeDevices(store);
    describeFlows(store);
    describeChallenges(store);
    describeSessions(store);
    describeGrants(store);
    describeCodes(store);
    describeRefreshTokens(store);
    describePushedRequests(store);
    describeOutbox(store);
    describeLimits(store);
    describeTransactions(store);
    describeRaces(() => stores);
  });
}
