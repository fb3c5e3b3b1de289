import { pickLanguage } from '../../../preferences/pick-language.ts';

/** What the sign-in page says where the widget cannot run. */
const needsJavaScript: Readonly<Record<string, string>> = {
  en: 'Signing in needs JavaScript.',
  de: 'Zum Anmelden wird JavaScript benötigt.',
  es: 'Para iniciar sesión se necesita JavaScript.',
  fr: 'JavaScript est nécessaire pour se connecter.',
  ja: 'サインインには JavaScript が必要です。',
  ar: 'يتطلب تسجيل الدخول تفعيل JavaScript.',
};

/** In the first of these languages that we have, and which one that is. */
export function needsJavaScriptIn(languages: readonly string[]): { readonly text: string; readonly language: string } {
  const language = pickLanguage(Object.keys(needsJavaScript), languages);
  return { text: needsJavaScript[language] ?? '', language };
}
