import { z } from 'zod';
import { PasskeyRefusal } from './refusal.ts';

// 64 KiB is more than any attestation; the body itself is limited before it comes here.
const bytes = z.string().min(1).max(65_536).regex(/^[A-Za-z0-9_-]+$/);
// A credential id has at most 1023 bytes (WebAuthn Level 3, section 4, "Credential ID").
const credentialId = z.string().min(1).max(1_364).regex(/^[A-Za-z0-9_-]+$/);

// Browsers add members from one version to the next: what we do not know is dropped, not refused.
const credential = { id: credentialId, rawId: credentialId, type: z.literal('public-key') };

const assertion = z.object({
  ...credential,
  // A hint of where the authenticator is; another word than the two that we know is no reason to refuse.
  authenticatorAttachment: z.unknown(),
  response: z.object({
    clientDataJSON: bytes,
    authenticatorData: bytes,
    signature: bytes,
    // Absent, null or empty, as the browser and its polyfills like it.
    userHandle: z.string().max(128).regex(/^[A-Za-z0-9_=-]*$/).nullish(),
  }),
});

const registration = z.object({
  ...credential,
  response: z.object({
    clientDataJSON: bytes,
    attestationObject: bytes,
    // Names that we do not know are kept (section 5.8.4), so that they can be given back to the browser.
    transports: z.array(z.string().regex(/^[a-z0-9-]{1,32}$/)).max(16).nullish(),
  }),
});

/** What an authenticator says when it signs in: `AuthenticationResponseJSON`, as far as we use it. */
export type Assertion = z.output<typeof assertion>;

/** What an authenticator says when it makes a credential: `RegistrationResponseJSON`, as far as we use it. */
export type Registration = z.output<typeof registration>;

function parseWith<Schema extends z.ZodType>(schema: Schema, input: unknown): z.output<Schema> {
  const parsed = schema.safeParse(input);
  if (!parsed.success) throw new PasskeyRefusal('malformed');
  return parsed.data;
}

/** @throws {PasskeyRefusal} `malformed`. */
export function parseAssertion(input: unknown): Assertion {
  return parseWith(assertion, input);
}

/** @throws {PasskeyRefusal} `malformed`. */
export function parseRegistration(input: unknown): Registration {
  return parseWith(registration, input);
}
