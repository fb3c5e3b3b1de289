/** What a challenge asks for. A text each, as it was sent. */
export interface StepUpChallenge {
  readonly acrValues?: string;
  /** Seconds. */
  readonly maxAge?: string;
}

/** One parameter of a challenge, its value quoted or not (RFC 9110, section 11.2). */
const parameter = /(?:^|[\s,])([\w-]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s,"]+))/g;

/** Reads an API's `WWW-Authenticate`: what it asks for, if it asks for a stronger or younger sign-in (RFC 9470, section 3). */
export function readStepUpChallenge(challenge: string): StepUpChallenge | undefined {
  const found = new Map([...bearerOf(challenge).matchAll(parameter)].map(([, name = '', quoted, bare]) => [name.toLowerCase(), quoted?.replace(/\\(.)/g, '$1') ?? bare ?? '']));
  if (found.get('error') !== 'insufficient_user_authentication') return undefined;
  const [acrValues, maxAge] = [found.get('acr_values') ?? '', found.get('max_age') ?? ''];
  return { ...(acrValues === '' ? {} : { acrValues }), ...(maxAge === '' ? {} : { maxAge }) };
}

/** Behind other schemes' challenges in one header, the one that is ours. */
function bearerOf(challenge: string): string {
  const found = /(?:^|,)\s*Bearer\s+(.*)$/is.exec(challenge);
  return found?.[1] ?? '';
}
