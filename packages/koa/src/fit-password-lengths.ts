import type { App } from './model/app.ts';

/** NIST SP 800-63B-4, section 3.1.1.2: for a password that never stands alone. */
const shortest = 8;

/** No remembered device spares anybody the second factor. */
function isNeverAlone({ preferences: { mfa } }: App): boolean {
  return mfa.policy === 'required' && mfa.rememberDevice === false;
}

/**
 * The least length where nobody has said one: a user has one password for all apps, so that it may be short only where it
 * stands alone in none of them.
 */
export function fitPasswordLengths<Record extends { readonly app: App }>(records: readonly Record[], isSaid: (app: App) => boolean): readonly Record[] {
  if (!records.filter(({ app }) => app.preferences.methods.password.isOn).every(({ app }) => isNeverAlone(app))) return records;
  return records.map((record) => (isSaid(record.app) ? record : { ...record, app: withLength(record.app) }));
}

function withLength(app: App): App {
  const { preferences } = app;
  const password = { ...preferences.methods.password, minLength: shortest };
  return { ...app, preferences: { ...preferences, methods: { ...preferences.methods, password } } };
}
