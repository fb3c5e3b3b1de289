/**
 * The step `complete-profile`.
 *
 * Owns: of whom something is asked, what is shown of them, who may go past it. Does not own: what a name may be
 * (users/parse-profile.ts), the writing (actions/submit-profile.ts).
 */
import type { CompleteProfileView } from '@portico/contract';
import type { App } from '../model/app.ts';
import type { Flow } from '../model/flow.ts';
import type { User } from '../model/user.ts';
import { valueOf } from '../users/parse-profile.ts';
import type { Outcome } from './action.ts';
import type { Scene } from './flow-deps.ts';
import { inFlow } from './in-flow.ts';

/**
 * Whoever is new is asked for whatever is not known of them, once; whoever is not, for what the app requires alone. Not
 * whoever is signed in already, and goes on or steps up: they are asked at their next sign-in.
 */
export function asksForProfile(flow: Flow, user: User, app: App): boolean {
  if (flow.hasSettledProfile === true || flow.sessionId !== undefined || flow.kind === 'step-up') return false;
  return lacking(user, app).some(({ isRequired }) => isRequired || flow.isNewUser) || (flow.isNewUser && hasLabelAlone(flow, app));
}

function lacking(user: User, { preferences: { profile } }: App): App['preferences']['profile']['fields'] {
  return profile.fields.filter(({ name }) => valueOf(user, name) === undefined);
}

/** Whoever signs up with a passkey alone has named the passkey: that is shown, and is theirs to correct. */
function hasLabelAlone({ proofs }: Flow, { preferences: { profile } }: App): boolean {
  return proofs.every(({ method }) => method === 'passkey') && profile.fields.some(({ name }) => name === 'name');
}

export async function completeProfileView({ flow, app, deps }: Scene): Promise<CompleteProfileView> {
  const user = flow.userId === undefined ? undefined : await deps.store.users.find(flow.userId);
  return {
    ...inFlow(flow),
    step: 'complete-profile',
    fields: app.preferences.profile.fields.map(({ name, isRequired }) => {
      const value = user === undefined ? undefined : valueOf(user, name);
      return { name, is_required: isRequired, ...(value === undefined ? {} : { value }) };
    }),
    may_skip: user !== undefined && mayGoPast(user, app),
  };
}

function mayGoPast(user: User, app: App): boolean {
  return !lacking(user, app).some(({ isRequired }) => isRequired);
}

/** Nothing is said: whoever is new is not asked again, for they are new no more. */
export async function skipProfile({ flow, app, deps }: Scene): Promise<Outcome> {
  const user = flow.userId === undefined ? undefined : await deps.store.users.find(flow.userId);
  if (user === undefined || !mayGoPast(user, app)) return { fault: { code: 'action_not_allowed' } };
  return { change: settleProfile, isStepDone: true };
}

export function settleProfile(flow: Flow): Flow {
  return { ...flow, hasSettledProfile: true };
}
