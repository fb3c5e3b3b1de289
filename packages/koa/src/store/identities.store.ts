import type { Selectable } from 'kysely';
import type { Identity } from '../model/identity.ts';
import type { Identities } from '../ports/identities.ts';
import { toMoment, toRecord } from './record.ts';
import type { IdentityRow } from './schema.ts';
import type { StoreDeps } from './store-deps.ts';

export function createIdentities({ db }: StoreDeps): Identities {
  return {
    async insert({ issuer, subject, userId, provider, linkedAt }) {
      const row = await db.insertInto('portico_identity')
        .values({ issuer, subject, user_id: userId, provider, linked_at: linkedAt })
        // Only the account may be taken; a user who is not there is a fault, and is thrown.
        .onConflict((conflict) => conflict.columns(['issuer', 'subject']).doNothing()).returning('user_id').executeTakeFirst();
      return row !== undefined;
    },
    async find(issuer, subject) {
      const row = await db.selectFrom('portico_identity').selectAll()
        .where('issuer', '=', issuer).where('subject', '=', subject).executeTakeFirst();
      return row && toIdentity(row);
    },
    async listOf(userId) {
      const rows = await db.selectFrom('portico_identity').selectAll().where('user_id', '=', userId).orderBy('linked_at').execute();
      return rows.map(toIdentity);
    },
    async remove({ issuer, subject, userId }) {
      const row = await db.deleteFrom('portico_identity').where('issuer', '=', issuer).where('subject', '=', subject)
        .where('user_id', '=', userId).returning('user_id').executeTakeFirst();
      return row !== undefined;
    },
  };
}

function toIdentity(row: Selectable<IdentityRow>): Identity {
  return toRecord<Identity>({
    issuer: row.issuer, subject: row.subject, userId: row.user_id, provider: row.provider, linkedAt: toMoment(row.linked_at),
  });
}
