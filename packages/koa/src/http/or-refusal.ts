import { OAuthError } from '../model/oauth-error.ts';

/** What comes of `work`, or the refusal that belongs to the client. Everything else is thrown on. */
export async function orRefusal<Result>(work: Promise<Result>): Promise<Result | OAuthError> {
  try {
    return await work;
  } catch (thrown) {
    if (thrown instanceof OAuthError) return thrown;
    throw thrown;
  }
}
