import type { EnterAccessCodeView } from '@portico/contract';
import type { Scene } from './flow-deps.ts';
import { approvedIn, inFlow } from './in-flow.ts';
import { otherMethods } from './other-methods.ts';

/** The same for everybody: it says what the app has, and nothing of the address. */
export function enterAccessCodeView(scene: Scene): EnterAccessCodeView {
  const { flow, app } = scene;
  return {
    ...inFlow(flow),
    step: 'enter-access-code',
    code_length: app.preferences.methods['access-code'].codeLength,
    ...approvedIn(flow),
    other_methods: otherMethods(scene, 'access-code'),
  };
}
