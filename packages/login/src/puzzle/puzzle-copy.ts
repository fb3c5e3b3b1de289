import type { CopyLanguage } from '../copy/load-copy.ts';

/** What is said while a puzzle is being solved; fetched with what solves it, for hardly anybody ever sees one. */
export const puzzleCopy: Readonly<Record<'work' | 'captcha', Readonly<Record<CopyLanguage, string>>>> = {
  work: {
    en: 'One moment, we are making sure that this is a real browser…',
    de: 'Einen Moment, wir vergewissern uns, dass dies ein echter Browser ist …',
    es: 'Un momento, estamos comprobando que este es un navegador de verdad…',
    fr: 'Un instant, nous vérifions qu’il s’agit d’un vrai navigateur…',
    ja: 'お待ちください。本物のブラウザーかどうかを確認しています…',
    ar: 'لحظة من فضلك، نتأكد من أن هذا متصفح حقيقي…',
  },
  captcha: {
    en: 'Please confirm below that you are a person. Then we go on by ourselves.',
    de: 'Bitte bestätigen Sie unten, dass Sie ein Mensch sind. Danach geht es von selbst weiter.',
    es: 'Confirma abajo que eres una persona. Después seguimos automáticamente.',
    fr: 'Confirmez ci-dessous que vous êtes une personne. La suite est automatique.',
    ja: '下で人間であることを確認してください。その後、自動的に進みます。',
    ar: 'يُرجى التأكيد أدناه أنك إنسان. بعدها نتابع تلقائيًا.',
  },
};
