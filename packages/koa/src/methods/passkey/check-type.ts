import type { ClientStatement } from './parse-client-statement.ts';
import { PasskeyRefusal } from './refusal.ts';

/** An assertion is no registration, nor the other way round (WebAuthn Level 3, section 7.1, step 7; section 7.2, step 10). */
export function checkType({ type }: ClientStatement, expected: 'webauthn.get' | 'webauthn.create'): void {
  if (type !== expected) throw new PasskeyRefusal('type_wrong');
}
