import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import type { Mail } from '../../model/mail.ts';
import { accentColours, contrast } from './accent-colours.ts';
import { codeAndLinkMail } from './code-and-link.mail.ts';
import { codeMail } from './code.mail.ts';
import { contactChangedMail, contactNoticeMail } from './contact-changed.mail.ts';
import { contactCodeMail } from './contact-code.mail.ts';
import { contactTakenMail } from './contact-taken.mail.ts';
import { accessCodeIssuedMail } from './access-code-issued.mail.ts';
import { factorsResetMail } from './factors-reset.mail.ts';
import { html } from '../../markup/html.ts';
import { detourMail } from './detour.mail.ts';
import { findMailTexts } from '../texts/find-mail-texts.ts';
import { identityLinkedMail } from './identity-linked.mail.ts';
import { linkMail } from './link.mail.ts';
import type { MailInput } from './mail-input.ts';
import { newDeviceMail } from './new-device.mail.ts';
import { noAccountMail } from './no-account.mail.ts';
import { oneLine } from './one-line.ts';
import { passkeyAddedMail } from './passkey-added.mail.ts';
import { passwordSetMail } from './password-set.mail.ts';
import { recoveryCodeUsedMail } from './recovery-code-used.mail.ts';
import { recoveredMail } from './recovered.mail.ts';
import { recoveryStartedMail } from './recovery-started.mail.ts';
import { recoveryCodesMadeMail, removedMail } from './removed.mail.ts';
import { totpAddedMail } from './totp-added.mail.ts';

const languages = ['en', 'de', 'es', 'fr', 'ja', 'ar'];
const link = 'https://login.notes.example/auth/link/abc-DEF_123';
const code = '048151';
const plain: MailInput & { readonly expiresAt: Date } = {
  to: 'ada@example.com',
  app: { name: 'Notes', url: 'https://notes.example/', logoUrl: 'https://notes.example/logo.png', accentColor: '#ffd400' },
  language: 'en',
  origin: { browser: 'Firefox on Windows', address: '192.0.2.7', place: 'Lyon, France' },
  requestedAt: new Date('2026-11-25T14:00:00Z'),
  expiresAt: new Date('2026-11-25T14:05:00Z'),
};

function allMails(input: typeof plain): readonly Mail[] {
  return [
    codeAndLinkMail({ ...input, code, link }),
    codeMail({ ...input, code }),
    linkMail({ ...input, link }),
    noAccountMail(input),
    passkeyAddedMail(input),
    passwordSetMail(input),
    identityLinkedMail(input, 'Corp'),
    detourMail(input, '••••@else.example'),
    totpAddedMail(input),
    recoveryCodeUsedMail(input),
    contactCodeMail({ ...input, code, link }),
    contactTakenMail(input),
    accessCodeIssuedMail(input),
    contactChangedMail({ ...input, kind: 'email', undo: { link, until: input.expiresAt } }),
    contactChangedMail({ ...input, kind: 'phone', undo: { link, until: input.expiresAt } }),
    contactNoticeMail(input, 'email'),
    contactNoticeMail(input, 'phone'),
    newDeviceMail({ ...input, link }),
    factorsResetMail(input),
    recoveredMail(input),
    recoveryStartedMail({ ...input, page: link, opensAt: input.expiresAt }),
    removedMail(input, { kind: 'passkey', name: '' }),
    removedMail(input, { kind: 'identity', name: 'Corp' }),
    recoveryCodesMadeMail(input),
  ];
}

/** Everything that a mail program would take for markup. */
function tagsOf(markup: string): readonly string[] {
  return [...markup.matchAll(/<\s*([a-z!/][a-z0-9!/]*)/gi)].map(([, name]) => (name ?? '').toLowerCase());
}

describe('a mail', () => {
  test('says in its own language that a browser said nothing of itself', () => {
    for (const language of languages) {
      const { text, html } = codeMail({ ...plain, language, origin: { browser: 'unknown', address: '192.0.2.7' }, code });
      assert.equal(`${text}${html}`.includes('unknown'), false, language);
      assert.ok(text.includes(findMailTexts(language).unknownBrowser), language);
    }
  });

  test('with a code has it in the subject, where a phone shows it', () => {
    assert.equal(codeMail({ ...plain, code }).subject, '048151 is your Notes code');
    assert.equal(linkMail({ ...plain, link }).subject, 'Your link to sign in to Notes');
  });

  test('says in both forms when it ends, where the request came from, and what to do if it was not you', () => {
    const { html: markup, text } = codeAndLinkMail({ ...plain, code, link });
    const said = ['5 minutes', 'November 25, 2026 at 2:05 PM UTC', 'Firefox on Windows', 'Lyon, France', '2:00 PM UTC', 'nobody can sign in without it', 'two digits', code, link];
    for (const part of said) {
      assert.ok(text.includes(part), `text: ${part}`);
      assert.ok(markup.includes(part), `HTML: ${part}`);
    }
  });

  test('shows the network address where the place is not known', () => {
    const { place: _place, ...origin } = plain.origin;
    assert.match(codeMail({ ...plain, origin, code }).text, /Network address: 192\.0\.2\.7/);
  });

  test('to the owner of an address that another account wants carries nothing to answer with', () => {
    const mail = contactTakenMail(plain);
    assert.doesNotMatch(`${mail.subject}${mail.text}${mail.html}`, /048151|\/contact\//);
    assert.match(mail.text, /It belongs to yours, so we sent no code/);
  });

  test('to an address without an account carries nothing to sign in with', () => {
    const mail = noAccountMail(plain);
    assert.doesNotMatch(`${mail.subject}${mail.text}${mail.html}`, /048151|\/link\//);
    assert.match(mail.text, /no account with this address/);
  });

  for (const language of languages) {
    test(`of every kind can be read in ${language}, as HTML and as text`, () => {
      for (const mail of allMails({ ...plain, language })) {
        const direction = language === 'ar' ? 'rtl' : 'ltr';
        assert.match(mail.html, new RegExp(`<html lang="${language}" dir="${direction}">`));
        assert.ok(mail.subject.includes('Notes') && mail.text.includes('Notes'));
        assert.ok(mail.text.length > 150);
        assert.doesNotMatch(mail.html + mail.text, /undefined|\[object|NaN/);
        assert.doesNotMatch(mail.text, /<[a-z]/i);
      }
    });
  }

  test('keeps addresses and numbers in their own direction where the text runs the other way, and unmarked elsewhere', () => {
    const input = { ...plain, language: 'ar', origin: { browser: 'Firefox', address: '2001:db8::7' } };
    const [unknown, taken, detour] = [noAccountMail(input), contactTakenMail(input), detourMail(input, '•••• 12')];
    for (const [mail, value] of [[unknown, plain.to], [taken, plain.to], [detour, '•••• 12'], [unknown, '2001:db8::7']] as const) {
      assert.ok(mail.text.includes(`\u2068${value}\u2069`), value);
      assert.ok(mail.html.includes(`>${value}</bdi>`), value);
    }
    for (const mail of allMails(plain)) assert.doesNotMatch(mail.text + mail.html, /[\u2068\u2069]/);
  });

  test('breaks what is longer than the line of a phone', () => {
    for (const mail of allMails(plain)) assert.match(mail.html, /max-width:520px;word-break:break-word/);
  });

  test('in a language that we do not have is in English, in a variant in what it varies', () => {
    assert.match(codeMail({ ...plain, language: 'pt-BR', code }).html, /lang="en"/);
    assert.match(codeMail({ ...plain, language: 'de-AT', code }).html, /lang="de"/);
  });

  test('differs from language to language', () => {
    const subjects = languages.map((language) => codeMail({ ...plain, language, code }).subject);
    assert.equal(new Set(subjects).size, languages.length);
  });

  test('escapes what comes from outside, wherever it stands', () => {
    const evil = '"><script>alert(1)</script><img src=x onerror=alert(1)>';
    const input = {
      ...plain,
      to: `<b>@example.com`,
      app: { name: evil, url: `https://notes.example/?${evil}`, logoUrl: `https://notes.example/${evil}`, accentColor: `#fff;${evil}` },
      origin: { browser: evil, address: evil, place: evil },
    };
    for (const language of languages) {
      const clean = allMails({ ...plain, language });
      allMails({ ...input, language }).forEach((mail, at) => {
        assert.deepEqual(tagsOf(mail.html), tagsOf(clean[at]?.html ?? ''));
        assert.doesNotMatch(mail.html, /<script|<img src=x/);
      });
    }
  });

  test('has the same markup whatever the app is called', () => {
    const expected = tagsOf(codeAndLinkMail({ ...plain, code, link }).html);
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string(), (name, browser) => {
        const mail = codeAndLinkMail({ ...plain, app: { ...plain.app, name }, origin: { ...plain.origin, browser }, code, link });
        assert.deepEqual(tagsOf(mail.html), expected);
        assert.doesNotMatch(mail.subject + mail.fromName, /[\r\n\u2028\u2029]/);
      }),
      { numRuns: 30 },
    );
  });

  test('keeps subject and sender on one line', () => {
    const mail = codeMail({ ...plain, app: { name: 'Notes\r\nBcc: eve@evil.example\u2028\u202e' }, code });
    assert.equal(mail.fromName, 'Notes Bcc: eve@evil.example');
    assert.equal(mail.subject, '048151 is your Notes Bcc: eve@evil.example code');
    assert.equal([...oneLine('x'.repeat(500))].length, 60);
  });

  test('loads a logo over https only, and has a button for the web only', () => {
    const hostile = { ...plain, app: { name: 'Notes', url: 'javascript:alert(1)', logoUrl: 'http://notes.example/logo.png' } };
    for (const mail of allMails(hostile)) assert.doesNotMatch(mail.html, /<img|javascript:|http:/);
    assert.match(codeMail({ ...plain, code }).html, /<img src="https:\/\/notes\.example\/logo\.png" alt="Notes"/);
  });

  test('has a button that can be read, whatever the app\u2019s colour', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 0xffffff }), (number) => {
        const { accent, onAccent } = accentColours(`#${number.toString(16).padStart(6, '0')}`);
        assert.ok(contrast(accent, onAccent) >= 4.5, `${onAccent} on ${accent}: ${contrast(accent, onAccent)}`);
      }),
    );
    assert.match(linkMail({ ...plain, link }).html, /background:#ffd400;color:#000000/);
  });
});

describe('the html tag', () => {
  test('escapes text and numbers, keeps HTML, drops nothing', () => {
    assert.equal(html`<p title="${`"'<&>`}">${1}${undefined}${[html`<b>${'<i>'}</b>`, 'x']}</p>`.markup, '<p title="&quot;&#39;&lt;&amp;&gt;">1<b>&lt;i&gt;</b>x</p>');
  });
});
