import { AuthError } from '../src/model/auth-error.ts';
import { OAuthError, type OAuthErrorCode } from '../src/model/oauth-error.ts';

/** For `assert.rejects` and `assert.throws`: this OAuth error and no other. */
export function oauthRefusal(error: OAuthErrorCode): (fault: unknown) => boolean {
  return (fault) => {
    if (fault instanceof OAuthError && fault.error === error && isPrintable(fault.description)) return true;
    throw new Error(`expected ${error}`, { cause: fault });
  };
}

/** For `assert.rejects` and `assert.throws`: this error of ours and no other. */
export function authRefusal(code: AuthError['code']): (fault: unknown) => boolean {
  return (fault) => {
    if (fault instanceof AuthError && fault.code === code) return true;
    throw new Error(`expected ${code}`, { cause: fault });
  };
}

/** RFC 6749, appendix A.8: what a description may be made of. */
function isPrintable(description: string): boolean {
  return /^[\x20-\x21\x23-\x5b\x5d-\x7e]+$/u.test(description);
}
