import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { CanonicalPhone } from '../model/ids.ts';
import type { OutgoingSms } from '../model/sms.ts';
import { SmsRefusedError } from '../ports/sms-sender.ts';
import { openSmsProvider } from '../../test/sms-provider.ts';
import { twilio } from './twilio.ts';

const accountSid = `AC${'0123456789abcdef'.repeat(2)}`;
const authToken = 'a token of the tests';
const sentAt = new Date('2026-11-25T14:00:00Z');
const sms: OutgoingSms = { id: 'sms-1', to: '+4915123456789' as CanonicalPhone, text: '123456 & more ü\n\n@notes.example #123456', sentAt, expiresAt: new Date(sentAt.getTime() + 299_500) };

describe('Twilio', () => {
  test('is sent a form with number, sender, text and how long it is worth anything', async (context) => {
    const provider = await openSmsProvider(context);
    await twilio({ accountSid, authToken, from: '+15005550006', apiUrl: provider.url }).sendSms(sms);
    const [request] = provider.requests;
    assert.deepEqual([request?.method, request?.path], ['POST', `/2010-04-01/Accounts/${accountSid}/Messages.json`]);
    assert.equal(request?.headers.authorization, `Basic ${Buffer.from(`${accountSid}:${authToken}`).toString('base64')}`);
    assert.match(request?.headers['content-type'] ?? '', /^application\/x-www-form-urlencoded/);
    assert.deepEqual(Object.fromEntries(new URLSearchParams(request?.body)), { To: sms.to, From: '+15005550006', Body: sms.text, ValidityPeriod: '299' });
  });

  test('may be sent by a messaging service, as an API key', async (context) => {
    const provider = await openSmsProvider(context);
    await twilio({ accountSid, authToken: 'of the key', apiKeySid: 'SK1', messagingServiceSid: 'MG1', apiUrl: provider.url }).sendSms(sms);
    const [request] = provider.requests;
    assert.equal(request?.headers.authorization, `Basic ${Buffer.from('SK1:of the key').toString('base64')}`);
    assert.equal(new URLSearchParams(request?.body).get('MessagingServiceSid'), 'MG1');
    assert.equal(new URLSearchParams(request?.body).has('From'), false);
  });

  for (const code of [21_211, 21_408, 21_610, 21_614]) {
    test(`refuses with ${code} for good`, async (context) => {
      const provider = await openSmsProvider(context);
      provider.answer({ status: 400, body: { code, message: `The number ${sms.to} is not valid`, status: 400 } });
      await assert.rejects(twilio({ accountSid, authToken, from: 'Notes', apiUrl: provider.url }).sendSms(sms), (fault) => {
        assert.ok(fault instanceof SmsRefusedError);
        assert.equal(fault.code, String(code));
        assert.doesNotMatch(fault.message, /4915123456789|123456/);
        return true;
      });
    });
  }

  for (const [status, body] of [[400, { code: 21_611 }], [400, {}], [401, { code: 20_003 }], [429, { code: 20_429 }], [500, 'oops'], [503, {}]] as const) {
    test(`that answers ${status} ${JSON.stringify(body)} is tried again`, async (context) => {
      const provider = await openSmsProvider(context);
      provider.answer({ status, body });
      await assert.rejects(twilio({ accountSid, authToken, from: 'Notes', apiUrl: provider.url }).sendSms(sms), (fault) => {
        assert.ok(fault instanceof Error && !(fault instanceof SmsRefusedError));
        assert.equal((fault as Error & { responseCode?: number }).responseCode, status);
        return true;
      });
    });
  }

  test('that redirects is not followed, and one that hangs is not waited for', async (context) => {
    const provider = await openSmsProvider(context);
    const sender = twilio({ accountSid, authToken, from: 'Notes', apiUrl: provider.url, timeoutSeconds: 0.2 });
    provider.answer({ status: 307, headers: { Location: 'https://elsewhere.example/' } });
    await assert.rejects(sender.sendSms(sms));
    provider.answer('hang');
    await assert.rejects(sender.sendSms(sms), { name: 'TimeoutError' });
  });

  test('is not begun with what is missing or malformed', () => {
    assert.throws(() => twilio({ accountSid: undefined, authToken, from: 'Notes' }), /accountSid/);
    assert.throws(() => twilio({ accountSid: 'AC/../x', authToken, from: 'Notes' }), /accountSid/);
    assert.throws(() => twilio({ accountSid, authToken: '', from: 'Notes' }), /authToken/);
    assert.throws(() => twilio({ accountSid, authToken }), /one of from and messagingServiceSid/);
    assert.throws(() => twilio({ accountSid, authToken, from: 'Notes', messagingServiceSid: 'MG1' }), /one of/);
  });

  test('is not begun where its token and the codes would be sent in the clear', () => {
    for (const apiUrl of ['http://api.twilio.example', 'ftp://localhost', 'api.twilio.com']) {
      assert.throws(() => twilio({ accountSid, authToken, from: 'Notes', apiUrl }), /https: apiUrl/);
    }
  });
});
