import type { PasswordChange } from '@portico/contract';
import type { Flow } from '../model/flow.ts';
import type { User } from '../model/user.ts';
import type { Scene } from './flow-deps.ts';
import { isSecondCode } from '../mfa/second-codes.ts';
import { blockIfLocked } from './block-second-factors.ts';
import { askForContact } from './enroll-contact.ts';
import { lookUpFactors, mayMakePasskey } from './look-up-factors.ts';
import { nextStep } from './next-step.ts';
import { prepareStep } from './prepare-step.ts';
import { secondStep, wishedSecondFactor } from './second-step.ts';

/** The flow at the step that follows from what it now knows, with what that step needs. */
export async function moveOn(scene: Scene): Promise<Flow> {
  const { app, client, deps } = scene;
  const { wantsSecondFactor: _before, secondCode: _code, newContact: _contact, passwordChange: _said, ...rest } = scene.flow;
  const proved = await provedUser(scene);
  const passwordChange = await findPasswordChange(scene);
  const flow: Flow = { ...rest, ...(passwordChange === undefined ? {} : { passwordChange }) };
  const factors = await lookUpFactors({ ...scene, flow }, proved);
  const rules = { app, client, factors, now: deps.clock.now() };
  const wanted = nextStep(flow, proved, { ...rules, mayMakePasskey: true });
  if (proved === undefined || flow.proofs.length === 0) return { ...scene.flow, step: wanted };
  const isBarred = wanted === 'enroll-passkey' && !(await mayMakePasskey(scene, proved));
  const step = isBarred ? nextStep(flow, proved, { ...rules, mayMakePasskey: false }) : wanted;
  const wish = wishedSecondFactor(flow, { app, factors });
  const isSecond = wish !== undefined && secondStep(wish) === step;
  const wants = isSecond ? ({ wantsSecondFactor: true } as const) : {};
  const block = isSecond ? await blockIfLocked(wish, { app, flow, user: proved }, deps) : undefined;
  if (block !== undefined) return block({ ...flow, ...wants });
  const moved = (await prepareStep(scene, step, proved))({ ...flow, ...wants });
  const code = step === 'enroll-contact' ? wish?.methods.find(isSecondCode) : undefined;
  return code === undefined ? moved : askForContact(code)(moved);
}

/** Looked up each time: nothing that is proved meanwhile takes a flow past it. What came with a session is as good as that. */
async function findPasswordChange({ flow, app, deps }: Scene): Promise<PasswordChange | undefined> {
  const isTypedHere = flow.proofs.some(({ method, provedAt }) => method === 'password' && provedAt >= flow.createdAt);
  if (!isTypedHere || flow.userId === undefined || flow.hasSettledPassword === true || flow.sessionId !== undefined) return undefined;
  return deps.password.findChange(app, flow.userId);
}

async function provedUser({ flow, deps }: Scene): Promise<User | undefined> {
  if (flow.userId === undefined) return undefined;
  const user = await deps.store.users.find(flow.userId);
  return user?.status === 'active' ? user : undefined;
}
