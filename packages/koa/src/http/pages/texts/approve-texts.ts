import type { ErrorCode } from '@portico/contract';
import { pickLanguage } from '../../../preferences/pick-language.ts';

/** Why a scanned code is worth nothing. */
type ApproveFault = Extract<ErrorCode, 'link_unknown' | 'link_expired' | 'link_used' | 'link_replaced' | 'too_many_attempts'>;

/** The words of the page that another device opens, beside those of every link: one object a locale. */
interface ApproveTexts {
  readonly title: (app: string) => string;
  readonly reading: string;
  readonly nothingScanned: string;
  readonly needsJavaScript: string;
  readonly onlyIfYou: string;
  readonly numberHint: string;
  readonly approve: string;
  readonly decline: string;
  readonly notHereTitle: string;
  readonly noPasskeys: string;
  readonly notAsked: string;
  readonly passkeyRefused: string;
  readonly declinedTitle: string;
  readonly declinedText: string;
  readonly failedTitle: string;
  readonly failed: Readonly<Record<ApproveFault, string>>;
  readonly failedOtherwise: string;
}

const en: ApproveTexts = {
  title: (app) => `Sign in to ${app} on the other screen?`,
  reading: 'One moment…',
  nothingScanned: 'There is no code here. Scan the one on the screen where you want to sign in.',
  needsJavaScript: 'This page needs JavaScript.',
  onlyIfYou: 'Approve only if you opened that page yourself and have it before you. If somebody sent you here, or told you a number, decline: they would be signed in as you.',
  numberHint: 'Two digits, beside the code that you scanned.',
  approve: 'Approve with my passkey',
  decline: 'Decline',
  notHereTitle: 'Not in this browser',
  noPasskeys: 'This browser cannot use passkeys. Scan the code with your phone’s camera, and open it in its usual browser.',
  notAsked: 'No passkey was used, so nothing is approved. You can try again.',
  passkeyRefused: 'That passkey did not work. Try again, with another one if you have several.',
  declinedTitle: 'Declined',
  declinedText: 'Nobody was signed in with this code. You can close this page.',
  failedTitle: 'This code does not work',
  failed: {
    link_unknown: 'We do not know this code. Scan the one on the other screen again.',
    link_expired: 'This code is too old. Ask for a new one on the other screen, and scan that.',
    link_used: 'This code was used already, or scanned by another device first. Ask for a new one on the other screen.',
    link_replaced: 'The other screen no longer waits for this code. If it shows a newer one, scan that.',
    too_many_attempts: 'There were too many wrong tries. Ask for a new code on the other screen.',
  },
  failedOtherwise: 'Go back to the other screen and ask for a new code, or sign in another way there.',
};

const de: ApproveTexts = {
  title: (app) => `Den anderen Bildschirm bei ${app} anmelden?`,
  reading: 'Einen Moment …',
  nothingScanned: 'Hier ist kein Code. Scannen Sie den auf dem Bildschirm, auf dem Sie sich anmelden möchten.',
  needsJavaScript: 'Diese Seite braucht JavaScript.',
  onlyIfYou: 'Bestätigen Sie nur, wenn Sie jene Seite selbst geöffnet und vor sich haben. Hat jemand Sie hierher geschickt oder Ihnen eine Zahl genannt, lehnen Sie ab: Diese Person wäre sonst als Sie angemeldet.',
  numberHint: 'Zwei Ziffern, neben dem Code, den Sie gescannt haben.',
  approve: 'Mit meinem Passkey bestätigen',
  decline: 'Ablehnen',
  notHereTitle: 'Nicht in diesem Browser',
  noPasskeys: 'Dieser Browser kann keine Passkeys verwenden. Scannen Sie den Code mit der Kamera Ihres Telefons und öffnen Sie ihn in dessen üblichem Browser.',
  notAsked: 'Es wurde kein Passkey verwendet, also ist nichts bestätigt. Sie können es noch einmal versuchen.',
  passkeyRefused: 'Dieser Passkey hat nicht funktioniert. Versuchen Sie es noch einmal, mit einem anderen, falls Sie mehrere haben.',
  declinedTitle: 'Abgelehnt',
  declinedText: 'Mit diesem Code wurde niemand angemeldet. Sie können diese Seite schließen.',
  failedTitle: 'Dieser Code funktioniert nicht',
  failed: {
    link_unknown: 'Wir kennen diesen Code nicht. Scannen Sie den auf dem anderen Bildschirm noch einmal.',
    link_expired: 'Dieser Code ist zu alt. Fordern Sie auf dem anderen Bildschirm einen neuen an und scannen Sie den.',
    link_used: 'Dieser Code wurde schon verwendet oder zuerst von einem anderen Gerät gescannt. Fordern Sie auf dem anderen Bildschirm einen neuen an.',
    link_replaced: 'Der andere Bildschirm wartet nicht mehr auf diesen Code. Zeigt er einen neueren, scannen Sie den.',
    too_many_attempts: 'Es gab zu viele falsche Versuche. Fordern Sie auf dem anderen Bildschirm einen neuen Code an.',
  },
  failedOtherwise: 'Gehen Sie zurück zum anderen Bildschirm und fordern Sie einen neuen Code an, oder melden Sie sich dort anders an.',
};

const es: ApproveTexts = {
  title: (app) => `¿Iniciar sesión en ${app} en la otra pantalla?`,
  reading: 'Un momento…',
  nothingScanned: 'Aquí no hay ningún código. Escanea el de la pantalla donde quieres iniciar sesión.',
  needsJavaScript: 'Esta página necesita JavaScript.',
  onlyIfYou: 'Aprueba solo si abriste esa página tú y la tienes delante. Si alguien te envió aquí o te dijo un número, recházalo: entraría con tu cuenta.',
  numberHint: 'Dos cifras, junto al código que escaneaste.',
  approve: 'Aprobar con mi llave de acceso',
  decline: 'Rechazar',
  notHereTitle: 'No en este navegador',
  noPasskeys: 'Este navegador no puede usar llaves de acceso. Escanea el código con la cámara del teléfono y ábrelo en su navegador habitual.',
  notAsked: 'No se usó ninguna llave de acceso, así que no se aprobó nada. Puedes intentarlo de nuevo.',
  passkeyRefused: 'Esa llave de acceso no ha funcionado. Inténtalo de nuevo, con otra si tienes varias.',
  declinedTitle: 'Rechazado',
  declinedText: 'Nadie ha iniciado sesión con este código. Puedes cerrar esta página.',
  failedTitle: 'Este código no funciona',
  failed: {
    link_unknown: 'No conocemos este código. Vuelve a escanear el de la otra pantalla.',
    link_expired: 'Este código es demasiado antiguo. Pide uno nuevo en la otra pantalla y escanéalo.',
    link_used: 'Este código ya se usó, o lo escaneó antes otro dispositivo. Pide uno nuevo en la otra pantalla.',
    link_replaced: 'La otra pantalla ya no espera este código. Si muestra uno más nuevo, escanéalo.',
    too_many_attempts: 'Hubo demasiados intentos fallidos. Pide un código nuevo en la otra pantalla.',
  },
  failedOtherwise: 'Vuelve a la otra pantalla y pide un código nuevo, o inicia sesión allí de otra forma.',
};

const fr: ApproveTexts = {
  title: (app) => `Se connecter à ${app} sur l’autre écran ?`,
  reading: 'Un instant…',
  nothingScanned: 'Il n’y a pas de code ici. Scannez celui de l’écran où vous voulez vous connecter.',
  needsJavaScript: 'Cette page a besoin de JavaScript.',
  onlyIfYou: 'Approuvez seulement si vous avez ouvert cette page vous-même et l’avez sous les yeux. Si quelqu’un vous a envoyé ici ou vous a donné un nombre, refusez : cette personne serait connectée à votre place.',
  numberHint: 'Deux chiffres, à côté du code que vous avez scanné.',
  approve: 'Approuver avec ma clé d’accès',
  decline: 'Refuser',
  notHereTitle: 'Pas dans ce navigateur',
  noPasskeys: 'Ce navigateur ne peut pas utiliser de clés d’accès. Scannez le code avec l’appareil photo du téléphone et ouvrez-le dans son navigateur habituel.',
  notAsked: 'Aucune clé d’accès n’a été utilisée, rien n’est donc approuvé. Vous pouvez réessayer.',
  passkeyRefused: 'Cette clé d’accès n’a pas fonctionné. Réessayez, avec une autre si vous en avez plusieurs.',
  declinedTitle: 'Refusé',
  declinedText: 'Personne n’a été connecté avec ce code. Vous pouvez fermer cette page.',
  failedTitle: 'Ce code ne fonctionne pas',
  failed: {
    link_unknown: 'Nous ne connaissons pas ce code. Scannez de nouveau celui de l’autre écran.',
    link_expired: 'Ce code est trop ancien. Demandez-en un nouveau sur l’autre écran et scannez-le.',
    link_used: 'Ce code a déjà été utilisé, ou un autre appareil l’a scanné avant. Demandez-en un nouveau sur l’autre écran.',
    link_replaced: 'L’autre écran n’attend plus ce code. S’il en montre un plus récent, scannez celui-là.',
    too_many_attempts: 'Il y a eu trop d’essais incorrects. Demandez un nouveau code sur l’autre écran.',
  },
  failedOtherwise: 'Retournez à l’autre écran et demandez un nouveau code, ou connectez-vous autrement là-bas.',
};

const ja: ApproveTexts = {
  title: (app) => `もう一方の画面で ${app} にサインインしますか？`,
  reading: 'お待ちください…',
  nothingScanned: 'ここにはコードがありません。サインインしたい画面のコードを読み取ってください。',
  needsJavaScript: 'このページには JavaScript が必要です。',
  onlyIfYou: 'そのページを自分で開き、いま目の前にある場合だけ承認してください。誰かに誘導されて来た場合や、誰かから数字を聞いた場合は拒否してください。その人があなたとしてサインインしてしまいます。',
  numberHint: '読み取ったコードの横にある 2 桁の数字です。',
  approve: 'パスキーで承認する',
  decline: '拒否する',
  notHereTitle: 'このブラウザーでは使えません',
  noPasskeys: 'パスキーに対応していません。スマートフォンのカメラでコードを読み取り、いつものブラウザーで開いてください。',
  notAsked: 'パスキーが使われなかったため、何も承認されていません。もう一度試せます。',
  passkeyRefused: 'そのパスキーは使えませんでした。もう一度試すか、ほかのパスキーがあればそれを使ってください。',
  declinedTitle: '拒否しました',
  declinedText: 'このコードでは誰もサインインしていません。このページは閉じてかまいません。',
  failedTitle: 'このコードは使えません',
  failed: {
    link_unknown: 'このコードは見つかりません。もう一方の画面のコードをもう一度読み取ってください。',
    link_expired: 'このコードは古すぎます。もう一方の画面で新しいコードを表示して読み取ってください。',
    link_used: 'このコードは使用済みか、先に別のデバイスで読み取られました。もう一方の画面で新しいコードを表示してください。',
    link_replaced: 'もう一方の画面はもうこのコードを待っていません。新しいコードが出ていれば、それを読み取ってください。',
    too_many_attempts: '間違いが多すぎました。もう一方の画面で新しいコードを表示してください。',
  },
  failedOtherwise: 'もう一方の画面に戻って新しいコードを表示するか、そこで別の方法でサインインしてください。',
};

const ar: ApproveTexts = {
  title: (app) => `تسجيل الدخول إلى ${app} على الشاشة الأخرى؟`,
  reading: 'لحظة واحدة…',
  nothingScanned: 'لا يوجد رمز هنا. امسح الرمز الظاهر على الشاشة التي تريد تسجيل الدخول عليها.',
  needsJavaScript: 'تحتاج هذه الصفحة إلى JavaScript.',
  onlyIfYou: 'وافق فقط إذا فتحت تلك الصفحة بنفسك وكانت أمامك. إذا أرسلك شخص ما إلى هنا أو أخبرك برقم فارفض: وإلا دخل ذلك الشخص باسمك.',
  numberHint: 'رقمان، بجانب الرمز الذي مسحته.',
  approve: 'الموافقة بمفتاح المرور',
  decline: 'رفض',
  notHereTitle: 'ليس في هذا المتصفح',
  noPasskeys: 'لا يستطيع هذا المتصفح استخدام مفاتيح المرور. امسح الرمز بكاميرا هاتفك وافتحه في متصفحه المعتاد.',
  notAsked: 'لم يُستخدم أي مفتاح مرور، فلم تتم الموافقة على شيء. يمكنك المحاولة مجددًا.',
  passkeyRefused: 'لم ينجح مفتاح المرور هذا. حاول مجددًا، بمفتاح آخر إن كان لديك أكثر من واحد.',
  declinedTitle: 'تم الرفض',
  declinedText: 'لم يسجّل أحد الدخول بهذا الرمز. يمكنك إغلاق هذه الصفحة.',
  failedTitle: 'هذا الرمز لا يعمل',
  failed: {
    link_unknown: 'لا نعرف هذا الرمز. امسح الرمز الظاهر على الشاشة الأخرى مجددًا.',
    link_expired: 'هذا الرمز قديم جدًا. اطلب رمزًا جديدًا على الشاشة الأخرى وامسحه.',
    link_used: 'استُخدم هذا الرمز من قبل، أو مسحه جهاز آخر أولًا. اطلب رمزًا جديدًا على الشاشة الأخرى.',
    link_replaced: 'لم تعد الشاشة الأخرى تنتظر هذا الرمز. إذا كانت تعرض رمزًا أحدث فامسحه.',
    too_many_attempts: 'كانت المحاولات الخاطئة كثيرة جدًا. اطلب رمزًا جديدًا على الشاشة الأخرى.',
  },
  failedOtherwise: 'ارجع إلى الشاشة الأخرى واطلب رمزًا جديدًا، أو سجّل الدخول هناك بطريقة أخرى.',
};

const locales: Readonly<Record<string, ApproveTexts>> = { en, de, es, fr, ja, ar };

/** The words of the first of these languages that we have, and which one that is. */
export function approveTexts(languages: readonly string[]): { readonly texts: ApproveTexts; readonly language: string } {
  const language = pickLanguage(Object.keys(locales), languages);
  return { texts: locales[language] ?? en, language };
}

export function isApproveFault(code: ErrorCode): code is ApproveFault {
  return Object.hasOwn(en.failed, code);
}
