import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { CanonicalPhone } from '../../model/ids.ts';
import { codeSms } from './code.sms.ts';
import { recoveredSms, recoveryStartedSms } from './recovery.sms.ts';

const requestedAt = new Date('2026-11-25T14:00:00Z');
const written = (language: string, changes: Partial<Parameters<typeof codeSms>[0]> = {}): string => codeSms({
  to: '+4915123456789' as CanonicalPhone, code: '12345678', appName: 'Obstgarten Nord', language, pageHost: 'login.obstgarten.example',
  requestedAt, expiresAt: new Date(requestedAt.getTime() + 300_000), ...changes,
}).text;

/** GSM 03.38, the default alphabet: 160 of these are one SMS. Anything else makes it 70. */
const gsm = /^[@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&'()*+,\-./0-9:;<=>?¡A-ZÄÖÑÜ§¿a-zäöñüà]*$/;

describe('an SMS with a code', () => {
  for (const language of ['en', 'de', 'es', 'fr', 'ja', 'ar']) {
    test(`in ${language} begins with the code, and its last line binds it to the page`, () => {
      const text = written(language);
      assert.ok(text.startsWith('12345678 '));
      assert.equal(text.split('\n').at(-1), '@login.obstgarten.example #12345678');
      assert.equal(text.split('\n').length, 3);
      assert.ok(text.includes('Obstgarten Nord'));
      assert.match(text, /5/);
      assert.doesNotMatch(text, /https?:|www\./, 'nothing that can be pressed');
    });
  }

  test('that recovers an account says so, is as short, and so are the SMS that only tell something', () => {
    const to = '+4915123456789' as CanonicalPhone;
    for (const language of ['en', 'de', 'es', 'fr', 'ja', 'ar']) {
      const most = language === 'ja' || language === 'ar' ? 134 : 160;
      const notices = [recoveredSms, recoveryStartedSms].map((write) => write({ to, appName: 'Obstgarten Nord', language }).text);
      for (const text of [written(language, { isRecovery: true }), ...notices]) {
        assert.ok(text.length <= most, `${text.length} characters: ${text}`);
        if (most === 160) assert.match(text, gsm);
        assert.doesNotMatch(text, /https?:|www\./);
      }
      assert.notEqual(written(language, { isRecovery: true }), written(language));
    }
  });

  for (const language of ['en', 'de', 'es', 'fr']) {
    test(`in ${language} is one SMS`, () => {
      const text = written(language);
      assert.match(text, gsm);
      assert.ok(text.length <= 160, `${text.length} characters`);
    });
  }

  test('in Japanese and Arabic is two at most', () => {
    for (const language of ['ja', 'ar']) assert.ok(written(language).length <= 134, written(language));
  });

  test('is in English where there is no text, and says one minute as such', () => {
    assert.equal(written('pt-BR'), written('en'));
    assert.match(written('en', { expiresAt: new Date(requestedAt.getTime() + 60_000) }), /in 1 minute\./);
  });

  test('takes no line of its own from the name of the app', () => {
    const text = written('en', { appName: 'Notes\n@evil.example #00000000' });
    assert.equal(text.split('\n').length, 3);
    assert.equal(text.split('\n').at(-1), '@login.obstgarten.example #12345678');
  });
});
