import { pause } from './clock.ts';

/** What this browser can do with passkeys. `web-view`: inside another app, where the question would only fail. */
export interface PasskeySupport {
  readonly state: 'ready' | 'none' | 'web-view';
  readonly mayAutofill: boolean;
  readonly mayUpgrade: boolean;
  /** It asks the relying party's file of related origins where the page is of another host. */
  readonly mayRelate: boolean;
  /** The device itself can keep a passkey (fingerprint, face, screen lock). */
  readonly hasPlatform: boolean;
}

const nothing = { mayAutofill: false, mayUpgrade: false, mayRelate: false, hasPlatform: false };

/** What is known without asking anybody: enough to draw the button. */
export function passkeyState(): PasskeySupport['state'] {
  if (isWebView(navigator.userAgent)) return 'web-view';
  return typeof PublicKeyCredential === 'function' && isSecureContext ? 'ready' : 'none';
}

/** Asks the browser once; a probe that hangs counts as "no" (a short race, since it only enriches the screen). */
export async function probePasskeySupport(): Promise<PasskeySupport> {
  const state = passkeyState();
  if (state !== 'ready') return { state, ...nothing };
  const [mayAutofill, hasPlatform, capabilities] = await Promise.all([
    within(() => PublicKeyCredential.isConditionalMediationAvailable(), false),
    within(() => PublicKeyCredential.isUserVerifyingPlatformAuthenticatorAvailable(), false),
    within<Partial<Record<string, boolean>>>(() => PublicKeyCredential.getClientCapabilities(), {}),
  ]);
  const has = (capability: string): boolean => capabilities[capability] === true;
  return { state, mayAutofill, hasPlatform, mayUpgrade: has('conditionalCreate'), mayRelate: has('relatedOrigins') };
}

/** Web views of other apps: they have WebAuthn in name only, or not at all. */
export function isWebView(userAgent: string): boolean {
  if (/; wv\)|FBAN|FBAV|Instagram|\bLine\/|MicroMessenger|Snapchat|TikTok|musical_ly/.test(userAgent)) return true;
  return /iPhone|iPad|iPod/.test(userAgent) && !/Safari\//.test(userAgent);
}

/** Whether the page may ask for passkeys of this relying party without a related-origins file. */
export function belongsTo(hostname: string, rpId: string | undefined): boolean {
  return rpId === undefined || hostname === rpId || hostname.endsWith(`.${rpId}`);
}

async function within<T>(probe: () => Promise<T>, otherwise: T): Promise<T> {
  try {
    // The probe may be missing as a whole: the call itself is part of what is tried.
    return await Promise.race([probe(), pause(500).then(() => otherwise)]);
  } catch {
    return otherwise;
  }
}
