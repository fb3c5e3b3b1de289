import type { FlowActions } from '@portico/contract';
import type { Flow } from '../../model/flow.ts';
import type { Action, Outcome } from '../action.ts';
import { askForProof } from '../ask-for-proof.ts';
import { submitContact } from '../enroll-contact.ts';
import type { Scene } from '../flow-deps.ts';
import { withoutIdentifier, withoutProofs, withoutSent } from '../forget.ts';
import { leaveForDomain } from '../leave-for-domain.ts';
import { readNamedBy } from '../read-identifier.ts';

/** At `enroll-contact` what is added beside the first factor. Otherwise an identifier leads to the provider that the domain of the address belongs to, or to whatever proof of it the app asks for. */
export const submitIdentifier: Action<'submit-identifier'> = (scene, input) =>
  scene.flow.step === 'enroll-contact' ? submitContact(scene, typedIn(input)) : identifyBy(scene, input);

/** Nobody is named where a contact is typed: an id is none, and is told so. */
function typedIn(input: FlowActions['submit-identifier']): string {
  return 'identifier' in input ? input.identifier : input.user_id;
}

async function identifyBy(scene: Scene, input: FlowActions['submit-identifier']): Promise<Outcome> {
  const read = readNamedBy(input, scene.app.preferences, scene.flow.kind);
  if (read.fault !== undefined) return { change: (flow) => keepMalformed(flow, typedIn(input)), fault: { code: read.fault, field: 'identifier' in input ? 'identifier' : 'user_id' } };
  const provider = read.email === undefined ? undefined : scene.deps.social.findByDomain(scene.app, read.email);
  // Members and strangers alike: nobody was looked up.
  return provider === undefined || read.email === undefined ? askForProof(scene, read) : leaveForDomain(scene, { email: { typed: read.typed, canonical: read.email }, provider: provider.id });
}

/** What is no identifier stands in the field again, and beside none: an answer to a mail or an SMS would vouch for it. */
function keepMalformed(flow: Flow, typed: string): Flow {
  return { ...withoutIdentifier(withoutSent(withoutProofs(flow))), typedIdentifier: typed, step: 'identify' };
}
