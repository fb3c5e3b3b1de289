/** What is said of something that went. The name that its owner gave to a passkey is in none of it: a thief could give one. */
interface Words {
  readonly subject: (app: string) => string;
  readonly title: string;
  readonly lead: (app: string) => string;
}

interface RemovedTexts {
  readonly passkey: Words;
  readonly totp: Words;
  /** With the provider's name. */
  readonly identity: (provider: string) => Words;
  readonly recoveryCodes: Words;
  readonly username: Words;
}

const en: RemovedTexts = {
  passkey: {
    subject: (app) => `A passkey was removed from your ${app} account`,
    title: 'A passkey was removed',
    lead: (app) => `A passkey was removed from your ${app} account. It no longer signs you in.`,
  },
  totp: {
    subject: (app) => `An authenticator app was removed from your ${app} account`,
    title: 'An authenticator app was removed',
    lead: (app) => `An authenticator app was removed from your ${app} account. Its codes no longer count.`,
  },
  identity: (provider) => ({
    subject: (app) => `${provider} no longer signs you in to ${app}`,
    title: `${provider} was unlinked`,
    lead: (app) => `Your ${app} account is no longer linked to an account at ${provider}. You cannot sign in with it any more.`,
  }),
  recoveryCodes: {
    subject: (app) => `Your ${app} account has new recovery codes`,
    title: 'You have new recovery codes',
    lead: (app) => `New recovery codes were made for your ${app} account. The old ones no longer count.`,
  },
  username: {
    subject: (app) => `The username of your ${app} account was changed`,
    title: 'You have a new username',
    lead: (app) => `The username of your ${app} account was changed. The one before no longer leads to it.`,
  },
};

const locales: Readonly<Record<string, RemovedTexts>> = {
  en,
  de: {
    passkey: {
      subject: (app) => `Passkey aus Ihrem Konto bei ${app} entfernt`,
      title: 'Ein Passkey wurde entfernt',
      lead: (app) => `Aus Ihrem Konto bei ${app} wurde ein Passkey entfernt. Mit ihm können Sie sich nicht mehr anmelden.`,
    },
    totp: {
      subject: (app) => `Authenticator-App aus Ihrem Konto bei ${app} entfernt`,
      title: 'Eine Authenticator-App wurde entfernt',
      lead: (app) => `Aus Ihrem Konto bei ${app} wurde eine Authenticator-App entfernt. Ihre Codes gelten nicht mehr.`,
    },
    identity: (provider) => ({
      subject: (app) => `Mit ${provider} können Sie sich nicht mehr bei ${app} anmelden`,
      title: `Die Verknüpfung mit ${provider} wurde gelöst`,
      lead: (app) => `Ihr Konto bei ${app} ist nicht mehr mit einem Konto bei ${provider} verknüpft. Sie können sich damit nicht mehr anmelden.`,
    }),
    recoveryCodes: {
      subject: (app) => `Neue Notfallcodes für Ihr Konto bei ${app}`,
      title: 'Sie haben neue Notfallcodes',
      lead: (app) => `Für Ihr Konto bei ${app} wurden neue Notfallcodes erstellt. Die alten gelten nicht mehr.`,
    },
    username: {
      subject: (app) => `Benutzername Ihres Kontos bei ${app} geändert`,
      title: 'Sie haben einen neuen Benutzernamen',
      lead: (app) => `Der Benutzername Ihres Kontos bei ${app} wurde geändert. Der bisherige führt nicht mehr zu ihm.`,
    },
  },
  es: {
    passkey: {
      subject: (app) => `Se ha quitado una llave de acceso de tu cuenta de ${app}`,
      title: 'Se ha quitado una llave de acceso',
      lead: (app) => `Se ha quitado una llave de acceso de tu cuenta de ${app}. Ya no sirve para iniciar sesión.`,
    },
    totp: {
      subject: (app) => `Se ha quitado una app de autenticación de tu cuenta de ${app}`,
      title: 'Se ha quitado una app de autenticación',
      lead: (app) => `Se ha quitado una app de autenticación de tu cuenta de ${app}. Sus códigos ya no valen.`,
    },
    identity: (provider) => ({
      subject: (app) => `Ya no puedes iniciar sesión en ${app} con ${provider}`,
      title: `${provider} se ha desvinculado`,
      lead: (app) => `Tu cuenta de ${app} ya no está vinculada a una cuenta de ${provider}. Ya no puedes iniciar sesión con ella.`,
    }),
    recoveryCodes: {
      subject: (app) => `Tu cuenta de ${app} tiene nuevos códigos de recuperación`,
      title: 'Tienes nuevos códigos de recuperación',
      lead: (app) => `Se han creado nuevos códigos de recuperación para tu cuenta de ${app}. Los anteriores ya no valen.`,
    },
    username: {
      subject: (app) => `Se ha cambiado el nombre de usuario de tu cuenta de ${app}`,
      title: 'Tienes un nuevo nombre de usuario',
      lead: (app) => `Se ha cambiado el nombre de usuario de tu cuenta de ${app}. El anterior ya no lleva a ella.`,
    },
  },
  fr: {
    passkey: {
      subject: (app) => `Une clé d’accès a été retirée de votre compte ${app}`,
      title: 'Une clé d’accès a été retirée',
      lead: (app) => `Une clé d’accès a été retirée de votre compte ${app}. Elle ne permet plus de vous connecter.`,
    },
    totp: {
      subject: (app) => `Une application d’authentification a été retirée de votre compte ${app}`,
      title: 'Une application d’authentification a été retirée',
      lead: (app) => `Une application d’authentification a été retirée de votre compte ${app}. Ses codes ne comptent plus.`,
    },
    identity: (provider) => ({
      subject: (app) => `${provider} ne vous connecte plus à ${app}`,
      title: `${provider} a été dissocié`,
      lead: (app) => `Votre compte ${app} n’est plus lié à un compte ${provider}. Vous ne pouvez plus vous connecter avec lui.`,
    }),
    recoveryCodes: {
      subject: (app) => `Votre compte ${app} a de nouveaux codes de secours`,
      title: 'Vous avez de nouveaux codes de secours',
      lead: (app) => `De nouveaux codes de secours ont été créés pour votre compte ${app}. Les anciens ne comptent plus.`,
    },
    username: {
      subject: (app) => `Le nom d’utilisateur de votre compte ${app} a été changé`,
      title: 'Vous avez un nouveau nom d’utilisateur',
      lead: (app) => `Le nom d’utilisateur de votre compte ${app} a été changé. L’ancien n’y mène plus.`,
    },
  },
  ja: {
    passkey: {
      subject: (app) => `${app} アカウントからパスキーが削除されました`,
      title: 'パスキーが削除されました',
      lead: (app) => `${app} アカウントからパスキーが 1 つ削除されました。今後はサインインに使えません。`,
    },
    totp: {
      subject: (app) => `${app} アカウントから認証アプリが削除されました`,
      title: '認証アプリが削除されました',
      lead: (app) => `${app} アカウントから認証アプリが 1 つ削除されました。そのコードは使えなくなりました。`,
    },
    identity: (provider) => ({
      subject: (app) => `${provider} では ${app} にサインインできなくなりました`,
      title: `${provider} との連携が解除されました`,
      lead: (app) => `${app} アカウントと ${provider} アカウントの連携が解除されました。今後はサインインに使えません。`,
    }),
    recoveryCodes: {
      subject: (app) => `${app} アカウントのリカバリーコードが新しくなりました`,
      title: 'リカバリーコードが新しくなりました',
      lead: (app) => `${app} アカウントに新しいリカバリーコードが作成されました。以前のコードは使えません。`,
    },
    username: {
      subject: (app) => `${app} アカウントのユーザー名が変更されました`,
      title: 'ユーザー名が変更されました',
      lead: (app) => `${app} アカウントのユーザー名が変更されました。以前のユーザー名は使えません。`,
    },
  },
  ar: {
    passkey: {
      subject: (app) => `أُزيل مفتاح مرور من حسابك في ${app}`,
      title: 'أُزيل مفتاح مرور',
      lead: (app) => `أُزيل مفتاح مرور من حسابك في ${app}. لم يعد صالحًا لتسجيل الدخول.`,
    },
    totp: {
      subject: (app) => `أُزيل تطبيق مصادقة من حسابك في ${app}`,
      title: 'أُزيل تطبيق مصادقة',
      lead: (app) => `أُزيل تطبيق مصادقة من حسابك في ${app}. لم تعد رموزه صالحة.`,
    },
    identity: (provider) => ({
      subject: (app) => `لم يعد بإمكانك تسجيل الدخول إلى ${app} عبر ${provider}`,
      title: `أُلغي الربط مع ${provider}`,
      lead: (app) => `لم يعد حسابك في ${app} مرتبطًا بحساب لدى ${provider}. لم يعد بإمكانك تسجيل الدخول به.`,
    }),
    recoveryCodes: {
      subject: (app) => `لحسابك في ${app} رموز استرداد جديدة`,
      title: 'لديك رموز استرداد جديدة',
      lead: (app) => `أُنشئت رموز استرداد جديدة لحسابك في ${app}. لم تعد الرموز القديمة صالحة.`,
    },
    username: {
      subject: (app) => `تم تغيير اسم المستخدم لحسابك في ${app}`,
      title: 'لديك اسم مستخدم جديد',
      lead: (app) => `تم تغيير اسم المستخدم لحسابك في ${app}. لم يعد الاسم السابق يؤدي إليه.`,
    },
  },
};

/** The texts in the language of a mail. */
export function removedTexts(language: string): RemovedTexts {
  return locales[language] ?? en;
}
