import type { LinkTexts } from './link-texts.ts';

export const en: LinkTexts = {
  title: (app) => `Sign in to ${app}`,
  signingInAs: 'Account',
  askedFrom: 'Somebody asked to sign in:',
  place: 'From',
  browser: 'With',
  time: 'At',
  unknown: 'not known',
  onlyIfYou: 'Go on only if this was you.',
  letTheOtherGoOn: 'Sign in',
  continueHere: 'Continue in this window instead',
  numberLabel: 'The number on the other screen',
  numberHint: 'The page where you asked for this mail shows two digits. If you see no such page, somebody else asked for it: close this one.',
  numberWrong: 'That is not the number on the other screen. Look again.',
  approve: 'Sign in the other screen',
  approvedTitle: 'Done',
  approvedText: 'The page where you began goes on by itself. You can close this one.',
  toApp: (app) => `Go to ${app}`,
  failedTitle: 'This link does not work',
  failed: {
    link_unknown: 'We do not know this link. Check that all of it was copied, or ask for a new mail.',
    link_expired: 'This link is too old. Go back to the page where you began and ask for a new mail.',
    link_used: 'This link was used already. If you are not signed in, ask for a new mail.',
    link_replaced: 'A newer mail was sent after this one. Use the link in the newest mail.',
  },
  failedOtherwise: 'Go back to the page where you began and ask for a new mail.',
};
