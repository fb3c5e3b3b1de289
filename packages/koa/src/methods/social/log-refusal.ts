import type { Log } from '../../ports/log.ts';
import type { ProviderRefusal, RefusalCode } from './refusal.ts';

/** What whoever runs the service can do about it. Nothing to say of who cancelled: they did as they liked. */
const advice: Readonly<Record<Exclude<RefusalCode, 'provider_cancelled'>, string>> = {
  provider_misconfigured: 'nobody can sign in by this provider: compare clientId, clientSecret, scope and the redirect URI with what is registered there',
  provider_failed: 'reason is the word of the provider for it: if it goes on, compare the redirect URI and the scope with what is registered there',
  provider_answer_invalid: 'reason says what was wrong with its answer: if it goes on, check the issuer and the clock of this machine',
  provider_unreachable: 'it did not answer in time, or with an error of its own: look at its status page, and at what this machine may reach',
};

/** For whoever reads the log: a person can only say that a button did not work. No word of the person's, and no secret. */
export function logRefusal(provider: string, { code, reason }: ProviderRefusal, log: Log): void {
  if (code !== 'provider_cancelled') log.warn('provider_refused', { provider, code, reason, advice: advice[code] });
}
