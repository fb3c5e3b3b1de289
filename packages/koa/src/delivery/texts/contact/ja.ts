import type { ContactTexts } from './contact-texts.ts';

export const contactJa: ContactTexts = {
  contactCodeTitle: (app) => `${app} で使うアドレスの確認`,
  contactCodeLead: (app) => `${app} にサインイン中の方が、このアドレスを自分のアカウントで使おうとしています。ご本人の場合は、その画面に次のコードを入力してください。`,
  contactLinkLead: 'または、同じブラウザーで次のリンクを開いてください。',
  contactButton: 'アドレスを確認',
  notYouContact: 'お心当たりがない場合は、このメールを無視し、コードを誰にも教えないでください。コードがなければ何も変わりません。',
  contactTakenSubject: (app) => `あなたのアドレスが別の ${app} アカウントで使われそうになりました`,
  contactTakenTitle: (app) => `このアドレスの ${app} アカウントはすでにあります`,
  contactTakenLead: (address, app) =>
    `${app} にサインイン中の方が ${address} を自分のアカウントで使おうとしました。このアドレスはあなたのアカウントのものなので、コードは送っていません。ご本人の場合は、このアドレスでサインインしてください。`,
  emailChangedSubject: (app) => `${app} アカウントのメールアドレスが変更されました`,
  phoneChangedSubject: (app) => `${app} アカウントの電話番号が変更されました`,
  emailChangedLead: (app) => `${app} アカウントに新しいメールアドレスが設定されました。確認済みで、サインインに使えます。`,
  phoneChangedLead: (app) => `${app} アカウントに新しい電話番号が設定されました。確認済みで、サインインに使えます。`,
  contactUndoLead: (moment) =>
    `ご本人の操作であれば、何もする必要はありません。お心当たりがない場合は、${moment} までに取り消してください。アカウントは変更前に戻り、ほかのすべての人がサインアウトされます。`,
  contactUndoButton: 'この変更を取り消す',
  notYouContactChanged: (app) =>
    `お心当たりがない場合は、ほかの人があなたのアカウントにサインインしています。別のアドレスまたは番号に送ったリンクを使うか、${app} の運営者にご相談ください。`,
  accessCodeSubject: (app) => `サポートが ${app} アカウントのサインインコードを発行しました`,
  accessCodeTitle: 'サポートがコードを発行しました',
  accessCodeLead: (app, moment) =>
    `${app} の運営者が、${moment} まで 1 回だけサインインできるコードを発行しました。コードは運営者から直接お伝えします。このメールには書かれていません。`,
  notYouAccessCode: (app) => `依頼した覚えがない場合は、ほかの人が依頼したおそれがあります。すぐに ${app} の運営者にお知らせください。`,
  noticeSms: (happened) => `${happened}。心当たりがない場合は、サインインしてほかのセッションをすべて終了してください。`,
  undoSms: (happened, link) => `${happened}。心当たりがない場合はこちらで取り消せます: ${link}`,
};
