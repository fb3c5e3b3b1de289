import { OAuthError } from '../model/oauth-error.ts';
import { readParameter, type Parameters, type Part } from './parameters.ts';

/** RFC 6749, appendix A.5: one or more printable ASCII characters. */
const printable = /^[\x20-\x7e]+$/u;
const longestState = 2_048;
const longestNonce = 1_024;

/** `state` and `nonce` come back unchanged, so they may be long, but not without an end. */
export function checkStateAndNonce(parameters: Parameters): Part<'state' | 'nonce'> {
  const state = readParameter(parameters, 'state');
  const nonce = readParameter(parameters, 'nonce');
  if (state !== undefined && !mayTravel(state, longestState)) {
    throw new OAuthError('invalid_request', `state must be at most ${longestState} printable ASCII characters`);
  }
  if (nonce !== undefined && !mayTravel(nonce, longestNonce)) {
    throw new OAuthError('invalid_request', `nonce must be at most ${longestNonce} printable ASCII characters`);
  }
  return { ...(state === undefined ? {} : { state }), ...(nonce === undefined ? {} : { nonce }) };
}

/** The `state` of a request that was refused, where it can be sent back at all (RFC 6749, section 4.1.2.1). */
export function stateToReturn(parameters: Parameters): string | undefined {
  const state = parameters['state'];
  return typeof state === 'string' && mayTravel(state, longestState) ? state : undefined;
}

function mayTravel(text: string, longest: number): boolean {
  return text.length <= longest && printable.test(text);
}
