import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { describe, test } from 'node:test';
import type { CanonicalPhone } from '../model/ids.ts';
import type { OutgoingSms } from '../model/sms.ts';
import { SmsRefusedError } from '../ports/sms-sender.ts';
import { openSmsProvider } from '../../test/sms-provider.ts';
import { smsWebhook } from './sms-webhook.ts';

const key = Buffer.from('a key of the tests, of 32 bytes.');
const secret = `whsec_${key.toString('base64')}`;
const sentAt = new Date('2026-11-25T14:00:00.900Z');
const sms: OutgoingSms = { id: 'sms-1', to: '+4915123456789' as CanonicalPhone, text: '123456\n\n@notes.example #123456', sentAt, expiresAt: new Date('2026-11-25T14:05:00Z') };

describe('a webhook for SMS', () => {
  test('gets the message signed, as the guide says that it is checked', async (context) => {
    const provider = await openSmsProvider(context);
    await smsWebhook(`${provider.url}/sms`, { secret }).sendSms(sms);
    const [request] = provider.requests;
    assert.ok(request);
    assert.deepEqual([request.method, request.path, request.headers['content-type']], ['POST', '/sms', 'application/json']);
    assert.deepEqual(JSON.parse(request.body), { type: 'sms.send', data: { id: 'sms-1', to: sms.to, text: sms.text, expires_at: '2026-11-25T14:05:00.000Z' } });
    assert.equal(request.headers['webhook-id'], 'sms-1');
    assert.equal(request.headers['webhook-timestamp'], '1795615200');
    const expected = createHmac('sha256', key).update(`sms-1.1795615200.${request.body}`).digest('base64');
    assert.equal(request.headers['webhook-signature'], `v1,${expected}`);
  });

  test('is signed over id, moment and body: with another of them it is another signature', async (context) => {
    const provider = await openSmsProvider(context);
    const sender = smsWebhook(provider.url, { secret });
    await sender.sendSms(sms);
    await sender.sendSms({ ...sms, id: 'sms-2' });
    await sender.sendSms({ ...sms, sentAt: new Date(sentAt.getTime() + 1_000) });
    await sender.sendSms({ ...sms, text: 'else' });
    await smsWebhook(provider.url, { secret: `whsec_${Buffer.alloc(32, 7).toString('base64')}` }).sendSms(sms);
    assert.equal(new Set(provider.requests.map(({ headers }) => headers['webhook-signature'])).size, 5);
  });

  test('that says 410 or 422 ends the message, and anything else but a yes has it tried again', async (context) => {
    const provider = await openSmsProvider(context);
    const sender = smsWebhook(provider.url, { secret, timeoutSeconds: 0.2 });
    for (const status of [410, 422]) {
      provider.answer({ status });
      await assert.rejects(sender.sendSms(sms), SmsRefusedError);
    }
    for (const status of [400, 401, 404, 429, 500]) {
      provider.answer({ status });
      await assert.rejects(sender.sendSms(sms), { name: 'SmsFault', responseCode: status });
    }
    provider.answer({ status: 308, headers: { Location: 'https://elsewhere.example/' } });
    await assert.rejects(sender.sendSms(sms));
    provider.answer('hang');
    await assert.rejects(sender.sendSms(sms), { name: 'TimeoutError' });
    provider.answer({ status: 204 });
    await sender.sendSms(sms);
  });

  test('is not begun without TLS, nor with a secret that is missing, malformed or weak', () => {
    assert.throws(() => smsWebhook(undefined, { secret }), /URL/);
    assert.throws(() => smsWebhook('http://sms.example/', { secret }), /https/);
    for (const weak of [undefined, '', 'plain words that are long enough', 'whsec_', 'whsec_c2hvcnQ=', 'whsec_not base64 at all, whatever']) {
      assert.throws(() => smsWebhook('https://sms.example/', { secret: weak }), /whsec_/);
    }
  });
});
