import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { parseEmail } from '../users/canonical.ts';
import { acceptedAddresses } from '../../test/odd-addresses.ts';
import { type MailServer, openMailServer } from '../../test/mail-server.ts';
import { smtp, type SmtpMailer } from './smtp.ts';

const mail = { fromName: 'Notes', subject: 'A code', html: '<p>1</p>', text: '1' };

describe('smtp()', () => {
  let server: MailServer;
  let mailer: SmtpMailer;
  before(async () => {
    server = await openMailServer();
    mailer = smtp(server.url, { from: 'login@notes.example' });
  });
  after(async () => {
    mailer.close();
    await server.close();
  });

  test('sends to exactly the one mailbox, for every odd address', async () => {
    const addresses = [...new Set(acceptedAddresses.map(([, canonical]) => canonical))];
    for (const to of addresses.filter((each) => !each.includes('..'))) {
      await mailer.send({ ...mail, to });
      // The server shows international domains in Unicode, and a quoted local part as it came.
      const reached = server.recipients.at(-1)?.map((each) => parseEmail(each.replaceAll('"', '')).canonical);
      assert.deepEqual(reached, [to]);
    }
  });

  test('quotes the dots of a Japanese carrier, as RFC 5321 has it', async () => {
    // This mail server knows no quotes; what it was asked for is in its refusal.
    await assert.rejects(mailer.send({ ...mail, to: 'taro..yamada@docomo.ne.jp' }), { rejected: ['"taro..yamada"@docomo.ne.jp'] });
  });

  test('cannot be made to write to another mailbox or to add a header', async () => {
    for (const to of ['a@b.example,c@d.example', '"eve@evil.example"@b.example', 'a@b.example\r\nBcc: eve@evil.example']) {
      await mailer.send({ ...mail, to }).catch(() => undefined);
      const last = server.recipients.at(-1) ?? [];
      assert.equal(last.length, 1);
      assert.ok(!last.includes('eve@evil.example') && !last.includes('c@d.example'), String(last));
    }
  });

  test('keeps a sender\u2019s name and a subject on one line', async () => {
    await mailer.send({ ...mail, to: 'ada@example.com', fromName: 'Notes\r\nBcc: eve@evil.example', subject: 'A\r\nX-Evil: 1' });
    assert.equal(server.recipients.at(-1)?.length, 1);
    assert.equal(server.mails.at(-1)?.headers.has('x-evil'), false);
    assert.equal(server.mails.at(-1)?.headers.has('bcc'), false);
  });

  test('opens new connections after it was closed', async () => {
    mailer.close();
    await mailer.send({ ...mail, to: 'grace@example.com' });
    assert.deepEqual(server.recipients.at(-1), ['grace@example.com']);
  });

  test('says at start-up what is missing, without the password', () => {
    assert.throws(() => smtp(undefined), /needs the URL/);
    assert.throws(() => smtp(''), /needs the URL/);
    assert.throws(() => smtp('https://mail.example'), /not https:/);
    assert.throws(() => smtp('smtp://mail.example'), /needs a sender/);
    assert.throws(() => smtp('smtp://user:hunter2@:x', { from: 'a@b.example' }), (fault: Error) => !/hunter2/.test(fault.message));
    assert.throws(() => smtp('smtp://mail.example', { from: 'a@b.example, c@d.example' }), /one plain address/);
    assert.doesNotThrow(() => smtp('smtp://login%40notes.example:secret@mail.example').close());
  });
});
