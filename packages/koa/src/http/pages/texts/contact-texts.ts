import type { ContactKind } from '../../../model/contact.ts';
import { pickLanguage } from '../../../preferences/pick-language.ts';

/** The words of the two pages that a mail about a contact leads to. */
export interface ContactTexts {
  readonly confirmTitle: (app: string) => string;
  readonly confirmText: string;
  readonly confirm: string;
  readonly elsewhereTitle: string;
  readonly elsewhere: string;
  readonly confirmedTitle: string;
  readonly confirmedText: string;
  readonly undoTitle: Readonly<Record<ContactKind, string>>;
  readonly undoText: string;
  readonly undo: string;
  readonly undoneTitle: string;
  readonly undoneText: string;
  readonly takenText: string;
}

const en: ContactTexts = {
  confirmTitle: (app) => `Use this address for your ${app} account?`,
  confirmText: 'It takes the place of the one that your account has. You sign in with it, and we write to it.',
  confirm: 'Use this address',
  elsewhereTitle: 'This link does not work here',
  elsewhere: 'This link works in the browser in which you asked for the mail, while you are signed in there. Here, do nothing: type the code of the mail on the page that asked for it.',
  confirmedTitle: 'This address is yours now',
  confirmedText: 'You can close this page.',
  undoTitle: { email: 'Undo the change of your e-mail address?', phone: 'Undo the change of your phone number?' },
  undoText: 'Your account gets back what it had before. Whoever is signed in to it is signed out, except in this browser.',
  undo: 'Undo the change',
  undoneTitle: 'The change was undone',
  undoneText: 'Everybody else is signed out. Now sign in, set another password if you have one, and look whether there is a passkey that you do not know.',
  takenText: 'This address or number belongs to another account by now.',
};

const locales: Readonly<Record<string, ContactTexts>> = {
  en,
  de: {
    confirmTitle: (app) => `Diese Adresse für Ihr Konto bei ${app} verwenden?`,
    confirmText: 'Sie tritt an die Stelle der bisherigen. Sie melden sich mit ihr an, und wir schreiben an sie.',
    confirm: 'Diese Adresse verwenden',
    elsewhereTitle: 'Dieser Link funktioniert hier nicht',
    elsewhere: 'Dieser Link funktioniert in dem Browser, in dem Sie die E-Mail angefordert haben, solange Sie dort angemeldet sind. Tun Sie hier nichts: Geben Sie den Code aus der E-Mail auf der Seite ein, die danach fragt.',
    confirmedTitle: 'Die Adresse gehört jetzt zu Ihrem Konto',
    confirmedText: 'Sie können diese Seite schließen.',
    undoTitle: { email: 'Die Änderung Ihrer E-Mail-Adresse rückgängig machen?', phone: 'Die Änderung Ihrer Telefonnummer rückgängig machen?' },
    undoText: 'Ihr Konto bekommt zurück, was es vorher hatte. Wer darin angemeldet ist, wird abgemeldet, außer in diesem Browser.',
    undo: 'Änderung rückgängig machen',
    undoneTitle: 'Die Änderung ist rückgängig gemacht',
    undoneText: 'Alle anderen sind abgemeldet. Melden Sie sich jetzt an, setzen Sie ein neues Passwort, falls Sie eines haben, und sehen Sie nach, ob es einen Passkey gibt, den Sie nicht kennen.',
    takenText: 'Diese Adresse oder Nummer gehört inzwischen zu einem anderen Konto.',
  },
  es: {
    confirmTitle: (app) => `¿Usar esta dirección para tu cuenta de ${app}?`,
    confirmText: 'Sustituye a la que tiene tu cuenta. Con ella inicias sesión y a ella te escribimos.',
    confirm: 'Usar esta dirección',
    elsewhereTitle: 'Este enlace no funciona aquí',
    elsewhere: 'Este enlace funciona en el navegador en el que pediste el correo, mientras tengas allí la sesión iniciada. No hagas nada aquí: escribe el código del correo en la página que lo pide.',
    confirmedTitle: 'Esta dirección ya es tuya',
    confirmedText: 'Puedes cerrar esta página.',
    undoTitle: { email: '¿Deshacer el cambio de tu dirección de correo?', phone: '¿Deshacer el cambio de tu número de teléfono?' },
    undoText: 'Tu cuenta recupera lo que tenía antes. Se cierra la sesión de todos, salvo en este navegador.',
    undo: 'Deshacer el cambio',
    undoneTitle: 'El cambio se ha deshecho',
    undoneText: 'Se han cerrado las demás sesiones. Ahora inicia sesión, cambia la contraseña si tienes una y comprueba si hay una llave de acceso que no conoces.',
    takenText: 'Esta dirección o este número pertenece ya a otra cuenta.',
  },
  fr: {
    confirmTitle: (app) => `Utiliser cette adresse pour votre compte ${app} ?`,
    confirmText: 'Elle remplace celle de votre compte. Vous vous connectez avec elle, et nous lui écrivons.',
    confirm: 'Utiliser cette adresse',
    elsewhereTitle: 'Ce lien ne fonctionne pas ici',
    elsewhere: 'Ce lien fonctionne dans le navigateur où vous avez demandé l’e-mail, tant que vous y êtes connecté. Ne faites rien ici : saisissez le code de l’e-mail sur la page qui le demande.',
    confirmedTitle: 'Cette adresse est maintenant la vôtre',
    confirmedText: 'Vous pouvez fermer cette page.',
    undoTitle: { email: 'Annuler le changement de votre adresse e-mail ?', phone: 'Annuler le changement de votre numéro de téléphone ?' },
    undoText: 'Votre compte retrouve ce qu’il avait. Toute personne connectée est déconnectée, sauf dans ce navigateur.',
    undo: 'Annuler le changement',
    undoneTitle: 'Le changement est annulé',
    undoneText: 'Tous les autres sont déconnectés. Connectez-vous maintenant, changez votre mot de passe si vous en avez un, et vérifiez qu’il n’y a pas de clé d’accès inconnue.',
    takenText: 'Cette adresse ou ce numéro appartient désormais à un autre compte.',
  },
  ja: {
    confirmTitle: (app) => `このアドレスを ${app} アカウントで使いますか？`,
    confirmText: '現在のアドレスと置き換わります。サインインと連絡にこのアドレスを使います。',
    confirm: 'このアドレスを使う',
    elsewhereTitle: 'このリンクはここでは使えません',
    elsewhere: 'このリンクは、メールを依頼したブラウザーで、サインインしている間だけ使えます。ここでは何もせず、コードを求めている画面にメールのコードを入力してください。',
    confirmedTitle: 'アドレスを設定しました',
    confirmedText: 'このページは閉じてかまいません。',
    undoTitle: { email: 'メールアドレスの変更を取り消しますか？', phone: '電話番号の変更を取り消しますか？' },
    undoText: 'アカウントは変更前に戻ります。このブラウザー以外でサインインしている人は、全員サインアウトされます。',
    undo: '変更を取り消す',
    undoneTitle: '変更を取り消しました',
    undoneText: 'ほかのすべての人がサインアウトされました。サインインして、パスワードがあれば変更し、心当たりのないパスキーがないか確認してください。',
    takenText: 'このアドレスまたは番号は、すでに別のアカウントのものです。',
  },
  ar: {
    confirmTitle: (app) => `هل تريد استخدام هذا العنوان لحسابك في ${app}؟`,
    confirmText: 'يحلّ محلّ عنوان حسابك الحالي. به تسجّل الدخول، وإليه نكتب.',
    confirm: 'استخدام هذا العنوان',
    elsewhereTitle: 'هذا الرابط لا يعمل هنا',
    elsewhere: 'يعمل هذا الرابط في المتصفح الذي طلبت منه الرسالة، ما دمت مسجّلًا دخولك فيه. لا تفعل شيئًا هنا: اكتب رمز الرسالة في الصفحة التي تطلبه.',
    confirmedTitle: 'أصبح هذا العنوان لك',
    confirmedText: 'يمكنك إغلاق هذه الصفحة.',
    undoTitle: { email: 'هل تريد التراجع عن تغيير عنوان بريدك الإلكتروني؟', phone: 'هل تريد التراجع عن تغيير رقم هاتفك؟' },
    undoText: 'يستعيد حسابك ما كان لديه من قبل. ويُسجَّل خروج كل من دخل إليه، إلا في هذا المتصفح.',
    undo: 'التراجع عن التغيير',
    undoneTitle: 'تم التراجع عن التغيير',
    undoneText: 'سُجّل خروج الجميع سواك. سجّل الدخول الآن، وغيّر كلمة المرور إن كانت لديك، وتحقّق من عدم وجود مفتاح مرور لا تعرفه.',
    takenText: 'هذا العنوان أو الرقم يخصّ حسابًا آخر الآن.',
  },
};

export function contactTexts(languages: readonly string[]): { readonly texts: ContactTexts; readonly language: string } {
  const language = pickLanguage(Object.keys(locales), languages);
  return { texts: locales[language] ?? en, language };
}
