import type { ContactTexts } from './contact-texts.ts';

export const contactFr: ContactTexts = {
  contactCodeTitle: (app) => `Confirmez cette adresse pour ${app}`,
  contactCodeLead: (app) => `Une personne connectée à ${app} veut utiliser cette adresse pour son compte. Si c’est vous, saisissez-y ce code :`,
  contactLinkLead: 'Ou ouvrez ce lien dans le même navigateur :',
  contactButton: 'Confirmer cette adresse',
  notYouContact: 'Si ce n’était pas vous, ignorez ce message et ne donnez le code à personne : sans lui, rien ne change.',
  contactTakenSubject: (app) => `Quelqu’un a voulu utiliser votre adresse pour un autre compte ${app}`,
  contactTakenTitle: (app) => `Cette adresse a déjà un compte ${app}`,
  contactTakenLead: (address, app) =>
    `Une personne connectée à ${app} a demandé à utiliser ${address} pour son compte. Cette adresse appartient au vôtre, nous n’avons donc pas envoyé de code. Si c’était vous, connectez-vous plutôt avec cette adresse.`,
  emailChangedSubject: (app) => `L’adresse e-mail de votre compte ${app} a changé`,
  phoneChangedSubject: (app) => `Le numéro de téléphone de votre compte ${app} a changé`,
  emailChangedLead: (app) => `Votre compte ${app} a une nouvelle adresse e-mail. Elle a été confirmée et permet de se connecter.`,
  phoneChangedLead: (app) => `Votre compte ${app} a un nouveau numéro de téléphone. Il a été confirmé et permet de se connecter.`,
  contactUndoLead: (moment) =>
    `Si c’était vous, il n’y a rien à faire. Sinon, annulez avant le ${moment} : votre compte retrouve ce qu’il avait, et tous les autres sont déconnectés.`,
  contactUndoButton: 'Annuler ce changement',
  notYouContactChanged: (app) =>
    `Si ce n’était pas vous, quelqu’un d’autre est connecté à votre compte : utilisez le lien envoyé à votre autre adresse ou numéro, ou demandez de l’aide aux responsables de ${app}.`,
  accessCodeSubject: (app) => `Le support a créé un code de connexion pour votre compte ${app}`,
  accessCodeTitle: 'Le support a créé un code pour vous',
  accessCodeLead: (app, moment) =>
    `Les responsables de ${app} ont créé un code qui vous permet de vous connecter une fois, jusqu’au ${moment}. Ils vous le communiquent eux-mêmes : il n’est pas dans ce message.`,
  notYouAccessCode: (app) => `Si vous ne l’avez pas demandé, quelqu’un d’autre l’a peut-être fait : prévenez tout de suite les responsables de ${app}.`,
  noticeSms: (happened) => `${happened}. Ce n'était pas vous ? Connectez-vous et fermez toutes les autres sessions.`,
  undoSms: (happened, link) => `${happened}. Ce n'était pas vous ? Annulez ici : ${link}`,
};
