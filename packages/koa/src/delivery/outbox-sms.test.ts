import assert from 'node:assert/strict';
import { describe, test, type TestContext } from 'node:test';
import type { CanonicalPhone, ChallengeId } from '../model/ids.ts';
import type { Sms } from '../model/sms.ts';
import { systemRandom } from '../vault/system-random.ts';
import { holdClock, keepLog, openStore, vault } from '../../test/delivery-bed.ts';
import { openSmsProvider } from '../../test/sms-provider.ts';
import { devInbox } from './dev-inbox.ts';
import { createOutbox } from './outbox.ts';
import { smsWebhook } from './sms-webhook.ts';
import { twilio } from './twilio.ts';

const sms: Sms = { to: '+4915123456789' as CanonicalPhone, text: '123456 is your code.\n\n@notes.example #123456' };
const accountSid = `AC${'0'.repeat(32)}`;

async function bed(context: TestContext) {
  const provider = await openSmsProvider(context);
  const [clock, log, store] = [holdClock(), keepLog(), await openStore(context)];
  const inbox = devInbox();
  const smsSender = twilio({ accountSid, authToken: 'x', from: 'Notes', apiUrl: provider.url });
  const deps = { store, vault, mailer: inbox, smsSender, clock, random: systemRandom, log };
  const challengeId = systemRandom.id() as ChallengeId;
  const options = () => ({ challengeId, expiresAt: new Date(clock.now().getTime() + 300_000) });
  return { provider, clock, log, store, inbox, deps, outbox: createOutbox(deps), challengeId, options };
}

describe('the outbox, with SMS', () => {
  test('delivers one once, and keeps nothing of it in the clear', async (context) => {
    const { provider, outbox, store, challengeId, options, log } = await bed(context);
    await outbox.queueSms(sms, options());
    assert.equal(await outbox.deliverDue(), 1);
    assert.equal(await outbox.deliverDue(), 0);
    assert.equal(provider.requests.length, 1);
    assert.equal(await store.outbox.findDelivery(challengeId), 'sent');
    assert.doesNotMatch(JSON.stringify(log.lines), /4915123456789|123456/);
  });

  test('keeps what waits sealed', async (context) => {
    const { outbox, store, clock, options } = await bed(context);
    await outbox.queueSms(sms, options());
    const [queued] = await store.outbox.claimDue(clock.now(), clock.now(), 9);
    assert.ok(queued);
    assert.doesNotMatch(JSON.stringify(queued), /4915123456789|123456/);
  });

  test('tries again while the provider is out of order, later each time, and says nothing of the number', async (context) => {
    const { provider, outbox, clock, log, options } = await bed(context);
    provider.answer({ status: 503, body: { code: 20_503, message: `no ${sms.to}` } });
    await outbox.queueSms(sms, options());
    for (const pause of [2, 4, 8]) {
      assert.equal(await outbox.deliverDue(), 0);
      clock.forward(pause);
    }
    provider.answer({ status: 201 });
    assert.equal(await outbox.deliverDue(), 1);
    assert.equal(provider.requests.length, 4);
    const delays = log.lines.filter(({ event }) => event === 'mail_delayed').map(({ fields }) => [fields['response_code'], fields['code']]);
    assert.deepEqual(delays, [[503, '20503'], [503, '20503'], [503, '20503']]);
    assert.doesNotMatch(JSON.stringify(log.lines), /4915123456789|\b123456\b/);
  });

  test('ends one that was refused for good: it costs no second try', async (context) => {
    const { provider, outbox, clock, log, options } = await bed(context);
    provider.answer({ status: 400, body: { code: 21_610, message: `${sms.to} said STOP` } });
    await outbox.queueSms(sms, options());
    assert.equal(await outbox.deliverDue(), 0);
    clock.forward(60);
    assert.equal(await outbox.deliverDue(), 0);
    assert.equal(provider.requests.length, 1);
    assert.deepEqual(log.lines.filter(({ event }) => event === 'sms_refused').map(({ fields }) => fields['code']), ['21610']);
    assert.doesNotMatch(JSON.stringify(log.lines), /4915123456789/);
  });

  test('sends none after its code has expired', async (context) => {
    const { provider, outbox, clock, options } = await bed(context);
    provider.answer({ status: 500 });
    await outbox.queueSms(sms, options());
    await outbox.deliverDue();
    clock.forward(301);
    await outbox.deliverDue();
    assert.equal(provider.requests.length, 1);
  });

  test('sends one with the same id each time, so that a service of the host takes it once', async (context) => {
    const { provider, deps, clock, options } = await bed(context);
    const outbox = createOutbox({ ...deps, smsSender: smsWebhook(provider.url, { secret: `whsec_${Buffer.alloc(32, 1).toString('base64')}` }) });
    provider.answer({ status: 500 });
    await outbox.queueSms(sms, options());
    await outbox.deliverDue();
    clock.forward(2);
    provider.answer({ status: 200 });
    assert.equal(await outbox.deliverDue(), 1);
    const ids = provider.requests.map(({ headers }) => headers['webhook-id']);
    assert.equal(ids.length, 2);
    assert.equal(new Set(ids).size, 1);
  });

  test('does the same work for none, and sends none', async (context) => {
    const { provider, outbox, store, inbox, challengeId, options } = await bed(context);
    await outbox.queueSms(undefined, options());
    assert.equal(await store.outbox.findDelivery(challengeId), 'sending');
    await outbox.deliverDue();
    assert.equal(await store.outbox.findDelivery(challengeId), 'sent');
    assert.deepEqual([provider.requests.length, inbox.listAll().length], [0, 0]);
  });

  test('still delivers a mail that waits from before there were SMS', async (context) => {
    const { outbox, store, clock, inbox } = await bed(context);
    const mail = { to: 'ada@example.com', fromName: 'Notes', subject: 'A code', html: '<p>1</p>', text: '1' };
    const at = { createdAt: clock.now(), nextAttemptAt: clock.now(), expiresAt: new Date(clock.now().getTime() + 1_000) };
    await store.outbox.insert({ id: 'older', sealed: vault.seal(JSON.stringify(mail), 'outbox.sealed:older'), attempts: 0, ...at });
    assert.equal(await outbox.deliverDue(), 1);
    assert.deepEqual(inbox.list(), [mail]);
  });

  test('keeps one where nobody sends SMS any more', async (context) => {
    const { deps, store, challengeId, options } = await bed(context);
    const { smsSender: _sender, ...without } = deps;
    const outbox = createOutbox(without);
    await outbox.queueSms(sms, options());
    assert.equal(await outbox.deliverDue(), 0);
    assert.equal(await store.outbox.findDelivery(challengeId), 'delayed');
  });
});
