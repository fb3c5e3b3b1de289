import type { ContactTexts } from './contact-texts.ts';

export const contactAr: ContactTexts = {
  contactCodeTitle: (app) => `أكّد هذا العنوان لحساب ${app}`,
  contactCodeLead: (app) => `يريد شخص سجّل دخوله إلى ${app} استخدام هذا العنوان لحسابه. إذا كنت أنت، فاكتب هذا الرمز هناك:`,
  contactLinkLead: 'أو افتح هذا الرابط في المتصفح نفسه:',
  contactButton: 'تأكيد هذا العنوان',
  notYouContact: 'إذا لم تكن أنت، فتجاهل هذه الرسالة ولا تعطِ الرمز لأحد: لن يتغيّر شيء من دونه.',
  contactTakenSubject: (app) => `أراد شخص استخدام عنوانك لحساب آخر في ${app}`,
  contactTakenTitle: (app) => `لهذا العنوان حساب في ${app} بالفعل`,
  contactTakenLead: (address, app) =>
    `طلب شخص سجّل دخوله إلى ${app} استخدام ${address} لحسابه. هذا العنوان يخصّ حسابك، لذلك لم نرسل رمزًا. إذا كنت أنت، فسجّل الدخول بهذا العنوان بدلًا من ذلك.`,
  emailChangedSubject: (app) => `تغيّر عنوان البريد الإلكتروني لحسابك في ${app}`,
  phoneChangedSubject: (app) => `تغيّر رقم هاتف حسابك في ${app}`,
  emailChangedLead: (app) => `أصبح لحسابك في ${app} عنوان بريد إلكتروني جديد. تم تأكيده ويمكن تسجيل الدخول به.`,
  phoneChangedLead: (app) => `أصبح لحسابك في ${app} رقم هاتف جديد. تم تأكيده ويمكن تسجيل الدخول به.`,
  contactUndoLead: (moment) =>
    `إذا كنت أنت، فلا داعي لفعل شيء. وإلا فتراجع عن ذلك حتى ${moment}: يستعيد حسابك ما كان لديه من قبل، ويُسجَّل خروج الجميع سواك.`,
  contactUndoButton: 'التراجع عن هذا التغيير',
  notYouContactChanged: (app) =>
    `إذا لم تكن أنت، فقد سجّل شخص آخر دخوله إلى حسابك: استخدم الرابط الذي أرسلناه إلى عنوانك أو رقمك الآخر، أو اطلب المساعدة من القائمين على ${app}.`,
  accessCodeSubject: (app) => `أنشأ فريق الدعم رمز دخول لحسابك في ${app}`,
  accessCodeTitle: 'أنشأ فريق الدعم رمزًا لك',
  accessCodeLead: (app, moment) =>
    `أنشأ القائمون على ${app} رمزًا يمكنك به تسجيل الدخول مرة واحدة حتى ${moment}. سيخبرونك به بأنفسهم: فهو ليس في هذه الرسالة.`,
  notYouAccessCode: (app) => `إذا لم تطلبه أنت، فربما طلبه شخص آخر: أبلغ القائمين على ${app} فورًا.`,
  noticeSms: (happened) => `${happened}. لم تكن أنت؟ سجّل الدخول وأنهِ كل الجلسات الأخرى.`,
  undoSms: (happened, link) => `${happened}. لم تكن أنت؟ تراجع عن ذلك هنا: ${link}`,
};
