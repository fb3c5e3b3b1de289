import type { Flow } from '../model/flow.ts';
import { asSignIn } from './turn-flow.ts';

/** Asks for the password. Whoever remembers theirs after all recovers nothing. */
export function askForPassword(flow: Flow): Flow {
  const { blocked: _blocked, ...rest } = asSignIn(flow);
  return { ...rest, step: 'enter-password' };
}
