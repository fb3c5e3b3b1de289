import type { BackendDoneView, BackendTokens } from '@portico/contract';
import type { Ran } from '../flows/run-action.ts';
import type { Client } from '../model/app.ts';
import type { Granted } from '../model/grant.ts';
import { issueTokens } from '../tokens/issue-tokens.ts';
import type { HttpDeps } from './http-deps.ts';
import { tokenAnswer } from './token-answer.ts';

/** What a backend gets of the action that ended its flow, and never again: tokens, and the secret of its session. */
export async function handOut({ answer, opened, client }: Pick<Ran, 'answer' | 'opened' | 'client'>, deps: HttpDeps): Promise<Partial<BackendDoneView>> {
  if (answer === undefined || 'redirectTo' in answer) return {};
  if ('refusedWith' in answer) return { error: answer.refusedWith };
  const tokens = await signGranted(answer.granted, client, deps);
  return { tokens, ...(opened === undefined ? {} : { session_id: opened.secret }) };
}

/** The tokens of a grant that was just made, as they travel. */
export async function signGranted({ grant, user, refreshToken }: Granted, client: Client, deps: HttpDeps): Promise<BackendTokens> {
  const { scopes, resources, nonce } = grant;
  return tokenAnswer(await issueTokens({ grant, user, client, scopes, resources, refreshToken, nonce }, deps));
}
