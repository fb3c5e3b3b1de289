import 'axe-core/axe.min.js';
import type axeCore from 'axe-core';
import { demoNames } from '../../src/demo/demo-names.ts';
import { afterEach, describe, equal, it } from './mocha.ts';
import { cleanUp, mount, until } from './support.ts';

const { axe } = globalThis as unknown as { axe: typeof axeCore };
const faults = ['identify/email_malformed', 'identify/network', 'identify/passkey_cancelled', 'enter-code/code_wrong', 'enter-password/password_wrong', 'set-password/password_guessable', 'set-password-username/username_taken', 'enter-totp/totp_wrong', 'enter-recovery-code/recovery_code_wrong', 'enter-access-code/code_wrong', 'enroll-contact/phone_malformed'];

describe('axe finds nothing', () => {
  afterEach(cleanUp);

  for (const theme of ['light', 'dark']) {
    for (const lang of ['en', 'ar']) {
      for (const name of [...demoNames, ...faults]) {
        it(`at ${name}, ${theme}, ${lang === 'ar' ? 'right to left' : 'left to right'}`, async () => {
          document.documentElement.lang = 'en';
          document.title = 'axe';
          const element = mount({ demo: name, theme, lang, 'heading-level': '1', kind: name.includes('sign-up') ? 'sign-up' : 'sign-in' });
          await until(() => element.querySelector('[data-step]:not([data-step=starting])') !== null && element.lang === lang, name);
          await element.updateComplete;
          const { violations } = await axe.run(element, { resultTypes: ['violations'] });
          equal(violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => `${node.html} ${node.failureSummary}`).join(' | ')}`), [], 'violations');
        });
      }
    }
  }
});
