import type { Flow } from '../model/flow.ts';

/** The flow as if nothing had been sent: its codes, its link, and what was said of when the next may go. */
export function withoutSent(flow: Flow): Flow {
  const { 'email-code': _code, 'magic-link': _link, 'sms-code': _digits, ...challenges } = flow.challenges;
  const { mail: _mail, blocked: _blocked, matchNumber: _number, ...rest } = flow;
  return { ...rest, challenges };
}

/**
 * The flow as if nothing had been proved: a session, a consent, an offer and the wish for a password are of whoever was
 * proved, and go with the proofs. The steps that only a proved user sees have no way on from here.
 */
export function withoutProofs(flow: Flow): Flow {
  const { userId: _user, sessionId: _session, consent: _consent, wantsNewPassword: _wish, hasSettledPassword: _settled, upstream: _upstream, leaving: _leaving, ...rest } = flow;
  const { enroll: _offer, ...challenges } = flow.challenges;
  const isPastProof = flow.step === 'set-password' || flow.step === 'enroll-passkey' || flow.step === 'consent';
  return { ...rest, challenges, proofs: [], isNewUser: false, ...(isPastProof ? { step: 'identify' } : {}) };
}

/** The flow as if nobody had come back from a provider with an account that is nobody's. */
export function withoutLinking(flow: Flow): Flow {
  const { linking: _linking, ...rest } = flow;
  return rest;
}
