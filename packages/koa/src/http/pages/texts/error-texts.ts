import type { ErrorCode } from '@portico/contract';
import { pickLanguage } from '../../../preferences/pick-language.ts';

/** What the person can do about it is the same for many codes. */
type ErrorKind = 'set-up' | 'too-old' | 'too-many' | 'busy' | 'nothing-here' | 'ours' | 'otherwise';

/** The words of the page where a request ends that can go nowhere: one object a locale. */
interface ErrorTexts {
  readonly title: string;
  readonly happened: Readonly<Record<ErrorKind, string>>;
  readonly next: string;
  /** Before what only the makers of the app can read. */
  readonly forMakers: string;
  readonly request: string;
}

const kinds: Partial<Readonly<Record<ErrorCode, ErrorKind>>> = {
  client_unknown: 'set-up',
  client_refused: 'set-up',
  origin_not_allowed: 'set-up',
  redirect_uri_unregistered: 'set-up',
  authorization_request_invalid: 'set-up',
  provider_unknown: 'set-up',
  request_uri_invalid: 'too-old',
  rate_limited: 'too-many',
  temporarily_unavailable: 'busy',
  not_found: 'nothing-here',
  internal: 'ours',
};

const en: ErrorTexts = {
  title: 'This did not work',
  happened: {
    'set-up': 'The app that sent you here asked in a way that we cannot answer.',
    'too-old': 'This sign-in is too old, or was used already.',
    'too-many': 'There were too many requests from here. Wait a moment.',
    busy: 'We cannot answer right now.',
    'nothing-here': 'There is nothing at this address.',
    ours: 'Something went wrong on our side.',
    otherwise: 'We could not do what was asked.',
  },
  next: 'Go back to the app and start again. If it happens again, tell its makers what is written here:',
  forMakers: 'Reason',
  request: 'Request',
};

const de: ErrorTexts = {
  title: 'Das hat nicht geklappt',
  happened: {
    'set-up': 'Die App, die Sie hierher geschickt hat, hat auf eine Weise gefragt, auf die wir nicht antworten können.',
    'too-old': 'Diese Anmeldung ist zu alt oder wurde schon verwendet.',
    'too-many': 'Von hier kamen zu viele Anfragen. Warten Sie einen Moment.',
    busy: 'Wir können gerade nicht antworten.',
    'nothing-here': 'Unter dieser Adresse gibt es nichts.',
    ours: 'Bei uns ist etwas schiefgegangen.',
    otherwise: 'Wir konnten nicht tun, worum gebeten wurde.',
  },
  next: 'Gehen Sie zurück zur App und beginnen Sie neu. Wenn es wieder geschieht, sagen Sie dem Betreiber, was hier steht:',
  forMakers: 'Grund',
  request: 'Anfrage',
};

const es: ErrorTexts = {
  title: 'No ha funcionado',
  happened: {
    'set-up': 'La aplicación que te envió aquí ha hecho una petición a la que no podemos responder.',
    'too-old': 'Este inicio de sesión es demasiado antiguo o ya se usó.',
    'too-many': 'Han llegado demasiadas peticiones desde aquí. Espera un momento.',
    busy: 'No podemos responder en este momento.',
    'nothing-here': 'No hay nada en esta dirección.',
    ours: 'Algo ha fallado por nuestra parte.',
    otherwise: 'No hemos podido hacer lo que se pidió.',
  },
  next: 'Vuelve a la aplicación y empieza de nuevo. Si se repite, di a sus responsables lo que pone aquí:',
  forMakers: 'Motivo',
  request: 'Petición',
};

const fr: ErrorTexts = {
  title: 'Cela n’a pas fonctionné',
  happened: {
    'set-up': 'L’application qui vous a envoyé ici a fait une demande à laquelle nous ne pouvons pas répondre.',
    'too-old': 'Cette connexion est trop ancienne ou a déjà servi.',
    'too-many': 'Trop de demandes sont venues d’ici. Attendez un instant.',
    busy: 'Nous ne pouvons pas répondre pour le moment.',
    'nothing-here': 'Il n’y a rien à cette adresse.',
    ours: 'Une erreur s’est produite de notre côté.',
    otherwise: 'Nous n’avons pas pu faire ce qui était demandé.',
  },
  next: 'Retournez à l’application et recommencez. Si cela se reproduit, communiquez à ses responsables ce qui est écrit ici :',
  forMakers: 'Motif',
  request: 'Demande',
};

const ja: ErrorTexts = {
  title: 'うまくいきませんでした',
  happened: {
    'set-up': 'アプリからの要求に応えることができません。',
    'too-old': 'このサインインは古すぎるか、使用済みです。',
    'too-many': 'ここからの要求が多すぎます。しばらくお待ちください。',
    busy: '現在応答できません。',
    'nothing-here': 'このアドレスには何もありません。',
    ours: 'サーバー側で問題が発生しました。',
    otherwise: '要求された操作を行えませんでした。',
  },
  next: 'アプリに戻って、もう一度始めてください。繰り返し起きる場合は、アプリの提供者に次の内容を伝えてください。',
  forMakers: '理由',
  request: '要求',
};

const ar: ErrorTexts = {
  title: 'لم ينجح ذلك',
  happened: {
    'set-up': 'أرسل التطبيق الذي جئت منه طلبًا لا يمكننا الرد عليه.',
    'too-old': 'تسجيل الدخول هذا قديم جدًا أو سبق استخدامه.',
    'too-many': 'وصلت من هنا طلبات كثيرة جدًا. انتظر قليلًا.',
    busy: 'لا يمكننا الرد الآن.',
    'nothing-here': 'لا يوجد شيء في هذا العنوان.',
    ours: 'حدث خطأ من جهتنا.',
    otherwise: 'لم نتمكن من تنفيذ المطلوب.',
  },
  next: 'ارجع إلى التطبيق وابدأ من جديد. إذا تكرر ذلك فأخبر القائمين عليه بما هو مكتوب هنا:',
  forMakers: 'السبب',
  request: 'الطلب',
};

const locales: Readonly<Record<string, ErrorTexts>> = { en, de, es, fr, ja, ar };

/** The words of the first of these languages that we have, and which one that is. */
export function errorTexts(languages: readonly string[]): { readonly texts: ErrorTexts; readonly language: string } {
  const language = pickLanguage(Object.keys(locales), languages);
  return { texts: locales[language] ?? en, language };
}

export function errorKind(code: ErrorCode): ErrorKind {
  return kinds[code] ?? 'otherwise';
}
