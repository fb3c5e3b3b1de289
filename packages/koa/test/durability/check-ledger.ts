/**
 * What a service must still know after it was killed: all that it had acknowledged. What was in doubt may have happened
 * or not, but wholly.
 */
import assert from 'node:assert/strict';
import { Browser, isAt, isDone, type Reply } from '../browser.ts';
import type { RelyingParty, TokenBody } from '../relying-party.ts';
import { assertionOf, live, newLoad, type Family, type Key, type Load, type SignedIn, type SignUp } from './load.ts';

/** An outbox leases a mail for three minutes: what was on its way is taken up again after that. */
const leaseSeconds = 181;

type Place = Pick<Load, 'service' | 'party'>;

export async function checkLedger(place: Load): Promise<void> {
  const { service, ledger } = place;
  await Promise.all(ledger.sessions.map(checkSession));
  await Promise.all(ledger.signUps.map(checkSignUp));
  await Promise.all(ledger.families.map((family, at) => checkFamily(family, at, place)));
  await Promise.all(ledger.keys.map((key, at) => checkKey(key, at, place)));
  await service.advance(leaseSeconds);
  await Promise.all(ledger.signUps.map((signUp) => goOn(signUp, place)));
  await live(newLoad(service), `later-${ledger.acknowledged}-${ledger.sessions.length}@example.test`);
}

async function checkSession({ browser, isClosed, isAsked }: SignedIn): Promise<void> {
  const reply = await browser.fetch('/account/v1/sessions');
  noFault(reply);
  if (!isAsked) assert.equal(reply.status, isClosed ? 401 : 200, isClosed ? 'a session that was closed is open' : 'a session is lost');
}

async function checkSignUp({ browser, step, isAsked }: SignUp): Promise<void> {
  const reply = await browser.look();
  assert.equal(reply.status, 200, `a flow is lost: ${reply.text}`);
  if (!isAsked) assert.equal(reply.body.step, step);
}

/** Somebody who waited for a mail gets it, types its code, and is signed in. */
async function goOn({ browser, email, step, isAsked }: SignUp, { service }: Place): Promise<void> {
  if (step !== 'enter-code' || isAsked) return;
  const answer = service.inbox.lastCode(email);
  assert.ok(answer, 'a mail is lost');
  isAt((await browser.act('submit-answer', { answer })).body, 'enroll-passkey');
  isDone((await browser.act('skip')).body);
}

async function checkFamily(family: Family, at: number, { party }: Place): Promise<void> {
  const { session, code, tokens, isAsked } = family;
  const mayBeOver = session.isAsked || (family.isEnding && isAsked);
  if (session.isClosed || family.isRevoked || mayBeOver) return checkEnded(family, party, mayBeOver);
  if (tokens.length === 0) return checkCode(family, party);
  const next = isAsked ? await askAgain(family, party) : await rotate(family, party);
  // A thief comes with what was spent: with the oldest refresh token, or with the code.
  if (at % 2 === 0 && tokens.length > 1) refused(await party.refresh(tokens[0] ?? ''), 'a refresh token was taken twice');
  else refused(await party.exchange(code), 'a code was taken twice');
  refused(await party.refresh(next), 'a family outlived the theft');
}

async function checkEnded({ code, tokens }: Family, party: RelyingParty, mayBeAlive: boolean): Promise<void> {
  const reply = tokens.length === 0 ? await party.exchange(code) : await party.refresh(tokens.at(-1) ?? '');
  noFault(reply);
  if (!mayBeAlive) refused(reply, 'what was revoked is alive');
}

/** Issued, and perhaps spent by a request that nobody answered. */
async function checkCode({ code, isAsked }: Family, party: RelyingParty): Promise<void> {
  const reply = await party.exchange(code);
  noFault(reply);
  if (!isAsked) assert.equal(reply.status, 200, `a code is lost: ${reply.text}`);
  refused(await party.exchange(code), 'a code was taken twice');
}

/** Who got no answer asks again, and is not signed out: either nothing had happened, or it is within the grace. */
async function askAgain({ tokens }: Family, party: RelyingParty): Promise<string> {
  const reply = await party.refresh(tokens.at(-1) ?? '');
  return refreshTokenIn((await party.refresh(refreshTokenIn(reply))));
}

/** The newest token is the one that its parent gives within the grace, and gives a next one. */
async function rotate({ tokens }: Family, party: RelyingParty): Promise<string> {
  const [last = '', parent] = tokens.toReversed();
  if (parent !== undefined) assert.equal(refreshTokenIn(await party.refresh(parent)), last, 'a rotation is lost');
  return refreshTokenIn(await party.refresh(last));
}

function refreshTokenIn(reply: Reply<TokenBody>): string {
  assert.equal(reply.status, 200, `a refresh token is lost: ${reply.text}`);
  return reply.body.refresh_token;
}

async function checkKey(key: Key, at: number, { service, party }: Place): Promise<void> {
  const answerWith = async (counter: number): Promise<Reply> => {
    const browser = new Browser(service);
    const view = isAt((await browser.startFlow({ ...party.request })).body, 'identify');
    return browser.act('submit-passkey', { credential: assertionOf(key, view, { origin: service.origin, counter }) });
  };
  if (at % 2 === 0) {
    const copied = await answerWith(key.counter);
    noFault(copied);
    assert.notEqual(copied.status, 200, 'a counter was forgotten');
  }
  // One more than an answer in doubt can have brought.
  const reply = await answerWith(key.counter + 2);
  assert.equal(reply.status, 200, `a passkey is lost: ${reply.text}`);
}

function refused(reply: Reply<TokenBody>, message: string): void {
  assert.deepEqual([reply.status, reply.body.error], [400, 'invalid_grant'], `${message}: ${reply.text}`);
}

function noFault({ status, text }: Reply): void {
  assert.ok(status < 500, `${status} ${text}`);
}
