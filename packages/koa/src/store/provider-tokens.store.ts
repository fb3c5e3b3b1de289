import type { Sealed } from '../model/ids.ts';
import type { ProviderTokens } from '../ports/provider-tokens.ts';
import type { Moment } from './columns.ts';
import { toMoment } from './record.ts';
import type { StoreDeps } from './store-deps.ts';

export interface ProviderTokenRow {
  readonly issuer: string;
  readonly subject: string;
  readonly sealed: Sealed;
  readonly updated_at: Moment;
}

export function createProviderTokens({ db }: StoreDeps): ProviderTokens {
  return {
    async put({ issuer, subject, sealed, updatedAt }) {
      const row = await db.insertInto('portico_provider_token').columns(['issuer', 'subject', 'sealed', 'updated_at'])
        // Only beside a link: one that was taken away meanwhile stays away, with all that belonged to it.
        .expression((query) => query.selectFrom('portico_identity')
          .select((select) => ['issuer', 'subject', select.cast<Sealed>(select.val(sealed), 'text').as('sealed'), select.val(updatedAt).as('updated_at')])
          .where('issuer', '=', issuer).where('subject', '=', subject))
        .onConflict((conflict) => conflict.columns(['issuer', 'subject']).doUpdateSet({ sealed, updated_at: updatedAt }))
        .returning('issuer').executeTakeFirst();
      return row !== undefined;
    },
    async find({ issuer, subject }) {
      const row = await db.selectFrom('portico_provider_token').selectAll().where('issuer', '=', issuer).where('subject', '=', subject).executeTakeFirst();
      return row && { issuer, subject, sealed: row.sealed, updatedAt: toMoment(row.updated_at) };
    },
    async replace(seen, { issuer, subject, sealed, updatedAt }) {
      const row = await db.updateTable('portico_provider_token').set({ sealed, updated_at: updatedAt })
        .where('issuer', '=', issuer).where('subject', '=', subject).where('sealed', '=', seen).returning('issuer').executeTakeFirst();
      return row !== undefined;
    },
    async remove({ issuer, subject, sealed }) {
      const row = await db.deleteFrom('portico_provider_token')
        .where('issuer', '=', issuer).where('subject', '=', subject).where('sealed', '=', sealed).returning('issuer').executeTakeFirst();
      return row !== undefined;
    },
  };
}
