import type { ApproveView, FlowView, IdentifyView } from '@portico/contract';
import type { DemoName } from './demo-names.ts';
import { demoTotp } from './demo-second-factors.ts';

const states = { 'approve': 'pending', 'approve-scanned': 'scanned', 'approve-success': 'success', 'approve-error': 'error', 'approve-timeout': 'timeout', 'approve-aborted': 'aborted' } as const satisfies Partial<Record<DemoName, ApproveView['state']>>;

type CrossDeviceDemoName = keyof typeof states | 'identify-cross-device';

export const isOfCrossDevice = (name: DemoName): name is CrossDeviceDemoName => name === 'identify-cross-device' || name in states;

/** The step that offers another device, and each state of the one that waits for it. The picture is that of another step: it leads nowhere either way. */
export function demoCrossDeviceView(name: CrossDeviceDemoName, { identify, expiresAt }: { readonly identify: IdentifyView; readonly expiresAt: string }): FlowView {
  if (name === 'identify-cross-device') return { ...identify, cross_device: true };
  const { kind, flow_expires_at } = identify;
  const state = states[name];
  return {
    kind,
    flow_expires_at,
    step: 'approve',
    state,
    ...(state === 'pending' ? { qr: demoTotp.qr, link: 'https://login.example/approve#4TqOqWwEr7gD0vQ8nJ3uXw2mC5kZb1sYfH6aLpRtVxE' } : {}),
    ...(state === 'pending' || state === 'scanned' ? { match_number: '47' } : {}),
    expires_at: expiresAt,
    other_methods: ['passkey', 'email-code'],
  };
}
