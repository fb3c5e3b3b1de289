import type { ContactTexts } from './contact-texts.ts';

export const contactDe: ContactTexts = {
  contactCodeTitle: (app) => `Diese Adresse für ${app} bestätigen`,
  contactCodeLead: (app) => `Jemand, der bei ${app} angemeldet ist, möchte diese Adresse für sein Konto verwenden. Wenn Sie das sind, geben Sie dort diesen Code ein:`,
  contactLinkLead: 'Oder öffnen Sie diesen Link im selben Browser:',
  contactButton: 'Adresse bestätigen',
  notYouContact: 'Wenn Sie das nicht waren, ignorieren Sie diese E-Mail und geben Sie den Code niemandem: Ohne ihn ändert sich nichts.',
  contactTakenSubject: (app) => `Jemand wollte Ihre Adresse für ein anderes Konto bei ${app} verwenden`,
  contactTakenTitle: (app) => `Diese Adresse hat schon ein Konto bei ${app}`,
  contactTakenLead: (address, app) =>
    `Jemand, der bei ${app} angemeldet ist, wollte ${address} für sein Konto verwenden. Sie gehört zu Ihrem, deshalb haben wir keinen Code gesendet. Wenn Sie das waren, melden Sie sich stattdessen mit dieser Adresse an.`,
  emailChangedSubject: (app) => `Die E-Mail-Adresse Ihres Kontos bei ${app} wurde geändert`,
  phoneChangedSubject: (app) => `Die Telefonnummer Ihres Kontos bei ${app} wurde geändert`,
  emailChangedLead: (app) => `Ihr Konto bei ${app} hat eine neue E-Mail-Adresse. Sie wurde bestätigt, und man kann sich mit ihr anmelden.`,
  phoneChangedLead: (app) => `Ihr Konto bei ${app} hat eine neue Telefonnummer. Sie wurde bestätigt, und man kann sich mit ihr anmelden.`,
  contactUndoLead: (moment) =>
    `Wenn Sie das waren, ist nichts zu tun. Wenn nicht, machen Sie es bis ${moment} rückgängig: Ihr Konto bekommt zurück, was es vorher hatte, und alle anderen werden abgemeldet.`,
  contactUndoButton: 'Änderung rückgängig machen',
  notYouContactChanged: (app) =>
    `Wenn Sie das nicht waren, ist jemand anderes in Ihrem Konto angemeldet: Verwenden Sie den Link, den wir an Ihre andere Adresse oder Nummer gesendet haben, oder wenden Sie sich an den Betreiber von ${app}.`,
  accessCodeSubject: (app) => `Der Support hat einen Anmeldecode für Ihr Konto bei ${app} erstellt`,
  accessCodeTitle: 'Der Support hat einen Code für Sie erstellt',
  accessCodeLead: (app, moment) =>
    `Der Betreiber von ${app} hat einen Code erstellt, mit dem Sie sich einmal anmelden können, bis ${moment}. Er teilt ihn Ihnen selbst mit: In dieser E-Mail steht er nicht.`,
  notYouAccessCode: (app) => `Wenn Sie nicht darum gebeten haben, hat es vielleicht jemand anderes getan: Sagen Sie es dem Betreiber von ${app} sofort.`,
  noticeSms: (happened) => `${happened}. Nicht von Ihnen? Melden Sie sich an und beenden Sie alle anderen Sitzungen.`,
  undoSms: (happened, link) => `${happened}. Nicht von Ihnen? Machen Sie es hier rückgängig: ${link}`,
};
