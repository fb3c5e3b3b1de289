import type { FlowView, MailSentView, SecondCodeName } from '@portico/contract';
import type { Challenge } from '../model/challenge.ts';
import type { Flow } from '../model/flow.ts';
import { detourOf, isBySms, nameOf } from '../model/flow-subject.ts';
import type { Scene } from './flow-deps.ts';
import { approvedIn, inFlow } from './in-flow.ts';
import { withoutIdentifier } from './forget.ts';
import { otherMethods } from './other-methods.ts';
import { codeAsSecond } from './second-factor-view.ts';

function firstMethod(flow: Flow, step: 'enter-code' | 'wait-for-link'): 'magic-link' | 'email-code' | 'sms-code' {
  if (step === 'wait-for-link') return 'magic-link';
  return isBySms(flow) ? 'sms-code' : 'email-code';
}

/** The steps that wait for a mail, or for an SMS where the flow is about a number. */
export async function mailView(scene: Scene, step: 'enter-code' | 'wait-for-link'): Promise<FlowView> {
  const { flow, deps, app } = scene;
  const method = flow.secondCode ?? firstMethod(flow, step);
  const id = flow.challenges[method];
  const challenge = id === undefined ? undefined : await deps.store.challenges.find(id);
  const sent = await mailSent({ flow: flow.secondCode === undefined ? flow : withoutFirst(flow, flow.secondCode), deps }, challenge);
  const others = otherMethods(scene, method);
  if (method === 'magic-link') return { ...sent, step: 'wait-for-link', method, other_methods: others };
  return {
    ...sent,
    step: 'enter-code',
    method,
    code_length: app.preferences.methods[method].codeLength,
    attempts_left: challenge?.end === undefined ? (challenge?.attemptsLeft ?? 0) : 0,
    has_link: flow.secondCode === undefined && flow.challenges['magic-link'] !== undefined,
    other_methods: others,
    ...(flow.secondCode === undefined ? {} : await codeAsSecond(scene, flow.secondCode)),
  };
}

/** The mail of the first factor was answered: its two digits, and how it fared, are none of a code's beside it. */
function withoutFirst({ matchNumber: _number, detour: _detour, ...flow }: Flow, method: SecondCodeName): Flow {
  const id = flow.challenges[method];
  return { ...withoutIdentifier(flow), challenges: id === undefined ? {} : { [method]: id } };
}

async function mailSent({ flow, deps }: Pick<Scene, 'flow' | 'deps'>, challenge: Challenge | undefined): Promise<Omit<MailSentView, 'other_methods'>> {
  const now = deps.clock.now();
  const waitMs = (flow.mail?.resendAt.getTime() ?? 0) - now.getTime();
  const detour = detourOf(flow);
  // Whether anything went out for a name, or elsewhere, is nobody's business.
  const delivery = challenge === undefined || detour !== undefined || nameOf(flow) !== undefined ? undefined : await findDelivery(flow.challenges, deps);
  return {
    ...inFlow(flow),
    sent_to: detour?.typed ?? flow.typedIdentifier ?? '',
    delivery: delivery ?? 'sending',
    resend_after_seconds: Math.max(0, Math.ceil(waitMs / 1_000)),
    resends_left: flow.mail?.resendsLeft ?? 0,
    expires_at: (challenge?.expiresAt ?? now).toISOString(),
    ...(flow.matchNumber === undefined ? {} : { match_number: flow.matchNumber }),
    ...approvedIn(flow),
  };
}

/** One mail carries both; it is filed under one of the two challenges. How an SMS fares is told to nobody: a stranger is sent none. */
async function findDelivery(challenges: Scene['flow']['challenges'], { store }: Scene['deps']): Promise<MailSentView['delivery'] | undefined> {
  for (const id of [challenges['email-code'], challenges['magic-link']]) {
    const delivery = id === undefined ? undefined : await store.outbox.findDelivery(id);
    if (delivery !== undefined) return delivery;
  }
  return undefined;
}
