import { contactFr } from './contact/fr.ts';
import type { MailTexts } from './mail-texts.ts';
import { recoveryFr } from './recovery/fr.ts';

function minutes(count: number): string {
  return count === 1 ? '1 minute' : `${count} minutes`;
}

export const fr: MailTexts = {
  language: 'fr',
  direction: 'ltr',
  codeSubject: (code, app) => `${code} est votre code ${app}`,
  linkSubject: (app) => `Votre lien de connexion à ${app}`,
  noAccountSubject: (app) => `Quelqu’un a voulu se connecter à ${app} avec votre adresse`,
  passkeyAddedSubject: (app) => `Une clé d’accès a été ajoutée à votre compte ${app}`,
  passwordSetSubject: (app) => `Nouveau mot de passe pour votre compte ${app}`,
  identityLinkedSubject: (provider, app) => `${provider} vous connecte désormais à ${app}`,
  signInTitle: (app) => `Connexion à ${app}`,
  noAccountTitle: (app) => `Aucun compte ${app} à cette adresse`,
  passkeyAddedTitle: () => 'Vous avez une nouvelle clé d’accès',
  passwordSetTitle: () => 'Vous avez un nouveau mot de passe',
  identityLinkedTitle: (provider) => `${provider} a été associé à votre compte`,
  codeLead: 'Saisissez ce code sur la page où vous vous connectez :',
  linkLead: 'Ouvrez ce lien pour vous connecter :',
  orLinkLead: 'Ou ouvrez plutôt ce lien :',
  signInButton: (app) => `Se connecter à ${app}`,
  linkInFull: 'Si le bouton ne fonctionne pas, copiez cette adresse dans votre navigateur :',
  linkElsewhere:
    'Le lien fonctionne aussi sur un autre appareil : il demande alors les deux chiffres affichés par la page de connexion.',
  codeExpires: (count, moment) => `Le code sert une seule fois et expire dans ${minutes(count)}, le ${moment}.`,
  linkExpires: (count, moment) => `Le lien sert une seule fois et expire dans ${minutes(count)}, le ${moment}.`,
  bothExpire: (count, moment) =>
    `Du code et du lien, le premier utilisé sert une seule fois. Ils expirent dans ${minutes(count)}, le ${moment}.`,
  noAccountLead: (address, app) =>
    `Quelqu’un a saisi ${address} pour se connecter à ${app}. Aucun compte à cette adresse ne peut se connecter : nous n’avons donc pas envoyé de code.`,
  noAccountNext:
    'Si c’était vous, vous vous êtes peut-être inscrit avec une autre adresse, ou pas encore inscrit.',
  passkeyAddedLead: (app) =>
    `Une clé d’accès a été ajoutée à votre compte ${app}. Vous pouvez désormais l’utiliser pour vous connecter.`,
  passwordSetLead: (app) =>
    `Un nouveau mot de passe a été défini pour votre compte ${app}. Les connexions sur d’autres appareils ont pris fin.`,
  identityLinkedLead: (provider, app) => `Votre compte ${app} a été associé à un compte ${provider}. Vous pouvez désormais vous connecter avec lui.`,
  openApp: (app) => `Ouvrir ${app}`,
  requestHeading: 'D’où vient la demande',
  browserLabel: 'Navigateur',
  unknownBrowser: 'inconnu',
  placeLabel: 'Lieu',
  addressLabel: 'Adresse réseau',
  timeLabel: 'Heure',
  notYouSignIn: 'Si ce n’était pas vous, ignorez ce message : personne ne peut se connecter sans lui.',
  neverShare: 'Ne donnez jamais le code ni le lien à qui que ce soit. Nous ne vous les demanderons pas.',
  notYouNoAccount: 'Si ce n’était pas vous, ignorez ce message. Rien n’a changé.',
  notYouPasskey: (app) =>
    `Si ce n’était pas vous, quelqu’un d’autre est connecté à votre compte : connectez-vous à ${app}, supprimez la clé d’accès et fermez toutes les autres sessions.`,
  notYouPassword: (app) =>
    `Si ce n’était pas vous, une autre personne peut lire vos e-mails ou est connectée à votre compte : sécurisez votre messagerie, puis choisissez « mot de passe oublié » sur ${app} et définissez-en un autre.`,
  notYouIdentity: (provider, app) =>
    `Si ce n’était pas vous, quelqu’un d’autre peut lire vos e-mails ou est connecté à votre compte : sécurisez votre messagerie, puis demandez à ${app} de dissocier ${provider}.`,
  totpAddedSubject: (app) => `Une application d’authentification a été ajoutée à votre compte ${app}`,
  totpAddedTitle: () => 'Vous avez une nouvelle application d’authentification',
  totpAddedLead: (app) =>
    `Une application d’authentification a été ajoutée à votre compte ${app}. Ses codes sont demandés à la connexion.`,
  recoveryCodeUsedSubject: (app) => `Un code de secours de votre compte ${app} a été utilisé`,
  recoveryCodeUsedTitle: () => 'Un code de secours a été utilisé',
  recoveryCodeUsedLead: (app) =>
    `Quelqu’un s’est connecté à votre compte ${app} avec l’un de vos codes de secours. Ce code ne fonctionne plus.`,
  notYouSecondFactor: (app) =>
    `Si ce n’était pas vous, une autre personne peut entrer dans votre compte : connectez-vous à ${app}, mettez fin à toutes les autres sessions et demandez de l’aide à ses responsables.`,
  newDeviceSubject: (app) => `Nouvelle connexion à votre compte ${app}`,
  newDeviceTitle: 'Une connexion depuis un nouvel appareil a eu lieu',
  newDeviceLead: (app) => `Quelqu’un s’est connecté à votre compte ${app} depuis un navigateur que nous ne connaissons pas encore.`,
  newDeviceYou: 'Si c’était vous, vous n’avez rien à faire.',
  newDeviceNotYou: 'Si ce n’était pas vous, appuyez sur le bouton : il met fin à toutes les connexions pour que vous puissiez sécuriser votre compte.',
  newDeviceButton: 'Ce n’était pas moi',
  footer: (app) => `${app} vous envoie ce message parce que votre adresse y a été indiquée.`,
  codeSms: (code, app, count) => `${code} est votre code pour ${app}. Il expire dans ${minutes(count)}. Ne le donnez à personne.`,
  ...recoveryFr,
  ...contactFr,
};
