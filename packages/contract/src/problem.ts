import type { ErrorCode } from './error-code.ts';
import type { FlowView } from './flow-view.ts';
import type { PuzzleView } from './puzzle-view.ts';

/** One field that was refused. `path` is dotted, as it was sent. */
export interface FieldFault {
  readonly path: string;
  readonly code: ErrorCode;
}

/** An error body, `application/problem+json` (RFC 9457). */
export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly code: ErrorCode;
  /** Appears in the server's log too. */
  readonly request_id: string;
  readonly errors?: readonly FieldFault[];
  readonly retry_after_seconds?: number;
  /** The view to go on with: nothing that was half done is lost. */
  readonly flow?: FlowView;
  /** Only of `puzzle_required`: solve it and send the same action again. */
  readonly puzzle?: PuzzleView;
}
