/**
 * What a step may show.
 *
 * Owns: the translation of a flow into its view. Does not own: what follows, what may be done.
 */
import type { FlowView, MethodName } from '@portico/contract';
import { enterAccessCodeView } from './access-code-view.ts';
import { identifiersOf } from '../preferences/identifiers-of.ts';
import { makesUsers } from '../methods/may-sign-in.ts';
import { shownName } from '../users/shown-name.ts';
import { approveView } from './approve-view.ts';
import { crossDeviceIn } from './cross-device.ts';
import { provableBy } from './first-question.ts';
import { findKnown } from './find-known.ts';
import type { Scene } from './flow-deps.ts';
import { readAnswer } from './keep-answer.ts';
import { approvedIn, inFlow } from './in-flow.ts';
import { isProvedInLink, providersToProveAt } from './link-proof.ts';
import { mailView } from './mail-view.ts';
import { methodsIn } from './methods-in.ts';
import { isMailMethod, isSentMethod, otherMethods } from './other-methods.ts';
import { rememberDaysIn } from './remember-device.ts';
import { enterPasswordView, setPasswordView } from './password-view.ts';
import { completeProfileView } from './profile-step.ts';
import { leaveView, linkingIn } from './provider-view.ts';
import { askedAsSecond, blockedSecondFactors, enrollAsSecond, secondFactorView } from './second-factor-view.ts';
import { asksForSecond } from './second-step.ts';
import { creationOf, requestOf, signalOf } from './passkey-view.ts';

export async function viewOf(scene: Scene): Promise<FlowView> {
  return { ...(await ofTheirOwn(scene, await stepView(scene))), ...linkingIn(scene) };
}

/** Whoever steps up is offered what they have: it is no secret to them. To everybody else there is what there is. */
async function ofTheirOwn(scene: Scene, view: FlowView): Promise<FlowView> {
  const { flow, app, deps } = scene;
  if (flow.steppingUpAs === undefined || flow.wantsSecondFactor === true || !('other_methods' in view)) return view;
  const user = await deps.store.users.find(flow.steppingUpAs);
  const own = user === undefined ? [] : await provableBy(user, app, deps);
  return { ...view, other_methods: view.other_methods?.filter((name) => own.includes(name)) ?? [] };
}

async function stepView(scene: Scene): Promise<FlowView> {
  const { flow } = scene;
  switch (flow.step) {
    case 'identify':
      return identifyView(scene);
    case 'enter-code':
    case 'wait-for-link':
      return mailView(scene, flow.step);
    case 'use-passkey':
      return usePasskeyView(scene);
    case 'enroll-passkey':
      return enrollView(scene);
    case 'enter-password':
      return enterPasswordView(scene);
    case 'set-password':
      return setPasswordView(scene);
    case 'enter-access-code':
      return enterAccessCodeView(scene);
    case 'leave-to-provider':
      return leaveView(scene);
    case 'choose-method':
      return chooseMethodView(scene);
    case 'second-factor':
    case 'enter-totp':
    case 'enter-recovery-code':
    case 'enroll-totp':
    case 'enroll-contact':
    case 'show-recovery-codes':
      return secondFactorView(scene, flow.step);
    case 'complete-profile':
      return completeProfileView(scene);
    case 'approve':
      return approveView(scene);
    case 'consent':
      return consentView(scene);
    case 'blocked':
      return blockedView(scene);
    case 'done':
      return doneView(scene);
    default:
      return flow.step satisfies never;
  }
}

async function identifyView(scene: Scene): Promise<FlowView> {
  const { flow, app } = scene;
  const known = flow.kind === 'recover' ? undefined : await findKnown(scene);
  const asksForPasskey = flow.kind === 'sign-in' && flow.challenges.passkey !== undefined;
  return {
    ...inFlow(flow),
    step: 'identify',
    methods: methodsIn(scene),
    identifiers: identifiersOf(app.preferences, flow.kind),
    ...(flow.typedIdentifier === undefined ? {} : { identifier: flow.typedIdentifier }),
    may_sign_up: makesUsers(flow),
    ...(asksForPasskey ? { passkey: await requestOf(scene), ...crossDeviceIn(scene) } : {}),
    ...(known === undefined ? {} : { signed_in_as: shownName(known.user) }),
  };
}

/** Where somebody steps up, what they have; otherwise what there is. */
async function chooseMethodView(scene: Scene): Promise<FlowView> {
  const { flow, app, deps } = scene;
  const user = flow.steppingUpAs === undefined ? undefined : await deps.store.users.find(flow.steppingUpAs);
  if (user !== undefined && isProvedInLink(flow)) return { ...inFlow(flow), step: 'choose-method', methods: ['social'], signed_in_as: shownName(user) };
  const providers = await providersToProveAt(scene);
  if (providers.length > 0) return { ...inFlow(flow), step: 'choose-method', methods: ['social'], prove_at: providers };
  const methods = user === undefined ? methodsIn(scene).filter((name) => name !== 'social') : await provableBy(user, app, deps);
  return { ...inFlow(flow), step: 'choose-method', methods };
}

async function usePasskeyView(scene: Scene): Promise<FlowView> {
  const { flow } = scene;
  const rest = flow.wantsSecondFactor === true ? await askedAsSecond(scene) : { other_methods: otherMethods(scene, 'passkey') };
  return { ...inFlow(flow), step: 'use-passkey', passkey: await requestOf(scene), ...crossDeviceIn(scene), ...approvedIn(flow), ...rememberDaysIn(scene), ...rest };
}

async function enrollView(scene: Scene): Promise<FlowView> {
  const { flow, app } = scene;
  const isAfterAnother = flow.userId !== undefined;
  const upgrades = isAfterAnother && !asksForSecond(flow, app);
  return {
    ...inFlow(flow),
    step: 'enroll-passkey',
    creation: await creationOf(scene),
    may_skip: isAfterAnother,
    may_upgrade_silently: upgrades,
    ...(flow.wantsSecondFactor === true ? await enrollAsSecond(scene) : {}),
  };
}

async function consentView({ flow, client, deps }: Scene): Promise<FlowView> {
  const user = flow.userId === undefined ? undefined : await deps.store.users.find(flow.userId);
  return {
    ...inFlow(flow),
    step: 'consent',
    client_name: client.name,
    signed_in_as: user === undefined ? '' : shownName(user),
    scopes: flow.request?.scopes ?? [],
    resources: flow.request?.resources ?? [],
  };
}

async function blockedView(scene: Scene): Promise<FlowView> {
  const { flow, deps } = scene;
  const blockedMethod = flow.blocked?.method ?? 'email-code';
  // Whom a name leads to may be written to in two ways, and one of them is not stopped.
  const isStopped = (name: MethodName): boolean => isSentMethod(blockedMethod) && isSentMethod(name) && isMailMethod(name) === isMailMethod(blockedMethod);
  const waitMs = (flow.blocked?.until.getTime() ?? 0) - deps.clock.now().getTime();
  return {
    ...inFlow(flow),
    step: 'blocked',
    reason: flow.blocked?.reason ?? 'too_many_attempts',
    retry_after_seconds: Math.max(0, Math.ceil(waitMs / 1_000)),
    other_methods: flow.wantsSecondFactor === true ? await blockedSecondFactors(scene) : otherMethods(scene, blockedMethod).filter((name) => !isStopped(name)),
  };
}

async function doneView(scene: Scene): Promise<FlowView> {
  const { flow } = scene;
  // The answer is good once, and the other window has it.
  const redirectTo = flow.endedElsewhere === true ? undefined : readAnswer(flow, scene.deps);
  const signal = await signalOf(scene);
  return {
    ...inFlow(flow),
    step: 'done',
    ...(redirectTo === undefined ? {} : { redirect_to: redirectTo }),
    ...(flow.endedElsewhere === true ? { is_elsewhere: true } : {}),
    new_user: flow.isNewUser,
    ...(signal === undefined ? {} : { passkey_signal: signal }),
  };
}
