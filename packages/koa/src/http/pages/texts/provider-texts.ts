import type { ErrorCode } from '@portico/contract';
import { pickLanguage } from '../../../preferences/pick-language.ts';

/** What the window says itself, because no flow may be told. */
export type ProviderPageFault = Extract<ErrorCode, 'provider_expired' | 'provider_other_browser' | 'provider_unreachable'>;

/** The words of the window that went to a provider: one object a locale. */
interface ProviderTexts {
  readonly doneTitle: string;
  readonly doneText: (app: string) => string;
  readonly failedTitle: string;
  readonly failed: Readonly<Record<ProviderPageFault, string>>;
  readonly failedOtherwise: string;
}

const en: ProviderTexts = {
  doneTitle: 'Done',
  doneText: (app) => `The ${app} page where you began goes on by itself. You can close this window.`,
  failedTitle: 'This did not work',
  failed: {
    provider_expired: 'This way to the provider is used up or too old. Go back to the page where you began and try again.',
    provider_other_browser: 'This sign-in was begun in another browser, or your browser kept no cookie of it. Open the sign-in page in this browser and begin there. If somebody sent you here: close this window.',
    provider_unreachable: 'The provider cannot be reached right now. Go back to the page where you began and try again in a moment, or sign in another way.',
  },
  failedOtherwise: 'The answer of the provider could not be trusted. Go back to the page where you began and try again, or sign in another way.',
};

const de: ProviderTexts = {
  doneTitle: 'Fertig',
  doneText: (app) => `Die Seite von ${app}, auf der Sie begonnen haben, geht von selbst weiter. Sie können dieses Fenster schließen.`,
  failedTitle: 'Das hat nicht geklappt',
  failed: {
    provider_expired: 'Dieser Weg zum Anbieter ist verbraucht oder zu alt. Gehen Sie zurück zu der Seite, auf der Sie begonnen haben, und versuchen Sie es noch einmal.',
    provider_other_browser: 'Diese Anmeldung wurde in einem anderen Browser begonnen, oder Ihr Browser hat kein Cookie davon behalten. Öffnen Sie die Anmeldeseite in diesem Browser und beginnen Sie dort. Wenn jemand Sie hierher geschickt hat: Schließen Sie dieses Fenster.',
    provider_unreachable: 'Der Anbieter ist gerade nicht erreichbar. Gehen Sie zurück zu der Seite, auf der Sie begonnen haben, und versuchen Sie es gleich noch einmal, oder melden Sie sich anders an.',
  },
  failedOtherwise: 'Der Antwort des Anbieters war nicht zu trauen. Gehen Sie zurück zu der Seite, auf der Sie begonnen haben, und versuchen Sie es noch einmal, oder melden Sie sich anders an.',
};

const es: ProviderTexts = {
  doneTitle: 'Listo',
  doneText: (app) => `La página de ${app} donde empezaste continúa sola. Puedes cerrar esta ventana.`,
  failedTitle: 'No ha funcionado',
  failed: {
    provider_expired: 'Este camino al proveedor ya se usó o es demasiado antiguo. Vuelve a la página donde empezaste e inténtalo de nuevo.',
    provider_other_browser: 'Este inicio de sesión empezó en otro navegador, o el tuyo no guardó su cookie. Abre la página de inicio de sesión en este navegador y empieza ahí. Si alguien te envió aquí, cierra esta ventana.',
    provider_unreachable: 'No se puede contactar con el proveedor en este momento. Vuelve a la página donde empezaste e inténtalo dentro de un momento, o inicia sesión de otra forma.',
  },
  failedOtherwise: 'La respuesta del proveedor no es de fiar. Vuelve a la página donde empezaste e inténtalo de nuevo, o inicia sesión de otra forma.',
};

const fr: ProviderTexts = {
  doneTitle: 'Terminé',
  doneText: (app) => `La page de ${app} où vous avez commencé continue d’elle-même. Vous pouvez fermer cette fenêtre.`,
  failedTitle: 'Cela n’a pas fonctionné',
  failed: {
    provider_expired: 'Ce chemin vers le fournisseur est déjà utilisé ou trop ancien. Retournez à la page où vous avez commencé et réessayez.',
    provider_other_browser: 'Cette connexion a commencé dans un autre navigateur, ou le vôtre n’en a pas gardé le cookie. Ouvrez la page de connexion dans ce navigateur et commencez là. Si quelqu’un vous a envoyé ici, fermez cette fenêtre.',
    provider_unreachable: 'Le fournisseur est injoignable pour le moment. Retournez à la page où vous avez commencé et réessayez dans un instant, ou connectez-vous autrement.',
  },
  failedOtherwise: 'La réponse du fournisseur n’est pas fiable. Retournez à la page où vous avez commencé et réessayez, ou connectez-vous autrement.',
};

const ja: ProviderTexts = {
  doneTitle: '完了しました',
  doneText: (app) => `始めたときの ${app} のページは自動的に先へ進みます。このウィンドウは閉じてかまいません。`,
  failedTitle: 'うまくいきませんでした',
  failed: {
    provider_expired: 'プロバイダーへのこの経路は使用済みか、古すぎます。始めたページに戻って、もう一度お試しください。',
    provider_other_browser: 'このサインインは別のブラウザーで始められたか、ブラウザーが Cookie を保存していません。このブラウザーでサインインページを開いて、そこから始めてください。誰かに誘導されて来た場合は、このウィンドウを閉じてください。',
    provider_unreachable: '現在プロバイダーに接続できません。始めたページに戻って、しばらくしてからもう一度試すか、別の方法でサインインしてください。',
  },
  failedOtherwise: 'プロバイダーの応答は信頼できませんでした。始めたページに戻って、もう一度試すか、別の方法でサインインしてください。',
};

const ar: ProviderTexts = {
  doneTitle: 'تم',
  doneText: (app) => `ستتابع صفحة ${app} التي بدأت منها تلقائيًا. يمكنك إغلاق هذه النافذة.`,
  failedTitle: 'لم ينجح ذلك',
  failed: {
    provider_expired: 'هذا الطريق إلى المزوّد مستخدَم أو قديم جدًا. ارجع إلى الصفحة التي بدأت منها وحاول مجددًا.',
    provider_other_browser: 'بدأ تسجيل الدخول هذا في متصفح آخر، أو لم يحتفظ متصفحك بملف تعريف الارتباط الخاص به. افتح صفحة تسجيل الدخول في هذا المتصفح وابدأ منها. إذا أرسلك شخص ما إلى هنا فأغلق هذه النافذة.',
    provider_unreachable: 'لا يمكن الوصول إلى المزوّد الآن. ارجع إلى الصفحة التي بدأت منها وحاول مجددًا بعد قليل، أو سجّل الدخول بطريقة أخرى.',
  },
  failedOtherwise: 'تعذّر الوثوق برد المزوّد. ارجع إلى الصفحة التي بدأت منها وحاول مجددًا، أو سجّل الدخول بطريقة أخرى.',
};

const locales: Readonly<Record<string, ProviderTexts>> = { en, de, es, fr, ja, ar };

/** The words of the first of these languages that we have, and which one that is. */
export function providerTexts(languages: readonly string[]): { readonly texts: ProviderTexts; readonly language: string } {
  const language = pickLanguage(Object.keys(locales), languages);
  return { texts: locales[language] ?? en, language };
}

export function isProviderPageFault(code: ErrorCode): code is ProviderPageFault {
  return Object.hasOwn(en.failed, code);
}
