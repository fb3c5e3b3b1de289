import { accessCodeIssuedMail } from '../../delivery/templates/access-code-issued.mail.ts';
import { AuthError } from '../../model/auth-error.ts';
import type { AppId, UserId } from '../../model/ids.ts';
import { languageOf } from '../../preferences/pick-language.ts';
import { tellOwner, type TellDeps } from '../tell-owner.ts';
import type { AccessCodeDeps } from './access-code-deps.ts';
import { accessCodeDigest } from './access-code-digest.ts';

/** Whom a code is for, where it is good, and who answers for it. */
export interface IssueAccessCodeOptions {
  /** The `sub` of their tokens. */
  readonly userId: string;
  readonly appId: string;
  /** Who issues it: a person's name or id at your support. In the audit trail, and not told to the user. 1 to 200 characters. */
  readonly issuer: string;
  /** At least 60, and no more than the app's `longestLifetimeSeconds`. @default the app's `lifetimeSeconds` */
  readonly lifetimeSeconds?: number;
}

/** To be told to the user, by whatever means they were known by. It is shown this once. */
export interface IssuedAccessCode {
  readonly code: string;
  readonly expiresAt: Date;
}

/** @throws {AuthError} `method_disabled`, `not_found` for a user or an app that there is not, `field_invalid` with its path. */
export async function issueAccessCode(options: IssueAccessCodeOptions, deps: AccessCodeDeps & TellDeps): Promise<IssuedAccessCode> {
  const { store, vault, random, clock } = deps;
  const [app, user] = await Promise.all([store.apps.find(options.appId as AppId), store.users.find(options.userId as UserId)]);
  if (app === undefined || user?.status !== 'active') throw new AuthError('not_found');
  const { isOn, codeLength, lifetimeSeconds, longestLifetimeSeconds } = app.preferences.methods['access-code'];
  if (!isOn) throw new AuthError('method_disabled');
  const issuer = options.issuer.trim();
  if (!/^\P{C}{1,200}$/u.test(issuer)) throw invalid('issuer');
  const seconds = options.lifetimeSeconds ?? Math.min(lifetimeSeconds, longestLifetimeSeconds);
  if (!Number.isInteger(seconds) || seconds < 60 || seconds > longestLifetimeSeconds) throw invalid('lifetimeSeconds');
  const createdAt = clock.now();
  const expiresAt = new Date(createdAt.getTime() + seconds * 1_000);
  const code = random.digits(codeLength);
  const owner = { userId: user.id, appId: app.id };
  const language = languageOf(user, app);
  await store.transaction(async (inside) => {
    await inside.accessCodes.put({ ...owner, codeDigest: accessCodeDigest(code, owner, vault), issuer, createdAt, expiresAt });
    await inside.audit.insert({ kind: 'access_code_issued', at: createdAt, ...owner, detail: { issuer, lifetime_seconds: seconds } });
    // No code without a word to its owner: it may have been somebody else who called support.
    await tellOwner((input) => accessCodeIssuedMail({ ...input, expiresAt }), user, { app, flow: { language, origin: { browser: '', address: '' } }, ...deps, store: inside });
  });
  deps.outbox.nudge();
  return { code, expiresAt };
}

function invalid(path: string): AuthError {
  return new AuthError('field_invalid', { fields: [{ path, code: 'field_invalid' }] });
}
