import { AuthError } from '../../model/auth-error.ts';
import { parseProfile } from '../../users/parse-profile.ts';
import type { Action, Outcome } from '../action.ts';
import { settleProfile } from '../profile-step.ts';
import { findSecondScene } from '../second-scene.ts';

/** The step is over, and what follows is looked up. */
const moveOn: Outcome = { change: (latest) => latest, isStepDone: true };

/** What the person says of themselves, all of it or nothing. */
export const submitProfile: Action<'submit-profile'> = async (scene, typed) => {
  const { flow, app, client, deps } = scene;
  // Kept already, by an answer that has not moved the flow on: another one of the same moment, or one that was cut off.
  if (flow.hasSettledProfile === true) return moveOn;
  const { fields } = app.preferences.profile;
  const faults = await deps.store.transaction(async (store) => {
    // Of two flows at once the second sees what the first has written.
    if (flow.userId !== undefined) await store.users.lock(flow.userId);
    const second = await findSecondScene(scene, store);
    // Meanwhile the account is closed, or got a second factor elsewhere, which comes before anything is changed at it.
    if (second === undefined || second.wish?.purpose === 'ask') return 'barred';
    const { user } = second.context;
    const read = parseProfile(typed, { known: user, fields });
    if ('faults' in read) return read.faults;
    const at = deps.clock.now();
    await store.users.setProfile(user.id, read.profile, at);
    await store.audit.insert({ kind: 'profile_changed', at, userId: user.id, appId: app.id, clientId: client.id, flowId: flow.id, address: flow.origin.address });
    // Of several at once, whoever saves the flow as it was read. The others write nothing.
    if ((await store.flows.save(settleProfile(flow))) === undefined) throw new AuthError('flow_busy');
    return [];
  });
  if (faults === 'barred') return moveOn;
  if (faults.length > 0) return { fault: { code: 'profile_refused', fields: faults } };
  return { change: settleProfile, isStepDone: true };
};
