import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { devInbox } from './dev-inbox.ts';
import { codeAndLinkMail } from './templates/code-and-link.mail.ts';
import { noAccountMail } from './templates/no-account.mail.ts';

const input = {
  to: 'ada@example.com',
  app: { name: 'Notes 2026' },
  origin: { browser: 'Firefox 140 on Windows', address: '192.0.2.7' },
  requestedAt: new Date('2026-11-25T14:00:00Z'),
  expiresAt: new Date('2026-11-25T14:05:00Z'),
};

describe('the development inbox', () => {
  test('keeps the last hundred mails, newest first', async () => {
    const inbox = devInbox();
    for (let at = 0; at < 120; at += 1) await inbox.send({ ...input, fromName: 'Notes', subject: `${at}`, html: '', text: '' });
    assert.equal(inbox.list().length, 100);
    assert.equal(inbox.list()[0]?.subject, '119');
    assert.equal(inbox.last('ada@example.com')?.subject, '119');
    assert.equal(inbox.last('grace@example.com'), undefined);
  });

  for (const language of ['en', 'de', 'es', 'fr', 'ja', 'ar']) {
    test(`finds code and link in a mail in ${language}, and neither in one without`, async () => {
      const inbox = devInbox();
      const link = 'https://login.notes.example/auth/link/abc-DEF_123';
      await inbox.send(codeAndLinkMail({ ...input, language, code: '048151', link }));
      await inbox.send(noAccountMail({ ...input, language, to: 'eve@example.com' }));
      assert.equal(inbox.lastCode('ada@example.com'), '048151');
      assert.equal(inbox.lastLink('ada@example.com'), link);
      assert.equal(inbox.lastCode('eve@example.com'), undefined);
      assert.equal(inbox.lastLink('eve@example.com'), undefined);
    });
  }
});
