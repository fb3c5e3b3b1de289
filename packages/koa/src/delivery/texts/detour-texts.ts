/** What an owner is told of a code that a client's backend had sent elsewhere. */
interface DetourTexts {
  readonly subject: (app: string) => string;
  readonly title: string;
  /** With the end of where it went. */
  readonly lead: (app: string, place: string) => string;
  readonly notYou: (app: string) => string;
}

const en: DetourTexts = {
  subject: (app) => `Somebody signed in to your ${app} account with a code that was sent elsewhere`,
  title: 'A sign-in code was sent elsewhere',
  lead: (app, place) => `Somebody signed in to your ${app} account with a code that ${app} had sent to ${place}, and not to your own address or number.`,
  notYou: (app) => `If it was not you, tell the people who run ${app} at once.`,
};

const locales: Readonly<Record<string, DetourTexts>> = {
  en,
  de: {
    subject: (app) => `Anmeldung bei Ihrem Konto von ${app} mit einem Code, der anderswohin ging`,
    title: 'Ein Anmeldecode ging anderswohin',
    lead: (app, place) => `Bei Ihrem Konto von ${app} hat sich jemand mit einem Code angemeldet, den ${app} an ${place} senden ließ und nicht an Ihre eigene Adresse oder Nummer.`,
    notYou: (app) => `Wenn Sie das nicht waren, sagen Sie es dem Betreiber von ${app} sofort.`,
  },
  fr: {
    subject: (app) => `Connexion à votre compte ${app} avec un code envoyé ailleurs`,
    title: 'Un code de connexion a été envoyé ailleurs',
    lead: (app, place) => `Quelqu’un s’est connecté à votre compte ${app} avec un code que ${app} a fait envoyer à ${place}, et non à votre adresse ou à votre numéro.`,
    notYou: (app) => `Si ce n’était pas vous, prévenez tout de suite les responsables de ${app}.`,
  },
  es: {
    subject: (app) => `Inicio de sesión en tu cuenta de ${app} con un código enviado a otro lugar`,
    title: 'Un código de acceso se envió a otro lugar',
    lead: (app, place) => `Alguien inició sesión en tu cuenta de ${app} con un código que ${app} hizo enviar a ${place}, y no a tu dirección ni a tu número.`,
    notYou: (app) => `Si no fuiste tú, avisa enseguida a los responsables de ${app}.`,
  },
  ja: {
    subject: (app) => `別の宛先に送られたコードで ${app} アカウントにサインインがありました`,
    title: 'サインインコードが別の宛先に送られました',
    lead: (app, place) => `${app} が ${place} 宛てに送ったコードで、あなたの ${app} アカウントにサインインがありました。コードはあなたのアドレスや番号には送られていません。`,
    notYou: (app) => `お心当たりがない場合は、すぐに ${app} の運営者に知らせてください。`,
  },
  ar: {
    subject: (app) => `تسجيل دخول إلى حسابك في ${app} برمز أُرسل إلى مكان آخر`,
    title: 'أُرسل رمز تسجيل دخول إلى مكان آخر',
    lead: (app, place) => `سجّل شخص ما الدخول إلى حسابك في ${app} برمز أرسله ${app} إلى ${place} وليس إلى عنوانك أو رقمك.`,
    notYou: (app) => `إذا لم تكن أنت، فأخبر القائمين على ${app} فورًا.`,
  },
};

/** In a language, by its tag; in English where there is no such. */
export function detourTexts(language: string): DetourTexts {
  return locales[language] ?? en;
}
