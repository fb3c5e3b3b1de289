import type { Flow } from '../model/flow.ts';

/** The flow as if nothing had been sent: its codes, its link, and what was said of when the next may go. */
export function withoutSent(flow: Flow): Flow {
  const { 'email-code': _code, 'magic-link': _link, 'sms-code': _digits, ...challenges } = flow.challenges;
  const { mail: _mail, blocked: _blocked, matchNumber: _number, isBySms: _sms, ...rest } = flow;
  return { ...rest, challenges };
}

/** The flow as if nothing had been typed that finds anybody. */
export function withoutIdentifier(flow: Flow): Flow {
  const { email: _email, phone: _phone, username: _username, namedId: _id, ...rest } = flow;
  return rest;
}

/** The steps that only a proved user sees. */
export function isPastProof({ step, wantsSecondFactor }: Flow): boolean {
  return wantsSecondFactor === true || step === 'set-password' || step === 'enroll-passkey' || step === 'show-recovery-codes' || step === 'complete-profile' || step === 'consent';
}

/**
 * The flow as if nothing had been proved: a session, a consent, offers and wishes are of whoever was proved, and go with
 * the proofs. The steps that only a proved user sees have no way on from here.
 */
export function withoutProofs(flow: Flow): Flow {
  const { userId: _user, sessionId: _session, continues: _continued, consent: _consent, hasSettledPassword: _settled, passwordChange: _change, hasSettledProfile: _said, hasRecovered: _recovered, upstream: _upstream, leaving: _leaving, ...rest } = withoutSecondFactor(flow);
  const { enroll: _offer, ...challenges } = flow.challenges;
  return { ...rest, challenges, proofs: [], isNewUser: false, ...(isPastProof(flow) ? { step: 'identify' } : {}) };
}

function withoutSecondFactor(flow: Flow): Flow {
  const { wantsSecondFactor: _asked, secondCode: _second, newContact: _contact, totpOffer: _totp, recoveryCodes: _codes, hasSettledLoss: _loss, wantsRememberedDevice: _device, ...rest } = flow;
  return rest;
}

/** The flow as if nobody had come back from a provider with an account that is nobody's. */
export function withoutLinking(flow: Flow): Flow {
  const { linking: _linking, ...rest } = flow;
  return rest;
}
