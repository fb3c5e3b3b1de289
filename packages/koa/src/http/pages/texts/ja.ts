import type { LinkTexts } from './link-texts.ts';

export const ja: LinkTexts = {
  title: (app) => `${app} にサインイン`,
  signingInAs: 'アカウント',
  askedFrom: 'サインインの要求がありました:',
  place: '場所',
  browser: 'ブラウザー',
  time: '時刻',
  unknown: '不明',
  onlyIfYou: 'ご自身の操作である場合だけ続けてください。',
  letTheOtherGoOn: 'サインイン',
  continueHere: 'このウィンドウで続ける',
  numberLabel: 'もう一方の画面の数字',
  numberHint: 'このメールを要求したページに 2 桁の数字が表示されています。そのようなページがなければ、ほかの人が要求したものです。このページを閉じてください。',
  numberWrong: 'もう一方の画面の数字と違います。もう一度ご確認ください。',
  approve: 'もう一方の画面でサインイン',
  approvedTitle: '完了しました',
  approvedText: '元のページは自動的に進みます。このページは閉じてかまいません。',
  toApp: (app) => `${app} へ`,
  failedTitle: 'このリンクは使えません',
  failed: {
    link_unknown: '不明なリンクです。全体がコピーされているか確認するか、新しいメールを要求してください。',
    link_expired: 'リンクの有効期限が切れています。元のページに戻り、新しいメールを要求してください。',
    link_used: 'このリンクはすでに使われました。サインインしていない場合は、新しいメールを要求してください。',
    link_replaced: 'このあとに新しいメールが送られています。最新のメールのリンクを使ってください。',
  },
  failedOtherwise: '元のページに戻り、新しいメールを要求してください。',
};
