/** WebOTP (WICG) is in no DOM library yet. */
interface SmsRequest extends CredentialRequestOptions {
  readonly otp: { readonly transport: readonly ['sms'] };
}

/** A browser takes one such request in a document, so there is one. */
let listening: AbortController | undefined;

/**
 * While the field is on screen, has the browser offer the code of an SMS that is bound to this page, and fills it in.
 * Where browsers know nothing of that, `one-time-code` does what the keyboard can. A ref: nothing is given when the
 * field goes, with its step or with the whole element, and nobody listens any more.
 */
export function listenForSms(field: Element | undefined): void {
  listening?.abort();
  listening = undefined;
  if (!(field instanceof HTMLInputElement) || !('OTPCredential' in window)) return;
  listening = new AbortController();
  void fillIn(field, listening.signal);
}

/** One after the other, for a new code may be asked for. Who says no to the browser types, and is not asked again. */
async function fillIn(field: HTMLInputElement, signal: AbortSignal): Promise<void> {
  for (let code = await nextCode(signal); code !== undefined; code = await nextCode(signal)) {
    field.value = code;
    field.dispatchEvent(new Event('input', { bubbles: true }));
  }
}

async function nextCode(signal: AbortSignal): Promise<string | undefined> {
  const request: SmsRequest = { otp: { transport: ['sms'] }, signal };
  try {
    const credential: unknown = await navigator.credentials.get(request);
    if (signal.aborted || typeof credential !== 'object' || credential === null || !('code' in credential)) return undefined;
    return typeof credential.code === 'string' ? credential.code : undefined;
  } catch {
    return undefined;
  }
}
