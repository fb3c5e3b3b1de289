import type { Flow } from '../../model/flow.ts';
import { parseIfEmail, type ParsedEmail } from '../../users/canonical.ts';
import type { Action, Outcome } from '../action.ts';
import { askForProof, identify } from '../ask-for-proof.ts';
import type { Scene } from '../flow-deps.ts';
import { withoutMail, withoutProofs } from '../forget.ts';
import { leaveToProvider } from '../leave-to-provider.ts';

/** An address leads to the provider that its domain belongs to, or to whatever proof of it the app asks for. */
export const submitIdentifier: Action<'submit-identifier'> = async (scene, { identifier }) => {
  const email = parseIfEmail(identifier);
  if (email === undefined) {
    return { change: (flow) => keepMalformed(flow, identifier), fault: { code: 'email_malformed', field: 'identifier' } };
  }
  const provider = scene.deps.social.findByDomain(scene.app, email.canonical);
  return provider === undefined ? askForProof(scene, email) : leaveWith(scene, email, provider.id);
};

/** Members and strangers alike: nobody was looked up. */
async function leaveWith(scene: Scene, email: ParsedEmail, provider: string): Promise<Outcome> {
  const outcome = await leaveToProvider({ ...scene, flow: identify(scene.flow, email) }, { provider });
  return { ...outcome, change: (flow) => (outcome.change ?? ((same) => same))(identify(flow, email)) };
}

/** What is no address stands in the field again, and beside no address: an answer to a mail would vouch for it. */
function keepMalformed(flow: Flow, typed: string): Flow {
  const { email: _email, ...rest } = withoutMail(withoutProofs(flow));
  return { ...rest, typedIdentifier: typed, step: 'identify' };
}
