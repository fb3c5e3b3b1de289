import { decodeClientDataJSON } from '@simplewebauthn/server/helpers';
import { z } from 'zod';
import { PasskeyRefusal } from './refusal.ts';

const statement = z.object({
  type: z.string(),
  challenge: z.string(),
  origin: z.string(),
  crossOrigin: z.boolean().optional(),
  topOrigin: z.string().optional(),
});

/** What the browser states of the ceremony and the authenticator signs (WebAuthn Level 3, section 5.8.1). */
export type ClientStatement = z.output<typeof statement>;

/**
 * Reads `clientDataJSON` with the decoder of the library that checks the signature: two readers of one text could
 * understand two things.
 *
 * @throws {PasskeyRefusal} `malformed`.
 */
export function parseClientStatement(clientDataJson: string): ClientStatement {
  try {
    return statement.parse(decodeClientDataJSON(clientDataJson));
  } catch (cause) {
    // The cause would repeat what was sent.
    throw new PasskeyRefusal('malformed', { cause: new Error(cause instanceof Error ? cause.name : 'unreadable') });
  }
}
