import { subjectOf } from '../../model/flow-subject.ts';
import { codeTally, tallyOf, type AnswerLock } from '../answer-lock.ts';
import type { MethodContext } from '../method.ts';
import type { AccessCodeDeps } from './access-code-deps.ts';

/** The tally of wrong codes: of an address or a number in an app, whatever flow they came in. A stranger's has one just the same. */
export function accessCodeLock({ app, flow }: Pick<MethodContext, 'app' | 'flow'>, { vault }: Pick<AccessCodeDeps, 'vault'>): AnswerLock {
  const asked = subjectOf(flow);
  if (asked === undefined) throw new Error('A code of support was asked for without an identifier.');
  return { key: codeTally({ method: 'access-code', appId: app.id, contact: asked }, vault, tallyOf(asked, flow)), tiers: app.preferences.methods['access-code'].lockoutTiers };
}
