import type { MailTexts } from './mail-texts.ts';

function minutes(count: number): string {
  return count === 1 ? '1 Minute' : `${count} Minuten`;
}

export const de: MailTexts = {
  language: 'de',
  direction: 'ltr',
  codeSubject: (code, app) => `${code} ist Ihr Code für ${app}`,
  linkSubject: (app) => `Ihr Link zur Anmeldung bei ${app}`,
  noAccountSubject: (app) => `Jemand wollte sich mit Ihrer Adresse bei ${app} anmelden`,
  passkeyAddedSubject: (app) => `Neuer Passkey für Ihr Konto bei ${app}`,
  passwordSetSubject: (app) => `Neues Passwort für Ihr Konto bei ${app}`,
  identityLinkedSubject: (provider, app) => `Mit ${provider} können Sie sich jetzt bei ${app} anmelden`,
  signInTitle: (app) => `Bei ${app} anmelden`,
  noAccountTitle: (app) => `Kein Konto bei ${app} gefunden`,
  passkeyAddedTitle: () => 'Sie haben einen neuen Passkey',
  passwordSetTitle: () => 'Sie haben ein neues Passwort',
  identityLinkedTitle: (provider) => `${provider} wurde mit Ihrem Konto verknüpft`,
  codeLead: 'Geben Sie diesen Code auf der Seite ein, auf der Sie sich anmelden:',
  linkLead: 'Öffnen Sie diesen Link, um sich anzumelden:',
  orLinkLead: 'Oder öffnen Sie stattdessen diesen Link:',
  signInButton: (app) => `Bei ${app} anmelden`,
  linkInFull: 'Falls die Schaltfläche nicht funktioniert, kopieren Sie diese Adresse in Ihren Browser:',
  linkElsewhere:
    'Der Link funktioniert auch auf einem anderen Gerät: Dort fragt er nach den zwei Ziffern, die die Anmeldeseite zeigt.',
  codeExpires: (count, moment) => `Der Code gilt einmal und läuft in ${minutes(count)} ab, am ${moment}.`,
  linkExpires: (count, moment) => `Der Link gilt einmal und läuft in ${minutes(count)} ab, am ${moment}.`,
  bothExpire: (count, moment) =>
    `Von Code und Link gilt einmal, was Sie zuerst benutzen. Beide laufen in ${minutes(count)} ab, am ${moment}.`,
  noAccountLead: (address, app) =>
    `Jemand hat ${address} eingegeben, um sich bei ${app} anzumelden. Zu dieser Adresse gibt es kein Konto, das sich anmelden kann; wir haben deshalb keinen Code geschickt.`,
  noAccountNext:
    'Falls Sie das waren: Vielleicht haben Sie sich mit einer anderen Adresse registriert, oder noch gar nicht.',
  passkeyAddedLead: (app) =>
    `Ihrem Konto bei ${app} wurde ein Passkey hinzugefügt. Sie können sich ab jetzt damit anmelden.`,
  passwordSetLead: (app) =>
    `Für Ihr Konto bei ${app} wurde ein neues Passwort festgelegt. Anmeldungen auf anderen Geräten wurden beendet.`,
  identityLinkedLead: (provider, app) => `Ihr Konto bei ${app} wurde mit einem Konto bei ${provider} verknüpft. Sie können sich jetzt damit anmelden.`,
  openApp: (app) => `${app} öffnen`,
  requestHeading: 'Woher die Anfrage kam',
  browserLabel: 'Browser',
  placeLabel: 'Ort',
  addressLabel: 'Netzwerkadresse',
  timeLabel: 'Zeit',
  notYouSignIn: 'Falls Sie das nicht waren, ignorieren Sie diese Mail: Ohne sie kann sich niemand anmelden.',
  neverShare: 'Geben Sie Code und Link niemandem weiter. Wir fragen Sie nie danach.',
  notYouNoAccount: 'Falls Sie das nicht waren, ignorieren Sie diese Mail. Es hat sich nichts geändert.',
  notYouPasskey: (app) =>
    `Falls Sie das nicht waren, ist jemand anderes in Ihrem Konto angemeldet: Melden Sie sich bei ${app} an, entfernen Sie den Passkey und beenden Sie alle anderen Sitzungen.`,
  notYouPassword: (app) =>
    `Wenn Sie das nicht waren, kann jemand anderes Ihre E-Mails lesen oder ist in Ihrem Konto angemeldet: Sichern Sie Ihr Postfach, wählen Sie dann bei ${app} „Passwort vergessen“ und legen Sie ein anderes fest.`,
  notYouIdentity: (provider, app) =>
    `Wenn Sie das nicht waren, kann jemand anderes Ihre Mails lesen oder ist in Ihrem Konto angemeldet: Sichern Sie Ihr Postfach und bitten Sie ${app}, die Verknüpfung mit ${provider} zu lösen.`,
  totpAddedSubject: (app) => `Authenticator-App zu Ihrem Konto bei ${app} hinzugefügt`,
  totpAddedTitle: () => 'Sie haben eine neue Authenticator-App',
  totpAddedLead: (app) =>
    `Zu Ihrem Konto bei ${app} wurde eine Authenticator-App hinzugefügt. Beim Anmelden wird nach ihren Codes gefragt.`,
  recoveryCodeUsedSubject: (app) => `Ein Notfallcode Ihres Kontos bei ${app} wurde verwendet`,
  recoveryCodeUsedTitle: () => 'Ein Notfallcode wurde verwendet',
  recoveryCodeUsedLead: (app) =>
    `Jemand hat sich mit einem Ihrer Notfallcodes bei ${app} angemeldet. Dieser Code gilt nicht mehr.`,
  notYouSecondFactor: (app) =>
    `Wenn Sie das nicht waren, kommt jemand anderes in Ihr Konto: Melden Sie sich bei ${app} an, beenden Sie alle anderen Sitzungen, und wenden Sie sich an den Betreiber.`,
  contactCodeTitle: (app) => `Diese Adresse für ${app} bestätigen`,
  contactCodeLead: (app) => `Jemand, der bei ${app} angemeldet ist, möchte diese Adresse für sein Konto verwenden. Wenn Sie das sind, geben Sie dort diesen Code ein:`,
  contactLinkLead: 'Oder öffnen Sie diesen Link im selben Browser:',
  contactButton: 'Adresse bestätigen',
  notYouContact: 'Falls Sie das nicht waren, ignorieren Sie diese Mail und geben Sie den Code niemandem: Ohne ihn ändert sich nichts.',
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
    `Wenn Sie das nicht waren, ist jemand anderes in Ihrem Konto angemeldet: Benutzen Sie den Link, den wir an Ihre andere Adresse oder Nummer gesendet haben, oder wenden Sie sich an den Betreiber von ${app}.`,
  footer: (app) => `${app} schickt Ihnen diese Mail wegen einer Anmeldung mit Ihrer Adresse.`,
  codeSms: (code, app, count) => `${code} ist Ihr Code für ${app}. Er läuft in ${minutes(count)} ab. Geben Sie ihn niemandem weiter.`,
  noticeSms: (happened) => `${happened}. Nicht von Ihnen? Melden Sie sich an und beenden Sie alle anderen Sitzungen.`,
  undoSms: (happened, link) => `${happened}. Nicht von Ihnen? Machen Sie es hier rückgängig: ${link}`,
};
