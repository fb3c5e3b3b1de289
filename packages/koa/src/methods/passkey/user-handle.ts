import type { UserId } from '../../model/ids.ts';

/**
 * The bytes by which an authenticator knows a user: those of the user's id, which is random and says nothing of the
 * person (WebAuthn Level 3, section 14.6.1).
 *
 * @throws {RangeError} if the id is not base64url of 1 to 64 bytes: it would come back as another one.
 */
export function userHandleOf(userId: UserId): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(Buffer.from(userId, 'base64url'));
  const isExact = Buffer.from(bytes).toString('base64url') === userId;
  if (!isExact || bytes.length === 0 || bytes.length > 64) throw new RangeError('a user id is base64url of 1 to 64 bytes');
  return bytes;
}

/** The user whom a handle names. `handle` is base64url as it came from a browser, which may have padded it. */
export function userIdOfHandle(handle: string): UserId {
  return Buffer.from(handle, 'base64url').toString('base64url') as UserId;
}
