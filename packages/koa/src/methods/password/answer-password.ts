import type { UserId } from '../../model/ids.ts';
import type { Password } from '../../model/password.ts';
import type { Verdict } from '../../model/proof.ts';
import { replaceableBy } from '../../model/replaceable-by.ts';
import { countAttempt, forgetWrongAnswers } from '../answer-lock.ts';
import { methodEvent, type Occasion } from '../method-event.ts';
import { isTooLong, normalizePassword } from './normalize-password.ts';
import type { PasswordDeps } from './password-deps.ts';
import type { Argon } from './password-hasher.ts';
import { passwordLock, type LockContext } from './password-lock.ts';
import { openHash, sealHash } from './sealed-hash.ts';
import { readAs } from './temporary-password.ts';

/** Whose password is asked for where there is no user: nobody has this id, for ids are longer. */
const nobody = 'nobody' as UserId;

/** Who is asked, and where. */
export type AnswerContext = Occasion & LockContext;

/** A password of nobody's, in the form in which all are kept. */
export type FindDecoy = (argon: Argon) => Promise<Password>;

/** One for the life of the process. Whoever comes first makes it, member or stranger. */
export function createDecoy({ random, vault, clock }: PasswordDeps): FindDecoy {
  let made: Promise<Password> | undefined;
  const make = async (argon: Argon): Promise<Password> =>
    ({ userId: nobody, sealedHash: sealHash(await argon.hash(random.secret()), nobody, vault), setAt: clock.now() });
  return (argon) => (made ??= make(argon));
}

/**
 * Judges a password. The order matters: turn, attempt, and only then the password, so that of many at once no more are
 * judged than the lock lets through, and a flood that finds no turn locks nobody. A stranger, a user without a password
 * and a suspended one cost the same statements and the same hash as anybody who mistyped.
 */
export function answerPassword(context: AnswerContext, typed: string, { findDecoy, ...deps }: PasswordDeps & { readonly findDecoy: FindDecoy }): Promise<Verdict> {
  const normalized = normalizePassword(typed);
  // Whoever it is: nobody has one of this length, and it is not worth a hash.
  if (isTooLong(normalized)) return Promise.resolve({ outcome: 'spent', code: 'password_wrong' });
  return deps.hasher.inTurn(async (argon) => {
    const attempt = await countAttempt(passwordLock(context, deps), deps);
    if (attempt === undefined) return { outcome: 'spent', code: 'too_many_attempts' };
    const decoy = await findDecoy(argon);
    const kept = await deps.store.passwords.find(context.user?.id ?? nobody);
    const asked = kept ?? decoy;
    const hash = openHash(asked.sealedHash, asked.userId, deps.vault);
    const password = readAs(normalized, asked);
    const isRight = await argon.verify(hash, password);
    if (!isRight || kept === undefined || isPast(kept, deps) || context.user?.status !== 'active') return judgeWrong(context, attempt.lockedUntil, deps);
    return prove(context, { kept, renewed: await renew({ kept, hash, password }, argon, deps) }, deps);
  });
}

/** A temporary one whose time is over. Nobody is told that it was right. */
const isPast = ({ endsAt }: Password, { clock }: PasswordDeps): boolean => endsAt !== undefined && endsAt <= clock.now();

async function judgeWrong(context: AnswerContext, lockedUntil: Date | undefined, deps: PasswordDeps): Promise<Verdict> {
  const { store } = deps;
  await store.audit.insert(methodEvent('answer_wrong', { ...context, method: 'password' }, deps));
  if (lockedUntil === undefined) return { outcome: 'spent', code: 'password_wrong' };
  await store.audit.insert(methodEvent('locked', { ...context, method: 'password' }, deps));
  return { outcome: 'spent', code: 'too_many_attempts' };
}

/** The same password, hashed as today's are and sealed under today's key, if it is not yet. */
async function renew(
  { kept, hash, password }: { readonly kept: Password; readonly hash: string; readonly password: string }, argon: Argon, { vault }: PasswordDeps,
): Promise<Password | undefined> {
  if (!argon.isOutdated(hash) && vault.isCurrent(kept.sealedHash)) return undefined;
  return { ...kept, sealedHash: sealHash(await argon.hash(password), kept.userId, vault) };
}

function prove(
  context: AnswerContext, { kept, renewed }: { readonly kept: Password; readonly renewed: Password | undefined }, deps: PasswordDeps,
): Promise<Verdict> {
  return deps.store.transaction(async (store) => {
    await forgetWrongAnswers(passwordLock(context, deps), { store });
    // Somebody who has set another meanwhile is not overruled by the old one.
    if (renewed !== undefined) await store.passwords.replace(kept.sealedHash, renewed);
    await store.audit.insert(methodEvent('proved', { ...context, method: 'password' }, deps));
    const by = replaceableBy(await store.apps.list());
    const proof = { method: 'password', replaceableBy: by, provedAt: deps.clock.now(), amr: ['pwd'], isPhishingResistant: false, isMultiFactor: false, userId: kept.userId } as const;
    return { outcome: 'proved', proof };
  });
}
