import type { Context } from 'koa';
import { OAuthError } from '../../model/oauth-error.ts';
import { readForm, single } from './read-body.ts';

/**
 * The access token of a request: in the header, or in the form of a POST (RFC 6750, sections 2.1 and 2.2). Never in a
 * URL, which is logged. Both at once is refused.
 */
export async function readAccessToken(ctx: Context): Promise<string | undefined> {
  const inHeader = /^Bearer +([\w\-.~+/]+=*)$/i.exec(ctx.get('Authorization'))?.[1];
  const hasForm = ctx.method === 'POST' && typeof ctx.is('application/x-www-form-urlencoded') === 'string';
  const inForm = hasForm ? single(await readForm(ctx), 'access_token') : undefined;
  if (inHeader !== undefined && inForm !== undefined) throw new OAuthError('invalid_request', 'the access token was sent twice');
  return inHeader ?? inForm;
}
