import type { Insertable, Selectable } from 'kysely';
import { sql } from 'kysely';
import type { ContactChange, ContactUndo, NewContactChange } from '../model/contact.ts';
import type { EmailIdentifier, PhoneIdentifier } from '../model/user.ts';
import type { ContactChanges, ContactUndos } from '../ports/contacts.ts';
import type { ContactChangeRow, ContactUndoRow } from './contact-rows.ts';
import { toMoment, toMomentIfAny, toRecord } from './record.ts';
import { removeSome } from './remove-some.ts';
import type { StoreDeps } from './store-deps.ts';

/** Seldom asked, so nothing is compiled ahead. */
export function createContactChanges(deps: StoreDeps): ContactChanges {
  const { db } = deps;
  return {
    insert: (change) => deps.transact(async (inside) => {
      await inside.db.updateTable('portico_contact_change').set({ ended_as: 'replaced' })
        .where('user_id', '=', change.userId).where('kind', '=', change.kind).where('ended_as', 'is', null).execute();
      await inside.db.insertInto('portico_contact_change').values(toChangeRow(change)).execute();
    }),
    async find(id) {
      const row = await db.selectFrom('portico_contact_change').selectAll().where('id', '=', id).executeTakeFirst();
      return row && toChange(row);
    },
    async findByLink(link) {
      const row = await db.selectFrom('portico_contact_change').selectAll().where('link_digest', '=', link).executeTakeFirst();
      return row && toChange(row);
    },
    async listOpen(userId, now) {
      const rows = await db.selectFrom('portico_contact_change').selectAll()
        .where('user_id', '=', userId).where('ended_as', 'is', null).where('expires_at', '>', now).orderBy('kind').execute();
      return rows.map(toChange);
    },
    async spendAttempt(id, now) {
      const row = await db.updateTable('portico_contact_change').set((change) => ({ attempts_left: change('attempts_left', '-', 1) }))
        .where('id', '=', id).where('attempts_left', '>', 0).where('ended_as', 'is', null).where('expires_at', '>', now)
        .returning('attempts_left').executeTakeFirst();
      return row && { attemptsLeft: row.attempts_left };
    },
    async claim(id, secret, now) {
      const row = await db.updateTable('portico_contact_change').set({ ended_as: 'used' })
        .where('id', '=', id).where('ended_as', 'is', null).where('expires_at', '>', now)
        .where((is) => is.or([is('code_digest', '=', secret), is('link_digest', '=', secret)]))
        .returningAll().executeTakeFirst();
      return row && toChange(row);
    },
    async end(userId, id) {
      const all = db.updateTable('portico_contact_change').set({ ended_as: 'replaced' })
        .where('user_id', '=', userId).where('ended_as', 'is', null);
      await (id === undefined ? all : all.where('id', '=', id)).execute();
    },
    removeExpired: (before, limit) => removeSome(deps, {
      table: 'portico_contact_change', key: 'id', past: 'expires_at', where: sql`expires_at <= ${before}`,
    }, limit),
  };
}

export function createContactUndos(deps: StoreDeps): ContactUndos {
  const { db } = deps;
  return {
    async insert(undo) {
      await db.insertInto('portico_contact_undo').values(toUndoRow(undo)).execute();
    },
    async find(digest) {
      const row = await db.selectFrom('portico_contact_undo').selectAll().where('digest', '=', digest).executeTakeFirst();
      return row && toUndo(row);
    },
    async claim(digest, now) {
      const row = await db.updateTable('portico_contact_undo').set({ ended_as: 'used' })
        .where('digest', '=', digest).where('ended_as', 'is', null).where('expires_at', '>', now).returningAll().executeTakeFirst();
      return row && toUndo(row);
    },
    async replaceSince(userId, since) {
      const rows = await db.updateTable('portico_contact_undo').set({ ended_as: 'replaced' })
        .where('user_id', '=', userId).where('created_at', '>=', since).where('ended_as', 'is', null).returningAll().execute();
      return rows.map(toUndo).toSorted((one, other) => one.createdAt.getTime() - other.createdAt.getTime());
    },
    removeExpired: (before, limit) => removeSome(deps, {
      table: 'portico_contact_undo', key: 'digest', past: 'expires_at', where: sql`expires_at <= ${before}`,
    }, limit),
  };
}

function toChangeRow(change: NewContactChange): Insertable<ContactChangeRow> {
  return {
    id: change.id,
    user_id: change.userId,
    session_id: change.sessionId,
    client_id: change.clientId,
    kind: change.kind,
    typed: change.typed,
    canonical: change.canonical,
    code_digest: change.codeDigest,
    link_digest: change.linkDigest ?? null,
    attempts_left: change.attemptsLeft,
    created_at: change.createdAt,
    expires_at: change.expiresAt,
    ended_as: null,
  };
}

function toChange(row: Selectable<ContactChangeRow>): ContactChange {
  return toRecord<ContactChange>({
    id: row.id,
    userId: row.user_id,
    sessionId: row.session_id,
    clientId: row.client_id,
    kind: row.kind,
    typed: row.typed,
    canonical: row.canonical,
    codeDigest: row.code_digest,
    linkDigest: row.link_digest,
    attemptsLeft: row.attempts_left,
    createdAt: toMoment(row.created_at),
    expiresAt: toMoment(row.expires_at),
    end: row.ended_as,
  });
}

function toUndoRow({ before, ...undo }: Omit<ContactUndo, 'end'>): Insertable<ContactUndoRow> {
  return {
    digest: undo.digest,
    user_id: undo.userId,
    client_id: undo.clientId,
    kind: undo.kind,
    before_typed: before?.typed ?? null,
    before_canonical: before?.canonical ?? null,
    before_verified_at: before?.verifiedAt ?? null,
    created_at: undo.createdAt,
    expires_at: undo.expiresAt,
    ended_as: null,
  };
}

function toUndo(row: Selectable<ContactUndoRow>): ContactUndo {
  return toRecord<ContactUndo>({
    digest: row.digest,
    userId: row.user_id,
    clientId: row.client_id,
    kind: row.kind,
    before: toBefore(row),
    createdAt: toMoment(row.created_at),
    expiresAt: toMoment(row.expires_at),
    end: row.ended_as,
  });
}

/** `kind` says which of the two it is. */
function toBefore(row: Selectable<ContactUndoRow>): EmailIdentifier | PhoneIdentifier | undefined {
  if (row.before_typed === null || row.before_canonical === null) return undefined;
  const verifiedAt = toMomentIfAny(row.before_verified_at);
  return { typed: row.before_typed, canonical: row.before_canonical, ...(verifiedAt === undefined ? {} : { verifiedAt }) } as EmailIdentifier | PhoneIdentifier;
}
