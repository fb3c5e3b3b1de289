import { pickLanguage } from '../../../preferences/pick-language.ts';

/** The words of the sign-out pages. */
export interface LogoutTexts {
  readonly askTitle: string;
  readonly askText: string;
  readonly yes: string;
  readonly doneTitle: string;
  readonly doneText: string;
}

const en: LogoutTexts = {
  askTitle: 'Sign out?',
  askText: 'You will be signed out of every app that you opened with this sign-in.',
  yes: 'Sign out',
  doneTitle: 'You are signed out',
  doneText: 'You can close this page.',
};

const locales: Readonly<Record<string, LogoutTexts>> = {
  en,
  de: {
    askTitle: 'Abmelden?',
    askText: 'Sie werden von jeder App abgemeldet, die Sie mit dieser Anmeldung geöffnet haben.',
    yes: 'Abmelden',
    doneTitle: 'Sie sind abgemeldet',
    doneText: 'Sie können diese Seite schließen.',
  },
  es: {
    askTitle: '¿Cerrar sesión?',
    askText: 'Se cerrará la sesión en todas las aplicaciones que abriste con ella.',
    yes: 'Cerrar sesión',
    doneTitle: 'Has cerrado la sesión',
    doneText: 'Puedes cerrar esta página.',
  },
  fr: {
    askTitle: 'Se déconnecter ?',
    askText: 'Vous serez déconnecté de toutes les applications ouvertes avec cette connexion.',
    yes: 'Se déconnecter',
    doneTitle: 'Vous êtes déconnecté',
    doneText: 'Vous pouvez fermer cette page.',
  },
  ja: {
    askTitle: 'サインアウトしますか？',
    askText: 'このサインインで開いたすべてのアプリからサインアウトします。',
    yes: 'サインアウト',
    doneTitle: 'サインアウトしました',
    doneText: 'このページは閉じてかまいません。',
  },
  ar: {
    askTitle: 'هل تريد تسجيل الخروج؟',
    askText: 'سيتم تسجيل خروجك من كل التطبيقات التي فتحتها بهذا الدخول.',
    yes: 'تسجيل الخروج',
    doneTitle: 'تم تسجيل خروجك',
    doneText: 'يمكنك إغلاق هذه الصفحة.',
  },
};

export function logoutTexts(languages: readonly string[]): { readonly texts: LogoutTexts; readonly language: string } {
  const language = pickLanguage(Object.keys(locales), languages);
  return { texts: locales[language] ?? en, language };
}
