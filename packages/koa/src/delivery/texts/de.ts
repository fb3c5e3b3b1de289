import { contactDe } from './contact/de.ts';
import type { MailTexts } from './mail-texts.ts';
import { recoveryDe } from './recovery/de.ts';

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
  linkInFull: 'Falls der Knopf nicht funktioniert, kopieren Sie diese Adresse in Ihren Browser:',
  linkElsewhere:
    'Der Link funktioniert auch auf einem anderen Gerät: Dort fragt er nach den zwei Ziffern, die die Anmeldeseite zeigt.',
  codeExpires: (count, moment) => `Der Code gilt einmal und läuft in ${minutes(count)} ab, am ${moment}.`,
  linkExpires: (count, moment) => `Der Link gilt einmal und läuft in ${minutes(count)} ab, am ${moment}.`,
  bothExpire: (count, moment) =>
    `Von Code und Link gilt einmal, was Sie zuerst verwenden. Beide laufen in ${minutes(count)} ab, am ${moment}.`,
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
  unknownBrowser: 'nicht bekannt',
  placeLabel: 'Ort',
  addressLabel: 'Netzwerkadresse',
  timeLabel: 'Zeit',
  notYouSignIn: 'Wenn Sie das nicht waren, ignorieren Sie diese E-Mail: Ohne sie kann sich niemand anmelden.',
  neverShare: 'Geben Sie Code und Link niemandem weiter. Wir fragen Sie nie danach.',
  notYouNoAccount: 'Wenn Sie das nicht waren, ignorieren Sie diese E-Mail. Es hat sich nichts geändert.',
  notYouPasskey: (app) =>
    `Wenn Sie das nicht waren, ist jemand anderes in Ihrem Konto angemeldet: Melden Sie sich bei ${app} an, entfernen Sie den Passkey und beenden Sie alle anderen Sitzungen.`,
  notYouPassword: (app) =>
    `Wenn Sie das nicht waren, kann jemand anderes Ihre E-Mails lesen oder ist in Ihrem Konto angemeldet: Sichern Sie Ihr Postfach, wählen Sie dann bei ${app} „Passwort vergessen“ und legen Sie ein anderes fest.`,
  notYouIdentity: (provider, app) =>
    `Wenn Sie das nicht waren, kann jemand anderes Ihre E-Mails lesen oder ist in Ihrem Konto angemeldet: Sichern Sie Ihr Postfach und bitten Sie ${app}, die Verknüpfung mit ${provider} zu lösen.`,
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
  newDeviceSubject: (app) => `Neue Anmeldung in Ihrem Konto bei ${app}`,
  newDeviceTitle: 'Es gab eine Anmeldung von einem neuen Gerät',
  newDeviceLead: (app) => `Jemand hat sich in einem Browser, den wir noch nicht kennen, in Ihrem Konto bei ${app} angemeldet.`,
  newDeviceYou: 'Wenn Sie das waren, müssen Sie nichts tun.',
  newDeviceNotYou: 'Wenn Sie das nicht waren, drücken Sie den Knopf: Er beendet alle Anmeldungen, damit Sie Ihr Konto sichern können.',
  newDeviceButton: 'Das war ich nicht',
  footer: (app) => `${app} schickt Ihnen diese E-Mail, weil Ihre Adresse dort angegeben wurde.`,
  codeSms: (code, app, count) => `${code} ist Ihr Code für ${app}. Er läuft in ${minutes(count)} ab. Geben Sie ihn niemandem weiter.`,
  ...recoveryDe,
  ...contactDe,
};
