import type { BlockedView, EnrollPasskeyView, EnterCodeView, FlowView, MethodName, SecondCodeName, SecondFactorView, UsePasskeyView } from '@portico/contract';
import { isSecondCode } from '../mfa/second-codes.ts';
import { AuthError } from '../model/auth-error.ts';
import type { Flow } from '../model/flow.ts';
import { maskedContact } from '../users/masked-contact.ts';
import { shownName } from '../users/shown-name.ts';
import type { Scene } from './flow-deps.ts';
import { inFlow } from './in-flow.ts';
import { rememberDaysIn } from './remember-device.ts';
import { findSecondScene, type SecondScene } from './second-scene.ts';

type SecondStep = 'second-factor' | 'enter-totp' | 'enter-recovery-code' | 'enroll-totp' | 'enroll-contact' | 'show-recovery-codes';

/** The steps that only whoever is proved by a first factor sees. */
export async function secondFactorView(scene: Scene, step: SecondStep): Promise<FlowView> {
  const second = await findSecondScene(scene);
  // Suspended meanwhile, for example.
  if (second === undefined) throw new AuthError('flow_expired');
  const { flow } = scene;
  switch (step) {
    case 'second-factor':
      return { ...inFlow(flow), step, purpose: second.wish?.purpose === 'ask' ? 'prove' : 'enroll', methods: second.wish?.methods ?? [], may_skip: maySkip(second), ...sendsTo(second), ...codesLeft(second), ...support(second) };
    case 'enter-totp':
      return { ...inFlow(flow), step, ...(await codeLength(second, scene)), ...rememberDaysIn(scene), other_methods: others(second, 'totp'), ...support(second) };
    case 'enter-recovery-code':
      return { ...inFlow(flow), step, other_methods: others(second, 'recovery-code'), ...support(second) };
    case 'enroll-totp':
      return enrollTotpView(second, scene);
    case 'enroll-contact':
      return enrollContactView(second, flow);
    case 'show-recovery-codes':
      return { ...inFlow(flow), step, codes: flow.recoveryCodes === undefined ? [] : scene.deps.recoveryCode.show(flow.recoveryCodes, second.context) };
    default:
      return step satisfies never;
  }
}

async function enrollTotpView(second: SecondScene, { flow, deps }: Scene): Promise<FlowView> {
  if (flow.totpOffer === undefined) throw new AuthError('flow_expired');
  const shown = await deps.totp.show(flow.totpOffer, { ...second.context, account: shownName(second.context.user) });
  return { ...inFlow(flow), step: 'enroll-totp', ...shown, may_skip: maySkip(second), other_methods: others(second, 'totp'), ...support(second) };
}

function enrollContactView(second: SecondScene, flow: Flow): FlowView {
  const { secondCode: method, newContact } = flow;
  if (method === undefined) throw new AuthError('flow_expired');
  return { ...inFlow(flow), step: 'enroll-contact', method, ...(newContact === undefined ? {} : { identifier: newContact.typed }), may_skip: maySkip(second), other_methods: others(second, method), ...support(second) };
}

function maySkip({ wish }: SecondScene): boolean {
  return wish?.purpose === 'offer' || wish?.purpose === 'replace' || wish?.mayReplaceAll === true;
}

/** Nobody is left at a question that they cannot answer, nor where they can set up nothing that counts, without being told where to go. */
function support(second: SecondScene): { readonly support_url?: string } {
  const { supportUrl } = second.context.app.preferences.recovery;
  const { wish } = second;
  return supportUrl === undefined || wish === undefined || (wish.purpose !== 'ask' && maySkip(second)) ? {} : { support_url: supportUrl };
}

function others({ wish }: SecondScene, shown: MethodName): readonly MethodName[] {
  return wish?.methods.filter((method) => method !== shown) ?? [];
}

function codesLeft({ wish, factors }: SecondScene): { readonly recovery_codes_left?: number } {
  return wish?.purpose === 'replace' ? { recovery_codes_left: factors.recoveryCodes } : {};
}

/** Their length, where all of the user's apps agree. */
async function codeLength({ context }: SecondScene, { deps }: Scene): Promise<{ readonly code_length?: number }> {
  const [length, ...different] = new Set((await deps.store.totps.listOf(context.user.id)).map(({ digits }) => digits));
  return length === undefined || different.length > 0 ? {} : { code_length: length };
}

/** Where codes would go. One factor is proved: what the other's channel is called, the person knows by its end. */
function sendsTo({ wish, context }: SecondScene): Pick<SecondFactorView, 'sends_to'> {
  const codes = wish?.purpose === 'ask' ? wish.methods.filter(isSecondCode) : [];
  return codes.length === 0 ? {} : { sends_to: Object.fromEntries(codes.map((method) => [method, maskedContact(context.user, method)])) };
}

/** The code that was sent beside the first factor: whose it is, as far as that may be shown, and what else may be shown. */
export async function codeAsSecond(scene: Scene, method: SecondCodeName): Promise<Pick<EnterCodeView, 'sent_to' | 'is_second' | 'is_new' | 'remember_days' | 'other_methods' | 'support_url'>> {
  const second = await findSecondScene(scene);
  if (second === undefined) throw new AuthError('flow_expired');
  const { newContact } = scene.flow;
  if (newContact !== undefined) return { sent_to: newContact.typed, is_second: true, is_new: true, other_methods: others(second, method) };
  return { sent_to: maskedContact(second.context.user, method), is_second: true, ...rememberDaysIn(scene), other_methods: others(second, method), ...support(second) };
}

/** The passkey that is asked for as second factor: what else may be shown, and who helps. */
export async function askedAsSecond(scene: Scene): Promise<Pick<UsePasskeyView, 'other_methods' | 'support_url'>> {
  const second = await findSecondScene(scene);
  return second === undefined ? { other_methods: [] } : { other_methods: others(second, 'passkey'), ...support(second) };
}

/** What else may be shown or set up as second factor, in the views of steps that are a first factor's too. */
async function otherSecondFactors(scene: Scene, shown: MethodName): Promise<readonly MethodName[]> {
  const second = await findSecondScene(scene);
  return second === undefined ? [] : others(second, shown);
}

/** The passkey as second factor: nobody makes it without a word, and whether it may be skipped is the policy's to say. */
export async function enrollAsSecond(scene: Scene): Promise<Pick<EnrollPasskeyView, 'may_skip' | 'may_upgrade_silently' | 'other_methods' | 'support_url'>> {
  const second = await findSecondScene(scene);
  if (second === undefined) return { may_skip: false, may_upgrade_silently: false, other_methods: [] };
  return { may_skip: maySkip(second), may_upgrade_silently: false, other_methods: others(second, 'passkey'), ...support(second) };
}

/** One tally stops all that are typed: only a passkey is another way. */
export async function blockedSecondFactors(scene: Scene): Promise<BlockedView['other_methods']> {
  return (await otherSecondFactors(scene, 'totp')).filter((method) => method === 'passkey');
}
