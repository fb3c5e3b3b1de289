import type { Flow } from '../model/flow.ts';

/** Asks for the password. Whoever remembers theirs after all wants no new one. */
export function askForPassword(flow: Flow): Flow {
  const { wantsNewPassword: _wish, blocked: _blocked, ...rest } = flow;
  return { ...rest, step: 'enter-password' };
}
