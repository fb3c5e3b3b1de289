import type { InFlow } from './flow-view.ts';
import type { MethodName } from './names.ts';
import type { QrCode } from './second-factor-view.ts';

/**
 * The person scans a code with another device and approves there, with a passkey and the two digits that are shown here.
 * `GET /flow/events` tells each new `state`:
 * - `pending`: nobody has scanned it yet.
 * - `scanned`: a device has, and no other may any more.
 * - `success`: approved (`is_approved`): run `approve` to go on.
 * - `error`: the digits or the passkey were wrong too often.
 * - `timeout`: nobody approved in time.
 * - `aborted`: declined there.
 *
 * After the last three, `choose-method {method: 'passkey', cross_device: true}` draws a new code. The flow itself is as good as before.
 */
export interface ApproveView extends InFlow {
  readonly step: 'approve';
  readonly state: 'pending' | 'scanned' | 'success' | 'error' | 'timeout' | 'aborted';
  /** While it is `pending`: the code, and the address in it, for who cannot scan. */
  readonly qr?: QrCode;
  readonly link?: string;
  /** While it is `pending` or `scanned`: two digits to type on the other device. */
  readonly match_number?: string;
  /** Worth nothing after this moment. RFC 3339, UTC. */
  readonly expires_at: string;
  /** Approved there, or by the link of a mail meanwhile: run `approve` to go on. */
  readonly is_approved?: true;
  readonly other_methods: readonly MethodName[];
}
