import { contactAr } from './contact/ar.ts';
import type { MailTexts } from './mail-texts.ts';
import { recoveryAr } from './recovery/ar.ts';

function minutes(count: number): string {
  if (count === 1) return 'دقيقة واحدة';
  if (count === 2) return 'دقيقتين';
  const lastTwo = count % 100;
  return lastTwo >= 3 && lastTwo <= 10 ? `${count} دقائق` : `${count} دقيقة`;
}

export const ar: MailTexts = {
  language: 'ar',
  direction: 'rtl',
  codeSubject: (code, app) => `${code} هو رمزك في ${app}`,
  linkSubject: (app) => `رابط تسجيل الدخول إلى ${app}`,
  noAccountSubject: (app) => `حاول شخص تسجيل الدخول إلى ${app} بعنوانك`,
  passkeyAddedSubject: (app) => `أُضيف مفتاح مرور إلى حسابك في ${app}`,
  passwordSetSubject: (app) => `عُيّنت كلمة مرور جديدة لحسابك في ${app}`,
  identityLinkedSubject: (provider, app) => `يمكنك الآن تسجيل الدخول إلى ${app} عبر ${provider}`,
  signInTitle: (app) => `تسجيل الدخول إلى ${app}`,
  noAccountTitle: (app) => `لا يوجد حساب في ${app}`,
  passkeyAddedTitle: () => 'لديك مفتاح مرور جديد',
  passwordSetTitle: () => 'لديك كلمة مرور جديدة',
  identityLinkedTitle: (provider) => `تم ربط ${provider} بحسابك`,
  codeLead: 'اكتب هذا الرمز في الصفحة التي تسجّل الدخول فيها:',
  linkLead: 'افتح هذا الرابط لتسجيل الدخول:',
  orLinkLead: 'أو افتح هذا الرابط بدلًا من ذلك:',
  signInButton: (app) => `تسجيل الدخول إلى ${app}`,
  linkInFull: 'إذا لم يعمل الزر، فانسخ هذا العنوان إلى متصفحك:',
  linkElsewhere: 'يعمل الرابط على جهاز آخر أيضًا: سيطلب حينها الرقمين الظاهرين في صفحة تسجيل الدخول.',
  codeExpires: (count, moment) => `يُستخدم الرمز مرة واحدة وتنتهي صلاحيته خلال ${minutes(count)}، في ${moment}.`,
  linkExpires: (count, moment) => `يُستخدم الرابط مرة واحدة وتنتهي صلاحيته خلال ${minutes(count)}، في ${moment}.`,
  bothExpire: (count, moment) =>
    `يُستخدم الرمز أو الرابط مرة واحدة، أيهما استخدمته أولًا، وتنتهي صلاحيتهما خلال ${minutes(count)}، في ${moment}.`,
  noAccountLead: (address, app) =>
    `كتب شخص ${address} لتسجيل الدخول إلى ${app}. لا يوجد حساب بهذا العنوان يمكنه تسجيل الدخول، لذلك لم نرسل رمزًا.`,
  noAccountNext: 'إذا كنت أنت، فربما سجّلت بعنوان آخر أو لم تسجّل بعد.',
  passkeyAddedLead: (app) => `أُضيف مفتاح مرور إلى حسابك في ${app}. يمكنك الآن تسجيل الدخول به.`,
  passwordSetLead: (app) =>
    `عُيّنت كلمة مرور جديدة لحسابك في ${app}. وانتهت عمليات تسجيل الدخول على الأجهزة الأخرى.`,
  identityLinkedLead: (provider, app) => `تم ربط حسابك في ${app} بحساب في ${provider}. يمكنك الآن تسجيل الدخول به.`,
  openApp: (app) => `افتح ${app}`,
  requestHeading: 'مصدر الطلب',
  browserLabel: 'المتصفح',
  unknownBrowser: 'غير معروف',
  placeLabel: 'المكان',
  addressLabel: 'عنوان الشبكة',
  timeLabel: 'الوقت',
  notYouSignIn: 'إذا لم تكن أنت، فتجاهل هذه الرسالة: لا يمكن لأحد تسجيل الدخول من دونها.',
  neverShare: 'لا تعطِ الرمز أو الرابط لأي شخص. لن نطلبهما منك أبدًا.',
  notYouNoAccount: 'إذا لم تكن أنت، فتجاهل هذه الرسالة. لم يتغيّر شيء.',
  notYouPasskey: (app) =>
    `إذا لم تكن أنت، فقد دخل شخص آخر إلى حسابك: سجّل الدخول إلى ${app} واحذف مفتاح المرور وأنهِ كل الجلسات الأخرى.`,
  notYouPassword: (app) =>
    `إن لم تكن أنت، فهناك من يستطيع قراءة بريدك أو سجّل الدخول إلى حسابك: أمّن صندوق بريدك، ثم اختر «نسيت كلمة المرور» في ${app} وعيّن كلمة أخرى.`,
  notYouIdentity: (provider, app) =>
    `إذا لم تكن أنت من فعل ذلك، فهناك شخص آخر يستطيع قراءة بريدك أو سجّل الدخول إلى حسابك: أمّن صندوق بريدك، ثم اطلب من ${app} فك الربط مع ${provider}.`,
  totpAddedSubject: (app) => `أُضيف تطبيق مصادقة إلى حسابك في ${app}`,
  totpAddedTitle: () => 'لديك تطبيق مصادقة جديد',
  totpAddedLead: (app) =>
    `أُضيف تطبيق مصادقة إلى حسابك في ${app}. وستُطلب رموزه عند تسجيل الدخول.`,
  recoveryCodeUsedSubject: (app) => `استُخدم أحد رموز الاسترداد لحسابك في ${app}`,
  recoveryCodeUsedTitle: () => 'استُخدم أحد رموز الاسترداد',
  recoveryCodeUsedLead: (app) =>
    `سجّل شخص الدخول إلى حسابك في ${app} بأحد رموز الاسترداد. ولم يعد ذلك الرمز صالحًا.`,
  notYouSecondFactor: (app) =>
    `إن لم تكن أنت، فهناك من يستطيع الدخول إلى حسابك: سجّل الدخول إلى ${app}، وأنهِ جميع الجلسات الأخرى، واطلب المساعدة من القائمين عليه.`,
  newDeviceSubject: (app) => `تسجيل دخول جديد إلى حسابك في ${app}`,
  newDeviceTitle: 'تم تسجيل الدخول من جهاز جديد',
  newDeviceLead: (app) => `سجّل أحدهم الدخول إلى حسابك في ${app} من متصفح لا نعرفه بعد.`,
  newDeviceYou: 'إن كنت أنت من فعل ذلك، فلا داعي لفعل أي شيء.',
  newDeviceNotYou: 'إن لم تكن أنت، فاضغط على الزر: سينهي كل عمليات الدخول لتتمكن من تأمين حسابك.',
  newDeviceButton: 'لم أكن أنا',
  footer: (app) => `أرسل إليك ${app} هذه الرسالة لأن عنوانك أُدخل هناك.`,
  codeSms: (code, app, count) => `${code} هو رمزك في ${app}. تنتهي صلاحيته خلال ${minutes(count)}. لا تعطه لأحد.`,
  ...recoveryAr,
  ...contactAr,
};
