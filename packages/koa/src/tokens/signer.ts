import { sign, type KeyObject } from 'node:crypto';
import { promisify } from 'node:util';
import type { SigningKey } from '../model/signing-key.ts';
import { sideBySide } from './side-by-side.ts';

/** The signature of these bytes, as a JWT has it (RFC 7518, sections 3.3 and 3.4). */
export type Signer = (bytes: Buffer, algorithm: SigningKey['algorithm'], key: KeyObject) => Promise<Buffer>;

const signInBackground = promisify(sign);

/** Of one exchange: the access token, and the ID token that has a hash of it. */
const mostAtOnce = 2;

/**
 * Decides where a signature is made. One of ES256 takes a third of the time that it would take to wait for another
 * thread, so whoever comes alone gets theirs at once. Where several come in one turn of the event loop, other threads sign
 * for all but the first, and for whoever comes meanwhile; this one goes on, and waits for the disk. RS256 takes ten times
 * as long, and never holds up anybody.
 */
export function createSigner(): Signer {
  let inThisTurn = 0;
  let inBackground = 0;
  const isBusy = (): boolean => {
    if (inThisTurn === 0) setImmediate(() => { inThisTurn = 0; });
    inThisTurn += 1;
    return inThisTurn > mostAtOnce || inBackground > 0;
  };
  const handOver = (bytes: Buffer, key: KeyObject): Promise<Buffer> => {
    inBackground += 1;
    return signInBackground('sha256', bytes, key).finally(() => { inBackground -= 1; });
  };
  return async (bytes, algorithm, key) => {
    if (algorithm === 'RS256') return handOver(bytes, key);
    return sideBySide(isBusy() ? await handOver(bytes, key) : sign('sha256', bytes, key));
  };
}
