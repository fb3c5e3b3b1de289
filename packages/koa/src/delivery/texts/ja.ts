import { contactJa } from './contact/ja.ts';
import type { MailTexts } from './mail-texts.ts';
import { recoveryJa } from './recovery/ja.ts';

export const ja: MailTexts = {
  language: 'ja',
  direction: 'ltr',
  codeSubject: (code, app) => `${code} は ${app} のコードです`,
  linkSubject: (app) => `${app} のサインイン用リンク`,
  noAccountSubject: (app) => `あなたのアドレスで ${app} へのサインインが試みられました`,
  passkeyAddedSubject: (app) => `${app} のアカウントにパスキーが追加されました`,
  passwordSetSubject: (app) => `${app} のアカウントに新しいパスワードが設定されました`,
  identityLinkedSubject: (provider, app) => `${provider} で ${app} にサインインできるようになりました`,
  signInTitle: (app) => `${app} にサインイン`,
  noAccountTitle: (app) => `${app} のアカウントが見つかりません`,
  passkeyAddedTitle: () => '新しいパスキーが追加されました',
  passwordSetTitle: () => '新しいパスワードが設定されました',
  identityLinkedTitle: (provider) => `${provider} がアカウントに連携されました`,
  codeLead: 'サインイン中のページに、次のコードを入力してください。',
  linkLead: '次のリンクを開いてサインインしてください。',
  orLinkLead: 'または、次のリンクを開いてください。',
  signInButton: (app) => `${app} にサインイン`,
  linkInFull: 'ボタンが使えない場合は、次のアドレスをブラウザーに貼り付けてください。',
  linkElsewhere:
    'リンクは別のデバイスでも使えます。その場合は、サインインのページに表示されている 2 桁の数字を入力します。',
  codeExpires: (count, moment) => `コードは 1 回だけ使えます。有効期限は ${count} 分（${moment} まで）です。`,
  linkExpires: (count, moment) => `リンクは 1 回だけ使えます。有効期限は ${count} 分（${moment} まで）です。`,
  bothExpire: (count, moment) =>
    `コードとリンクは、先に使った方が 1 回だけ有効です。有効期限は ${count} 分（${moment} まで）です。`,
  noAccountLead: (address, app) =>
    `${app} へのサインインで ${address} が入力されました。このアドレスでサインインできるアカウントがないため、コードは送信していません。`,
  noAccountNext: 'お心当たりがある場合は、別のアドレスで登録されているか、まだ登録されていない可能性があります。',
  passkeyAddedLead: (app) =>
    `${app} のアカウントにパスキーが追加されました。今後はこのパスキーでサインインできます。`,
  passwordSetLead: (app) =>
    `${app} のアカウントに新しいパスワードが設定されました。ほかのデバイスでのサインインは終了しました。`,
  identityLinkedLead: (provider, app) => `${app} のアカウントが ${provider} のアカウントと連携されました。今後はそれでサインインできます。`,
  openApp: (app) => `${app} を開く`,
  requestHeading: 'リクエストの送信元',
  browserLabel: 'ブラウザー',
  unknownBrowser: '不明',
  placeLabel: '場所',
  addressLabel: 'ネットワークアドレス',
  timeLabel: '日時',
  notYouSignIn: 'お心当たりがない場合は、このメールを無視してください。このメールなしでは誰もサインインできません。',
  neverShare: 'コードやリンクを誰にも教えないでください。こちらからお尋ねすることはありません。',
  notYouNoAccount: 'お心当たりがない場合は、このメールを無視してください。変更されたものはありません。',
  notYouPasskey: (app) =>
    `お心当たりがない場合は、第三者があなたのアカウントにサインインしています。${app} にサインインしてパスキーを削除し、ほかのセッションをすべて終了してください。`,
  notYouPassword: (app) =>
    `お心当たりがない場合は、ほかの誰かがあなたのメールを読めるか、アカウントにサインインしています。メールボックスを保護してから、${app} で「パスワードを忘れた場合」を選び、別のパスワードを設定してください。`,
  notYouIdentity: (provider, app) =>
    `お心当たりがない場合は、ほかの人があなたのメールを読んでいるか、あなたのアカウントにサインインしています。メールボックスを保護し、${provider} との連携を解除するよう ${app} に連絡してください。`,
  totpAddedSubject: (app) => `${app} のアカウントに認証アプリが追加されました`,
  totpAddedTitle: () => '新しい認証アプリが追加されました',
  totpAddedLead: (app) =>
    `${app} のアカウントに認証アプリが追加されました。サインインのときに、そのコードを入力していただきます。`,
  recoveryCodeUsedSubject: (app) => `${app} のアカウントでリカバリーコードが使われました`,
  recoveryCodeUsedTitle: () => 'リカバリーコードが使われました',
  recoveryCodeUsedLead: (app) =>
    `リカバリーコードを使って ${app} のアカウントへのサインインがありました。使われたコードは無効になりました。`,
  notYouSecondFactor: (app) =>
    `お心当たりがない場合は、ほかの人がアカウントに入れる状態です。${app} にサインインしてほかのセッションをすべて終了し、運営者にご相談ください。`,
  newDeviceSubject: (app) => `${app} アカウントへの新しいサインイン`,
  newDeviceTitle: '新しいデバイスからサインインがありました',
  newDeviceLead: (app) => `まだ登録のないブラウザーから、あなたの ${app} アカウントにサインインがありました。`,
  newDeviceYou: 'お心当たりがある場合は、何もする必要はありません。',
  newDeviceNotYou: 'お心当たりがない場合は、ボタンを押してください。すべてのサインインを終了し、アカウントを保護できます。',
  newDeviceButton: '心当たりがありません',
  footer: (app) => `このアドレスが ${app} で入力されたため、お送りしています。`,
  codeSms: (code, app, count) => `${code} は${app}のコードです。${count}分間有効です。誰にも教えないでください。`,
  ...recoveryJa,
  ...contactJa,
};
