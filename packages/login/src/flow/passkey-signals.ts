import type { PasskeySignal } from '@portico/contract';

/** Tells the browser that the server does not know a passkey, so that it is not offered again. */
export function signalUnknown(rpId: string, credentialId: string): void {
  signal('signalUnknownCredential', { rpId, credentialId });
}

/** Tells the browser which passkeys are good and what their owner is called now. */
export function signalAccepted(of: PasskeySignal): void {
  const whose = { rpId: of.rp_id, userId: of.user_id };
  signal('signalAllAcceptedCredentials', { ...whose, allAcceptedCredentialIds: of.accepted_credential_ids });
  signal('signalCurrentUserDetails', { ...whose, name: of.name, displayName: of.display_name });
}

/** Signals are a kindness to the browser: missing or refused, they change nothing for the person. */
function signal(name: string, options: object): void {
  if (typeof PublicKeyCredential !== 'function') return;
  const send: unknown = Reflect.get(PublicKeyCredential, name);
  if (typeof send !== 'function') return;
  void Promise.resolve()
    .then((): unknown => Reflect.apply(send, PublicKeyCredential, [options]))
    .catch(() => undefined);
}
