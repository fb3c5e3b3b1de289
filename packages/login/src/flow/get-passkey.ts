import type { RequestOptionsJson } from '@portico/contract';
import { base64URLStringToBuffer, bufferToBase64URLString } from '@simplewebauthn/browser';

interface Asking {
  readonly signal: AbortSignal;
  readonly mediation?: 'conditional';
}

/**
 * Asks the browser for a passkey and gives its `AuthenticationResponseJSON` (WebAuthn Level 3, section 5.1.8.2).
 * Written here, not taken whole from the library: it is on the first screen's budget, and the lock holds the abort signal.
 */
export async function getPasskey(options: RequestOptionsJson, { signal, mediation }: Asking): Promise<{ readonly id: string }> {
  const { challenge, allowCredentials = [], ...rest } = options;
  const publicKey: PublicKeyCredentialRequestOptions = { ...rest, challenge: base64URLStringToBuffer(challenge), allowCredentials: allowCredentials.map(descriptorOf) };
  const credential = await navigator.credentials.get({ publicKey, signal, ...(mediation === undefined ? {} : { mediation }) });
  if (!(credential instanceof PublicKeyCredential)) throw new DOMException('No credential', 'NotAllowedError');
  return toJson(credential);
}

type Descriptor = NonNullable<RequestOptionsJson['allowCredentials']>[number];

const descriptorOf = ({ id, type, transports }: Descriptor): PublicKeyCredentialDescriptor => ({
  id: base64URLStringToBuffer(id),
  type,
  ...(transports === undefined ? {} : { transports: transports as AuthenticatorTransport[] }),
});

function toJson(credential: PublicKeyCredential): { readonly id: string } {
  const { response, id, rawId, type, authenticatorAttachment } = credential;
  if (!(response instanceof AuthenticatorAssertionResponse)) throw new DOMException('No assertion', 'NotAllowedError');
  const { userHandle, authenticatorData, clientDataJSON, signature } = response;
  const answer = {
    id,
    rawId: bufferToBase64URLString(rawId),
    type,
    response: {
      authenticatorData: bufferToBase64URLString(authenticatorData),
      clientDataJSON: bufferToBase64URLString(clientDataJSON),
      signature: bufferToBase64URLString(signature),
      ...(userHandle === null ? {} : { userHandle: bufferToBase64URLString(userHandle) }),
    },
    ...(authenticatorAttachment === null ? {} : { authenticatorAttachment }),
    clientExtensionResults: credential.getClientExtensionResults(),
  };
  return answer;
}
