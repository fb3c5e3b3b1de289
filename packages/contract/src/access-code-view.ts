import type { InFlow } from './flow-view.ts';
import type { MethodName } from './names.ts';

/**
 * The person types a code that the app's support gave them. The same for everybody: nothing says whether there is one.
 * `submit-answer {answer}` answers with the next step, or with a problem that carries this step again: `code_wrong` (422), or
 * `too_many_attempts` (429), with which the step is `blocked`.
 */
export interface EnterAccessCodeView extends InFlow {
  readonly step: 'enter-access-code';
  /** Digits. */
  readonly code_length: number;
  /** The mail's link was opened and approved meanwhile: run `approve` to go on. */
  readonly is_approved?: true;
  readonly other_methods: readonly MethodName[];
}
