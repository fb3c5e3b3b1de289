import type { Selectable } from 'kysely';
import { sql } from 'kysely';
import type { SigningKey } from '../model/signing-key.ts';
import type { SigningKeys } from '../ports/store.ts';
import { toMoment, toMomentIfAny, toRecord } from './record.ts';
import { removeSome } from './remove-some.ts';
import type { SigningKeyRow } from './schema.ts';
import type { StoreDeps } from './store-deps.ts';

/** More than there will ever be at once. */
const ALL = 1000;

export function createSigningKeys(deps: StoreDeps): SigningKeys {
  const { db } = deps;
  return {
    async insert(key) {
      await db.insertInto('portico_signing_key').values({
        kid: key.kid,
        algorithm: key.algorithm,
        public_jwk: key.publicJwk,
        private_jwk: key.privateJwk,
        created_at: key.createdAt,
        signs_from: key.signsFrom,
        signs_until: key.signsUntil ?? null,
        published_until: key.publishedUntil ?? null,
      }).execute();
    },
    async list() {
      const rows = await db.selectFrom('portico_signing_key').selectAll().orderBy('created_at').orderBy('kid').execute();
      return rows.map(toSigningKey);
    },
    async retire(algorithm, signsUntil, publishedUntil) {
      await db.updateTable('portico_signing_key').set({ signs_until: signsUntil, published_until: publishedUntil })
        .where('algorithm', '=', algorithm).where('signs_until', 'is', null).execute();
    },
    removeRetired: (now) => removeSome(deps, {
      table: 'portico_signing_key', key: 'kid', past: 'published_until', where: sql`published_until <= ${now}`,
    }, ALL),
  };
}

function toSigningKey(row: Selectable<SigningKeyRow>): SigningKey {
  return toRecord<SigningKey>({
    kid: row.kid,
    algorithm: row.algorithm,
    publicJwk: row.public_jwk,
    privateJwk: row.private_jwk,
    createdAt: toMoment(row.created_at),
    signsFrom: toMoment(row.signs_from),
    signsUntil: toMomentIfAny(row.signs_until),
    publishedUntil: toMomentIfAny(row.published_until),
  });
}
