import type { PasskeyId, UserId } from '../../model/ids.ts';
import type { Passkey } from '../../model/passkey.ts';

/** ES256, as most are. Whoever made it kept no private key. */
const decoyKey = 'pQECAyYgASFYIIE7SPg9reeiCHOIaqxav6ieBKk9uSuiWrq6z10GwoT-Ilggbhl1O677dNGcQJRlArLbQYhlbFRrIf9uj_F5o1GoE1w';

/**
 * What stands in for a credential that we made up: its signature is checked like any other, so that the time of an
 * answer does not tell made-up ids from real ones. Nobody owns it.
 */
export function decoyPasskey(id: PasskeyId, rpId: string): Passkey {
  return {
    id,
    userId: '' as UserId,
    rpId,
    publicKey: decoyKey,
    algorithm: -7,
    counter: 0,
    transports: [],
    isBackupEligible: true,
    isBackedUp: true,
    isUserVerified: true,
    aaguid: '00000000-0000-0000-0000-000000000000',
    attestationFormat: 'none',
    nickname: '',
    createdAt: new Date(0),
  };
}
