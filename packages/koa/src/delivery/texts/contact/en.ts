import type { ContactTexts } from './contact-texts.ts';

export const contactEn: ContactTexts = {
  contactCodeTitle: (app) => `Confirm this address for ${app}`,
  contactCodeLead: (app) => `Somebody who is signed in to ${app} wants to use this address for their account. If it is you, type this code there:`,
  contactLinkLead: 'Or open this link in the same browser:',
  contactButton: 'Confirm this address',
  notYouContact: "If this wasn't you, ignore this mail and give the code to nobody: without it nothing changes.",
  contactTakenSubject: (app) => `Somebody wanted to use your address for another ${app} account`,
  contactTakenTitle: (app) => `This address already has a ${app} account`,
  contactTakenLead: (address, app) =>
    `Somebody who is signed in to ${app} asked to use ${address} for their account. It belongs to yours, so we sent no code. If it was you, sign in with this address instead.`,
  emailChangedSubject: (app) => `The e-mail address of your ${app} account has changed`,
  phoneChangedSubject: (app) => `The phone number of your ${app} account has changed`,
  emailChangedLead: (app) => `Your ${app} account has a new e-mail address. It was confirmed, and you can sign in with it.`,
  phoneChangedLead: (app) => `Your ${app} account has a new phone number. It was confirmed, and you can sign in with it.`,
  contactUndoLead: (moment) =>
    `If this was you, there is nothing to do. If not, undo it until ${moment}: your account gets back what it had before, and everybody else is signed out.`,
  contactUndoButton: 'Undo this change',
  notYouContactChanged: (app) =>
    `If this wasn't you, somebody else is signed in to your account: use the link that we sent to your other address or number, or ask the people who run ${app} for help.`,
  accessCodeSubject: (app) => `Support made a sign-in code for your ${app} account`,
  accessCodeTitle: 'Somebody at support made a code for you',
  accessCodeLead: (app, moment) =>
    `The people who run ${app} made a code with which you can sign in once, until ${moment}. They tell it to you themselves: it is not in this mail.`,
  notYouAccessCode: (app) => `If you did not ask them for it, somebody else may have: tell the people who run ${app} at once.`,
  noticeSms: (happened) => `${happened}. Not you? Sign in and end all other sessions.`,
  undoSms: (happened, link) => `${happened}. Not you? Undo it here: ${link}`,
};
