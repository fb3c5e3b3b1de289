import assert from 'node:assert/strict';
import { describe, test, type TestContext } from 'node:test';
import { codesOn, appWith, emailBed } from '../../../test/email-bed.ts';
import { isOfBackground, watchStore } from '../../../test/watch-store.ts';
import type { AuthError } from '../../model/auth-error.ts';
import type { UserId } from '../../model/ids.ts';
import { createVault } from '../../vault/create-vault.ts';
import { systemRandom } from '../../vault/system-random.ts';
import type { MethodContext } from '../method.ts';
import { completeHashing, type HashingOptions } from './hashing-options.ts';
import type { OwnerContext } from './judge-password.ts';
import { createPasswordHasher, type PasswordHasher } from './password-hasher.ts';
import { createPasswordMethod } from './password.method.ts';
import { password } from './password-options.ts';
import { openHash } from './sealed-hash.ts';

const right = 'ein Seehund wohnt im Turm';
const wrong = 'drei Lampen und ein Wal';
const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined };
const quick: HashingOptions = { memoryKib: 7_168, passes: 5 };

/** A hasher that writes down what it is asked to do. The work itself is real. */
function counting(inner: PasswordHasher, work: string[]): PasswordHasher {
  return {
    inTurn: (job) => inner.inTurn((argon) => job({
      ...argon,
      hash: (typed) => (work.push('hash'), argon.hash(typed)),
      verify: (hash, typed) => (work.push('verify'), argon.verify(hash, typed)),
    })),
  };
}

async function passwordBed(context: TestContext, hashing: HashingOptions = quick) {
  const bed = await emailBed(context);
  const ring = { current: 'one', keys: { one: 'the first secret of a host that only tests know' } };
  const later = { current: 'two', keys: { ...ring.keys, two: 'the second secret of a host that only tests know' } };
  const work: string[] = [];
  const calls: string[] = [];
  const store = watchStore(bed.store, (name) => (isOfBackground(name) ? undefined : void calls.push(name)));
  const methodWith = (options: HashingOptions, vault = createVault(ring)) =>
    createPasswordMethod({ store, vault, random: systemRandom, clock: bed.clock, log: quiet, hasher: counting(createPasswordHasher(completeHashing(options)), work) });
  const method = methodWith(hashing);
  const app = appWith({ ...codesOn, password: password().settings });

  async function contextOf(email: string, user: 'member' | 'suspended' | 'nobody' = 'member'): Promise<MethodContext> {
    return bed.flowOf({ app, email, user });
  }

  async function give(owner: MethodContext, typed = right, by = method): Promise<void> {
    assert.ok(owner.user);
    const owned: OwnerContext = { ...owner, user: owner.user };
    const made = await by.make(owned, typed);
    assert.equal(made.outcome, 'made');
    if (made.outcome === 'made') assert.equal(await by.keep(made.made, owned, store), true);
  }

  return { ...bed, app, method, methodWith, contextOf, give, work, calls, ring, later, vaultOf: createVault };
}

describe('a password that is typed', () => {
  test('costs one hash and the same statements, whoever it is and whatever they have', async (t) => {
    const { method, contextOf, give, work, calls } = await passwordBed(t);
    const member = await contextOf('member@example.com');
    await give(member);
    const barred = await contextOf('barred@example.com', 'suspended');
    await give(barred);
    const bare = await contextOf('bare@example.com');
    const stranger = await contextOf('stranger@example.com', 'nobody');
    // The decoy is made by whoever comes first in the life of the process.
    await method.answer(member, wrong);
    const seen = [];
    for (const [context, typed] of [[member, wrong], [barred, right], [barred, wrong], [bare, right], [stranger, right]] as const) {
      work.length = 0;
      calls.length = 0;
      const verdict = await method.answer(context, typed);
      seen.push({ verdict, work: [...work], calls: [...calls] });
    }
    for (const one of seen) assert.deepEqual(one, seen[0]);
    assert.deepEqual(seen[0]?.work, ['verify']);
    assert.deepEqual(seen[0]?.verdict, { outcome: 'spent', code: 'password_wrong' });
  });

  test('makes whoever comes first hash a decoy, member or stranger', async (t) => {
    const first = await passwordBed(t);
    await first.give(await first.contextOf('member@example.com'));
    first.work.length = 0;
    await first.method.answer(await first.contextOf('member@example.com'), wrong);
    const second = await passwordBed(t);
    await second.method.answer(await second.contextOf('stranger@example.com', 'nobody'), wrong);
    assert.deepEqual([first.work, second.work], [['hash', 'verify'], ['hash', 'verify']]);
  });

  test('proves its user, and nothing more than what they know', async (t) => {
    const { method, contextOf, give } = await passwordBed(t);
    const member = await contextOf('member@example.com');
    await give(member);
    const verdict = await method.answer(member, right);
    assert.equal(verdict.outcome, 'proved');
    if (verdict.outcome !== 'proved') return;
    const { amr, isMultiFactor, isPhishingResistant, userId, email } = verdict.proof;
    assert.deepEqual([amr, isMultiFactor, isPhishingResistant, userId, email], [['pwd'], false, false, member.user?.id, undefined]);
  });

  test('is hashed anew when it was hashed with other parameters, once, and stays right', async (t) => {
    const { methodWith, contextOf, give, work, store, vaultOf, ring } = await passwordBed(t);
    const member = await contextOf('member@example.com');
    await give(member, right, methodWith({ memoryKib: 7_168, passes: 5 }));
    const today = methodWith({ memoryKib: 9_216, passes: 4 });
    await today.answer(member, wrong);
    work.length = 0;
    assert.equal((await today.answer(member, right)).outcome, 'proved');
    assert.deepEqual(work, ['verify', 'hash']);
    const kept = await store.passwords.find(member.user?.id ?? ('' as UserId));
    assert.ok(kept);
    assert.match(openHash(kept.sealedHash, kept.userId, vaultOf(ring)), /^\$argon2id\$v=19\$m=9216,t=4,p=1\$/);
    work.length = 0;
    assert.equal((await today.answer(member, right)).outcome, 'proved');
    assert.deepEqual(work, ['verify']);
  });

  test('is sealed anew under the host’s newest key, so that the old one may go', async (t) => {
    const { methodWith, contextOf, give, store, vaultOf, later } = await passwordBed(t);
    const member = await contextOf('member@example.com');
    await give(member);
    const turned = methodWith(quick, vaultOf(later));
    assert.equal((await turned.answer(member, right)).outcome, 'proved');
    const kept = await store.passwords.find(member.user?.id ?? ('' as UserId));
    assert.ok(kept);
    const without = vaultOf({ current: 'two', keys: { two: later.keys.two } });
    assert.match(openHash(kept.sealedHash, kept.userId, without), /^\$argon2id\$/);
  });

  test('of another user, copied into this one’s row, does not open', async (t) => {
    const { method, contextOf, give, store } = await passwordBed(t);
    const [mine, theirs] = [await contextOf('mine@example.com'), await contextOf('theirs@example.com')];
    await give(mine);
    const kept = await store.passwords.find(mine.user?.id ?? ('' as UserId));
    assert.ok(kept && theirs.user);
    await store.passwords.insert({ ...kept, userId: theirs.user.id });
    await assert.rejects(method.answer(theirs, right), /sealed for another place/);
  });

  test('is judged no more often than it takes to lock, of fifty at once', async (t) => {
    const { method, contextOf, give, work } = await passwordBed(t);
    const member = await contextOf('member@example.com');
    await give(member);
    await method.answer(member, right);
    work.length = 0;
    const verdicts = await Promise.all(Array.from({ length: 50 }, () => method.answer(member, wrong)));
    assert.deepEqual(work, ['verify', 'verify', 'verify', 'verify', 'verify']);
    assert.equal(verdicts.filter((verdict) => verdict.outcome === 'spent' && verdict.code === 'too_many_attempts').length, 46);
  });

  test('that finds no turn is told to come again, and nothing was counted against the address', async (t) => {
    const { methodWith, contextOf, give } = await passwordBed(t);
    const method = methodWith({ ...quick, parallelHashes: 1, waitingHashes: 1 });
    const member = await contextOf('member@example.com');
    await give(member);
    const settled = await Promise.allSettled(Array.from({ length: 20 }, () => method.answer(member, wrong)));
    const refused = settled.flatMap((one) => (one.status === 'rejected' ? [one.reason as AuthError] : []));
    assert.equal(refused.length, 18);
    for (const { code, retryAfterSeconds } of refused) assert.deepEqual([code, retryAfterSeconds], ['temporarily_unavailable', 1]);
    assert.equal(await method.findLock(member), undefined);
    assert.equal((await method.answer(member, right)).outcome, 'proved');
  });

  test('that is longer than any password is not hashed', async (t) => {
    const { method, contextOf, work, calls } = await passwordBed(t);
    const member = await contextOf('member@example.com');
    calls.length = 0;
    assert.deepEqual(await method.answer(member, '🦭'.repeat(257)), { outcome: 'spent', code: 'password_wrong' });
    assert.deepEqual([work, calls], [[], []]);
  });
});

describe('a password that is made up', () => {
  test('is refused before it is hashed if it breaks a rule', async (t) => {
    const { method, contextOf, work } = await passwordBed(t);
    const member = await contextOf('member@example.com');
    assert.ok(member.user);
    const made = await method.make({ ...member, user: member.user }, 'password');
    assert.deepEqual(made, { outcome: 'refused', codes: ['password_too_short', 'password_guessable'] });
    assert.deepEqual(work, []);
  });

  test('may be tried sixty times an hour', async (t) => {
    const { method, contextOf, clock } = await passwordBed(t);
    const member = await contextOf('member@example.com');
    assert.ok(member.user);
    const owned = { ...member, user: member.user };
    for (let tries = 0; tries < 60; tries += 1) assert.equal((await method.make(owned, 'x'.repeat(300))).outcome, 'refused');
    assert.equal((await method.make(owned, right)).outcome, 'paced');
    clock.forward(3_600);
    assert.equal((await method.make(owned, right)).outcome, 'made');
  });

  test('of two that are set at once one is kept', async (t) => {
    const { method, contextOf, store } = await passwordBed(t);
    const member = await contextOf('member@example.com');
    assert.ok(member.user);
    const owned = { ...member, user: member.user };
    const [one, other] = await Promise.all([method.make(owned, right), method.make(owned, wrong)]);
    assert.ok(one.outcome === 'made' && other.outcome === 'made');
    assert.deepEqual([await method.keep(one.made, owned, store), await method.keep(other.made, owned, store)], [true, false]);
  });
});
