import type { LoginPreferencesView, MethodName, ProviderView } from '@portico/contract';
import type { App, Client } from '../model/app.ts';
import type { LoginPreferences } from '../model/login-preferences.ts';
import { passwordRulesView } from './password-rules-view.ts';
import { pickLanguage } from './pick-language.ts';

/** The methods by which a sign-in may begin. The others only come second. */
type FirstMethodName = Exclude<MethodName, 'totp' | 'recovery-code'>;

/** The first methods that are on, in the order in which they are offered everywhere. */
export function methodsOf({ methods }: LoginPreferences): readonly FirstMethodName[] {
  const order: readonly FirstMethodName[] = ['passkey', 'password', 'email-code', 'magic-link', 'sms-code', 'social', 'access-code'];
  return order.filter((name) => methods[name].isOn);
}

function methodView(name: FirstMethodName, { methods }: LoginPreferences, providers: readonly ProviderView[]): LoginPreferencesView['methods'][number] {
  switch (name) {
    case 'email-code':
    case 'sms-code':
    case 'access-code':
      return { name, code_length: methods[name].codeLength };
    case 'magic-link':
      return { name };
    case 'passkey':
      return { name, rp_id: methods[name].rpId, ...(methods[name].allowsCrossDevice ? { cross_device: true } : {}) };
    case 'password':
      return { name, rules: passwordRulesView(methods[name]) };
    case 'social':
      return { name, providers };
    default:
      return name satisfies never;
  }
}

/** What a view of the preferences is made for, beside them: who looks, and what the host calls the providers that are on. */
interface Looking {
  readonly client: Client;
  readonly uiLocales: readonly string[];
  readonly providers: readonly ProviderView[];
}

/** What the widget may see of an app's login preferences. */
export function preferencesView(app: App, { client, uiLocales, providers }: Looking): LoginPreferencesView {
  const { branding, languages, methods, mfa, profile, username } = app.preferences;
  return {
    client_id: client.id,
    methods: methodsOf(app.preferences).map((name) => methodView(name, app.preferences, providers)),
    branding: {
      app_name: app.name,
      ...(branding.logoUrl === undefined ? {} : { logo_url: branding.logoUrl }),
      ...(branding.accentColor === undefined ? {} : { accent_color: branding.accentColor }),
    },
    mfa: { policy: mfa.policy, methods: mfa.policy === 'off' ? [] : mfa.methods.filter((name) => methods[name].isOn) },
    sign_up: {
      is_open: app.allowsPublicSignup,
      with_passkey_alone: app.allowsPublicSignup && methods.passkey.isOn && methods.passkey.allowsSignUpAlone,
      fields: profile.fields.map(({ name, isRequired }) => ({ name, is_required: isRequired })),
    },
    ...(username.isOn ? { usernames: true } : {}),
    languages,
    language: pickLanguage(languages, uiLocales),
  };
}
