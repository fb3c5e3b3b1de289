import type { Insertable, Selectable } from 'kysely';
import { sql } from 'kysely';
import type { CanonicalEmail, CanonicalPhone, CanonicalUsername, UserId } from '../model/ids.ts';
import type { EmailIdentifier, NewUser, PhoneIdentifier, User, UsernameIdentifier } from '../model/user.ts';
import type { Users } from '../ports/store.ts';
import { compileOnce } from './compile-once.ts';
import { toMoment, toMomentIfAny, toRecord } from './record.ts';
import { setContact } from './set-contact.ts';
import { setProfile, toProfileRow } from './set-profile.ts';
import { setUsername } from './set-username.ts';
import type { StoreDeps } from './store-deps.ts';
import type { UserRow } from './user-row.ts';

const insertUser = compileOnce(({ db }, user: Insertable<UserRow>) => db.insertInto('portico_user').values(user)
  .onConflict((conflict) => conflict.doNothing()).returning('id'));

const findUser = compileOnce(({ db }, { id }: { readonly id: UserId }) =>
  db.selectFrom('portico_user').selectAll().where('id', '=', id));

const findUserByEmail = compileOnce(({ db }, { email }: { readonly email: CanonicalEmail }) =>
  db.selectFrom('portico_user').selectAll().where('email_canonical', '=', email));

const findUserByPhone = compileOnce(({ db }, { phone }: { readonly phone: CanonicalPhone }) =>
  db.selectFrom('portico_user').selectAll().where('phone_canonical', '=', phone));

const findUserByUsername = compileOnce(({ db }, { username }: { readonly username: CanonicalUsername }) =>
  db.selectFrom('portico_user').selectAll().where('username_canonical', '=', username));

/** Weaker than what a deletion takes: rows that only point to the user are written meanwhile. */
const lockUser = compileOnce(({ db }, { id }: { readonly id: UserId }) =>
  db.selectFrom('portico_user').select('id').where('id', '=', id).forNoKeyUpdate());
const verifyEmail = compileOnce(({ db }, { id, email, now }: { readonly id: UserId; readonly email: CanonicalEmail; readonly now: Date }) =>
  db.updateTable('portico_user').set({ email_verified_at: now, updated_at: now })
    .where('id', '=', id).where('email_canonical', '=', email).where('email_verified_at', 'is', null));

const setLanguage = compileOnce(({ db }, { id, language, now }: { readonly id: UserId; readonly language: string; readonly now: Date }) =>
  db.updateTable('portico_user').set({ language, updated_at: now })
    .where('id', '=', id).where((row) => row.or([row('language', 'is', null), row('language', '!=', language)])));

export function createUsers(deps: StoreDeps): Users {
  const { db } = deps;
  return {
    async insert(user) {
      const { rows } = await insertUser(deps, toRow(user));
      if (rows.length > 0) return true;
      // Only the address, the number or the username may be taken. Ids are not: that is a fault.
      const { rows: [known] } = await findUser(deps, { id: user.id });
      if (known !== undefined) throw new Error('A user was stored twice.');
      return false;
    },
    find: async (id) => firstOf(await findUser(deps, { id })),
    async lock(id) {
      // SQLite's one writer is alone anyway.
      if (deps.engine.locksRows) await lockUser(deps, { id });
    },
    findByEmail: async (email) => firstOf(await findUserByEmail(deps, { email })),
    async verifyEmail(id, email, now) {
      await verifyEmail(deps, { id, email, now });
    },
    async releaseEmail(id, email, now) {
      const row = await db.updateTable('portico_user').set({ email_typed: null, email_canonical: null, updated_at: now })
        .where('id', '=', id).where('email_canonical', '=', email).where('email_verified_at', 'is', null).returning('id').executeTakeFirst();
      return row !== undefined;
    },
    async releasePhone(id, phone, now) {
      const row = await db.updateTable('portico_user').set({ phone_typed: null, phone_canonical: null, updated_at: now })
        .where('id', '=', id).where('phone_canonical', '=', phone).where('phone_verified_at', 'is', null).returning('id').executeTakeFirst();
      return row !== undefined;
    },
    findByPhone: async (phone) => firstOf(await findUserByPhone(deps, { phone })),
    async verifyPhone(id, phone, now) {
      await db.updateTable('portico_user').set({ phone_verified_at: now, updated_at: now })
        .where('id', '=', id).where('phone_canonical', '=', phone).where('phone_verified_at', 'is', null).execute();
    },
    findByUsername: async (username) => firstOf(await findUserByUsername(deps, { username })),
    setUsername: (id, username, now) => setUsername(deps, { id, ...username, now }),
    setContact: (id, change, now) => setContact(deps, { id, ...change, now }),
    async setStatus(id, status, now) {
      const row = await db.updateTable('portico_user').set({ status, updated_at: now })
        .where('id', '=', id).where('status', '!=', status).returning('id').executeTakeFirst();
      return row !== undefined;
    },
    setProfile: (id, profile, now) => setProfile(deps, { ...profile, id, now }),
    async setLanguage(id, language, now) {
      await setLanguage(deps, { id, language, now });
    },
    async notePasskeyOffer(id, { at, forever }) {
      await db.updateTable('portico_user').set({
        passkey_offer_skipped_at: at,
        updated_at: at,
        refuses_passkey_offer: forever ? 1 : sql.ref('refuses_passkey_offer'),
      }).where('id', '=', id).execute();
    },
  };
}

function firstOf({ rows: [row] }: { readonly rows: readonly Selectable<UserRow>[] }): User | undefined {
  return row && toUser(row);
}

function toRow(user: NewUser): Insertable<UserRow> {
  return {
    id: user.id,
    status: user.status,
    ...toProfileRow(user),
    email_typed: user.email?.typed ?? null,
    email_canonical: user.email?.canonical ?? null,
    email_verified_at: user.email?.verifiedAt ?? null,
    phone_typed: user.phone?.typed ?? null,
    phone_canonical: user.phone?.canonical ?? null,
    phone_verified_at: user.phone?.verifiedAt ?? null,
    username_typed: user.username?.typed ?? null,
    username_canonical: user.username?.canonical ?? null,
    language: user.language ?? null,
    passkey_offer_skipped_at: null,
    refuses_passkey_offer: 0,
    created_at: user.createdAt,
    updated_at: user.updatedAt,
  };
}

export function toUser(row: Selectable<UserRow>): User {
  return toRecord<User>({
    id: row.id,
    status: row.status,
    name: row.name,
    givenName: row.given_name,
    familyName: row.family_name,
    email: toEmail(row),
    phone: toPhone(row),
    username: toUsername(row),
    language: row.language,
    passkeyOfferSkippedAt: toMomentIfAny(row.passkey_offer_skipped_at),
    refusesPasskeyOffer: row.refuses_passkey_offer === 1,
    createdAt: toMoment(row.created_at),
    updatedAt: toMoment(row.updated_at),
  });
}

function toEmail(row: Selectable<UserRow>): EmailIdentifier | undefined {
  if (row.email_typed === null || row.email_canonical === null) return undefined;
  return toRecord<EmailIdentifier>({
    typed: row.email_typed,
    canonical: row.email_canonical,
    verifiedAt: toMomentIfAny(row.email_verified_at),
  });
}

function toPhone(row: Selectable<UserRow>): PhoneIdentifier | undefined {
  if (row.phone_typed === null || row.phone_canonical === null) return undefined;
  return toRecord<PhoneIdentifier>({
    typed: row.phone_typed,
    canonical: row.phone_canonical,
    verifiedAt: toMomentIfAny(row.phone_verified_at),
  });
}

function toUsername({ username_typed: typed, username_canonical: canonical }: Selectable<UserRow>): UsernameIdentifier | undefined {
  return typed === null || canonical === null ? undefined : { typed, canonical };
}
