import type { ErrorCode } from '@portico/contract';
import { pickLanguage } from '../../../preferences/pick-language.ts';

/** Why a link ends nothing. */
export type NotMeFault = Extract<ErrorCode, 'link_unknown' | 'link_expired' | 'link_used'>;

/** The words of the pages behind "this was not me". */
export interface NotMeTexts {
  readonly title: string;
  readonly whatItEnds: string;
  readonly endAll: string;
  readonly ifYou: string;
  readonly doneTitle: string;
  /** What the owner does now. */
  readonly next: string;
  readonly recover: string;
  readonly failedTitle: string;
  readonly failed: Readonly<Record<NotMeFault, string>>;
}

const en: NotMeTexts = {
  title: 'Was this not you?',
  whatItEnds: 'The button ends all sign-ins to your account, on all devices, yours too. Every device is a new one from then on.',
  endAll: 'End all sign-ins',
  ifYou: 'If it was you, close this page: nothing changes.',
  doneTitle: 'All sign-ins have ended',
  next: 'Now secure your account. The button leads to where you prove that it is you and, if you have a password, set a new one. Then look through your passkeys and authenticator apps. If somebody else reads your mail, secure your mailbox first.',
  recover: 'Secure my account',
  failedTitle: 'This link does not work',
  failed: {
    link_unknown: 'We do not know this link. Check that all of it was copied.',
    link_expired: 'This link is too old. Sign in, and end the sessions that are not yours.',
    link_used: 'All sign-ins were ended with this link already.',
  },
};

const locales: Readonly<Record<string, NotMeTexts>> = {
  en,
  de: {
    title: 'Waren Sie das nicht?',
    whatItEnds: 'Der Knopf beendet alle Anmeldungen bei Ihrem Konto, auf allen Geräten, auch auf Ihren. Danach ist jedes Gerät ein neues.',
    endAll: 'Alle Anmeldungen beenden',
    ifYou: 'Wenn Sie es waren, schließen Sie diese Seite: Es ändert sich nichts.',
    doneTitle: 'Alle Anmeldungen sind beendet',
    next: 'Sichern Sie jetzt Ihr Konto. Der Knopf führt dorthin, wo Sie zeigen, dass Sie es sind, und, wenn Sie ein Passwort haben, ein neues festlegen. Sehen Sie danach Ihre Passkeys und Authenticator-Apps durch. Wenn jemand anderes Ihre E-Mails liest, sichern Sie zuerst Ihr Postfach.',
    recover: 'Mein Konto sichern',
    failedTitle: 'Dieser Link funktioniert nicht',
    failed: {
      link_unknown: 'Wir kennen diesen Link nicht. Prüfen Sie, ob er vollständig kopiert wurde.',
      link_expired: 'Dieser Link ist zu alt. Melden Sie sich an, und beenden Sie die Sitzungen, die nicht Ihre sind.',
      link_used: 'Mit diesem Link wurden bereits alle Anmeldungen beendet.',
    },
  },
  es: {
    title: '¿No fuiste tú?',
    whatItEnds: 'El botón cierra todas las sesiones de tu cuenta, en todos los dispositivos, también en los tuyos. Desde entonces, cada dispositivo es nuevo.',
    endAll: 'Cerrar todas las sesiones',
    ifYou: 'Si fuiste tú, cierra esta página: no cambia nada.',
    doneTitle: 'Se han cerrado todas las sesiones',
    next: 'Protege ahora tu cuenta. El botón lleva adonde demuestras que eres tú y, si tienes contraseña, estableces una nueva. Revisa después tus llaves de acceso y apps de autenticación. Si otra persona lee tu correo, protege primero tu buzón.',
    recover: 'Proteger mi cuenta',
    failedTitle: 'Este enlace no funciona',
    failed: {
      link_unknown: 'No conocemos este enlace. Comprueba que lo has copiado entero.',
      link_expired: 'Este enlace es demasiado antiguo. Inicia sesión y cierra las sesiones que no sean tuyas.',
      link_used: 'Con este enlace ya se cerraron todas las sesiones.',
    },
  },
  fr: {
    title: 'Ce n’était pas vous ?',
    whatItEnds: 'Le bouton met fin à toutes les connexions à votre compte, sur tous les appareils, y compris les vôtres. Dès lors, chaque appareil est un nouvel appareil.',
    endAll: 'Mettre fin à toutes les connexions',
    ifYou: 'Si c’était vous, fermez cette page : rien ne change.',
    doneTitle: 'Toutes les connexions ont pris fin',
    next: 'Sécurisez maintenant votre compte. Le bouton mène à la page où vous prouvez que c’est bien vous et, si vous avez un mot de passe, en définissez un nouveau. Vérifiez ensuite vos clés d’accès et vos applications d’authentification. Si quelqu’un d’autre lit vos e-mails, sécurisez d’abord votre messagerie.',
    recover: 'Sécuriser mon compte',
    failedTitle: 'Ce lien ne fonctionne pas',
    failed: {
      link_unknown: 'Nous ne connaissons pas ce lien. Vérifiez qu’il a été copié en entier.',
      link_expired: 'Ce lien est trop ancien. Connectez-vous et mettez fin aux sessions qui ne sont pas les vôtres.',
      link_used: 'Ce lien a déjà mis fin à toutes les connexions.',
    },
  },
  ja: {
    title: 'お心当たりがありませんか？',
    whatItEnds: 'ボタンを押すと、ご自身のものも含め、すべてのデバイスでアカウントのサインインが終了します。以後、どのデバイスも新しいデバイスとして扱われます。',
    endAll: 'すべてのサインインを終了',
    ifYou: 'ご本人の場合はこのページを閉じてください。何も変わりません。',
    doneTitle: 'すべてのサインインを終了しました',
    next: 'アカウントを保護してください。ボタンから、ご本人であることを確認し、パスワードをお使いの場合は新しいパスワードを設定できます。そのあと、パスキーと認証アプリを確認してください。メールをほかの人に読まれている場合は、先にメールボックスを保護してください。',
    recover: 'アカウントを保護する',
    failedTitle: 'このリンクは使えません',
    failed: {
      link_unknown: 'このリンクは確認できません。全体がコピーされているかご確認ください。',
      link_expired: 'このリンクは古すぎます。サインインして、お心当たりのないセッションを終了してください。',
      link_used: 'このリンクですでにすべてのサインインを終了しました。',
    },
  },
  ar: {
    title: 'ألم تكن أنت؟',
    whatItEnds: 'ينهي الزر كل عمليات الدخول إلى حسابك على كل الأجهزة، ومنها أجهزتك. وبعد ذلك يُعد كل جهاز جديدًا.',
    endAll: 'إنهاء كل عمليات الدخول',
    ifYou: 'إن كنت أنت، فأغلق هذه الصفحة: لن يتغير شيء.',
    doneTitle: 'انتهت كل عمليات الدخول',
    next: 'أمّن حسابك الآن. يقودك الزر إلى حيث تثبت أنك أنت، وتعيّن كلمة مرور جديدة إن كانت لديك كلمة مرور. ثم راجع مفاتيح المرور وتطبيقات المصادقة. إن كان غيرك يقرأ بريدك، فأمّن صندوق بريدك أولًا.',
    recover: 'تأمين حسابي',
    failedTitle: 'هذا الرابط لا يعمل',
    failed: {
      link_unknown: 'لا نعرف هذا الرابط. تأكد من نسخه كاملًا.',
      link_expired: 'هذا الرابط قديم جدًا. سجّل الدخول وأنهِ الجلسات التي ليست لك.',
      link_used: 'سبق إنهاء كل عمليات الدخول بهذا الرابط.',
    },
  },
};

export function notMeTexts(languages: readonly string[]): { readonly texts: NotMeTexts; readonly language: string } {
  const language = pickLanguage(Object.keys(locales), languages);
  return { texts: locales[language] ?? en, language };
}
