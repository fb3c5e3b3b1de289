import { contactEn } from './contact/en.ts';
import type { MailTexts } from './mail-texts.ts';
import { recoveryEn } from './recovery/en.ts';

function minutes(count: number): string {
  return count === 1 ? '1 minute' : `${count} minutes`;
}

export const en: MailTexts = {
  language: 'en',
  direction: 'ltr',
  codeSubject: (code, app) => `${code} is your ${app} code`,
  linkSubject: (app) => `Your link to sign in to ${app}`,
  noAccountSubject: (app) => `Somebody tried to sign in to ${app} with your address`,
  passkeyAddedSubject: (app) => `A passkey was added to your ${app} account`,
  passwordSetSubject: (app) => `A new password was set for your ${app} account`,
  identityLinkedSubject: (provider, app) => `${provider} can now sign you in to ${app}`,
  signInTitle: (app) => `Sign in to ${app}`,
  noAccountTitle: (app) => `No ${app} account to sign in to`,
  passkeyAddedTitle: () => 'You have a new passkey',
  passwordSetTitle: () => 'You have a new password',
  identityLinkedTitle: (provider) => `${provider} was linked to your account`,
  codeLead: 'Type this code on the page where you are signing in:',
  linkLead: 'Open this link to sign in:',
  orLinkLead: 'Or open this link instead:',
  signInButton: (app) => `Sign in to ${app}`,
  linkInFull: 'If the button does not work, copy this address into your browser:',
  linkElsewhere:
    'The link works on another device too: it then asks for the two digits that the sign-in page shows.',
  codeExpires: (count, moment) => `The code works once and expires in ${minutes(count)}, on ${moment}.`,
  linkExpires: (count, moment) => `The link works once and expires in ${minutes(count)}, on ${moment}.`,
  bothExpire: (count, moment) =>
    `Code and link work once, whichever you use first, and expire in ${minutes(count)}, on ${moment}.`,
  noAccountLead: (address, app) =>
    `Somebody typed ${address} to sign in to ${app}. There is no account with this address that can sign in, so we sent no code.`,
  noAccountNext: 'If that was you, you may have signed up with another address, or not signed up yet.',
  passkeyAddedLead: (app) => `A passkey was added to your ${app} account. You can now sign in with it.`,
  passwordSetLead: (app) =>
    `A new password was set for your ${app} account. Sign-ins on other devices have ended.`,
  identityLinkedLead: (provider, app) => `Your ${app} account was linked to an account at ${provider}. You can now sign in with it.`,
  openApp: (app) => `Open ${app}`,
  requestHeading: 'Where the request came from',
  browserLabel: 'Browser',
  unknownBrowser: 'not known',
  placeLabel: 'Place',
  addressLabel: 'Network address',
  timeLabel: 'Time',
  notYouSignIn: "If this wasn't you, ignore this mail: nobody can sign in without it.",
  neverShare: 'Never give the code or the link to anybody. We will not ask you for it.',
  notYouNoAccount: "If this wasn't you, ignore this mail. Nothing has changed.",
  notYouPasskey: (app) =>
    `If this wasn't you, somebody else is signed in to your account: sign in to ${app}, remove the passkey and end all other sessions.`,
  notYouPassword: (app) =>
    `If this wasn't you, somebody else can read your mail or is signed in to your account: secure your mailbox, then choose "forgot password" at ${app} and set another one.`,
  notYouIdentity: (provider, app) =>
    `If this wasn't you, somebody else can read your mail or is signed in to your account: secure your mailbox, then tell ${app} that ${provider} should be unlinked.`,
  totpAddedSubject: (app) => `An authenticator app was added to your ${app} account`,
  totpAddedTitle: () => 'You have a new authenticator app',
  totpAddedLead: (app) =>
    `An authenticator app was added to your ${app} account. Its codes are asked for when you sign in.`,
  recoveryCodeUsedSubject: (app) => `A recovery code was used for your ${app} account`,
  recoveryCodeUsedTitle: () => 'A recovery code was used',
  recoveryCodeUsedLead: (app) =>
    `Somebody signed in to your ${app} account with one of your recovery codes. That code no longer works.`,
  notYouSecondFactor: (app) =>
    `If this wasn't you, somebody else can get into your account: sign in to ${app}, end all other sessions, and ask the people who run it for help.`,
  newDeviceSubject: (app) => `New sign-in to your ${app} account`,
  newDeviceTitle: 'There was a sign-in from a new device',
  newDeviceLead: (app) => `Somebody signed in to your ${app} account from a browser that we do not know yet.`,
  newDeviceYou: 'If it was you, there is nothing to do.',
  newDeviceNotYou: 'If it was not you, press the button: it ends all sign-ins, so that you can secure your account.',
  newDeviceButton: 'This was not me',
  footer: (app) => `${app} sent you this mail because your address was given there.`,
  codeSms: (code, app, count) => `${code} is your ${app} code. It expires in ${minutes(count)}. Never give it to anybody.`,
  ...recoveryEn,
  ...contactEn,
};
