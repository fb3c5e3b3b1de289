import type { LinkTexts } from './link-texts.ts';

export const fr: LinkTexts = {
  title: (app) => `Se connecter à ${app}`,
  signingInAs: 'Compte',
  askedFrom: 'Une connexion a été demandée :',
  place: 'Depuis',
  browser: 'Avec',
  time: 'À',
  unknown: 'inconnu',
  onlyIfYou: 'Continuez seulement si c’était vous.',
  letTheOtherGoOn: 'Se connecter',
  continueHere: 'Continuer plutôt dans cette fenêtre',
  numberLabel: 'Le nombre sur l’autre écran',
  numberHint: 'La page où vous avez demandé cet e-mail affiche deux chiffres. Si vous ne voyez pas cette page, quelqu’un d’autre l’a demandé : fermez celle-ci.',
  numberWrong: 'Ce n’est pas le nombre de l’autre écran. Regardez encore.',
  approve: 'Connecter l’autre écran',
  approvedTitle: 'C’est fait',
  approvedText: 'La page où vous avez commencé continue toute seule. Vous pouvez fermer celle-ci.',
  toApp: (app) => `Aller à ${app}`,
  failedTitle: 'Ce lien ne fonctionne pas',
  failed: {
    link_unknown: 'Nous ne connaissons pas ce lien. Vérifiez qu’il a été copié en entier, ou demandez un nouvel e-mail.',
    link_expired: 'Ce lien est trop ancien. Revenez à la page où vous avez commencé et demandez un nouvel e-mail.',
    link_used: 'Ce lien a déjà servi. Si vous n’êtes pas connecté, demandez un nouvel e-mail.',
    link_replaced: 'Un e-mail plus récent a été envoyé. Utilisez le lien du dernier.',
  },
  failedOtherwise: 'Revenez à la page où vous avez commencé et demandez un nouvel e-mail.',
};
