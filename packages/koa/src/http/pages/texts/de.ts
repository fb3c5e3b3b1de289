import type { LinkTexts } from './link-texts.ts';

export const de: LinkTexts = {
  title: (app) => `Bei ${app} anmelden`,
  signingInAs: 'Konto',
  askedFrom: 'Jemand möchte sich anmelden:',
  place: 'Von',
  browser: 'Mit',
  time: 'Um',
  unknown: 'nicht bekannt',
  onlyIfYou: 'Fahren Sie nur fort, wenn Sie das waren.',
  letTheOtherGoOn: 'Anmelden',
  continueHere: 'Stattdessen in diesem Fenster fortfahren',
  numberLabel: 'Die Zahl auf dem anderen Bildschirm',
  numberHint: 'Die Seite, auf der Sie diese E-Mail angefordert haben, zeigt zwei Ziffern. Sehen Sie keine solche Seite, hat jemand anderes sie angefordert: Schließen Sie diese Seite.',
  numberWrong: 'Das ist nicht die Zahl auf dem anderen Bildschirm. Sehen Sie noch einmal nach.',
  approve: 'Den anderen Bildschirm anmelden',
  approvedTitle: 'Fertig',
  approvedText: 'Die Seite, auf der Sie begonnen haben, macht von selbst weiter. Diese können Sie schließen.',
  toApp: (app) => `Zu ${app}`,
  failedTitle: 'Dieser Link funktioniert nicht',
  failed: {
    link_unknown: 'Wir kennen diesen Link nicht. Prüfen Sie, ob er vollständig kopiert wurde, oder fordern Sie eine neue E-Mail an.',
    link_expired: 'Dieser Link ist zu alt. Gehen Sie zurück zur Seite, auf der Sie begonnen haben, und fordern Sie eine neue E-Mail an.',
    link_used: 'Dieser Link wurde schon benutzt. Falls Sie nicht angemeldet sind, fordern Sie eine neue E-Mail an.',
    link_replaced: 'Nach dieser E-Mail wurde eine neuere gesendet. Benutzen Sie den Link in der neuesten.',
  },
  failedOtherwise: 'Gehen Sie zurück zur Seite, auf der Sie begonnen haben, und fordern Sie eine neue E-Mail an.',
};
