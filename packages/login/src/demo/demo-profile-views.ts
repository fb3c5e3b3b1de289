import type { CompleteProfileView } from '@portico/contract';
import type { DemoName } from './demo-names.ts';

type ProfileDemoName = Extract<DemoName, `complete-profile${string}`>;

export const isOfProfile = (name: DemoName): name is ProfileDemoName => name.startsWith('complete-profile');

/** What somebody is asked of themselves: what has to be said, or what may be. */
export function demoProfileView(name: ProfileDemoName, inFlow: Pick<CompleteProfileView, 'flow_expires_at'>): CompleteProfileView {
  const asked = { ...inFlow, kind: 'sign-up', step: 'complete-profile' } as const;
  return name === 'complete-profile'
    ? { ...asked, fields: [{ name: 'given_name', is_required: true }, { name: 'family_name', is_required: false }], may_skip: false }
    : { ...asked, fields: [{ name: 'name', is_required: false, value: 'Robin Baker' }], may_skip: true };
}
