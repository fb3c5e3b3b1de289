import { FlowCaller } from './flow-caller.ts';
import type { FlowPort } from './flow-port.ts';

/** The server over HTTP; in the demo mode, fixtures that are fetched only then. */
export async function createPort(issuer: string, demo: string | undefined): Promise<FlowPort> {
  if (demo === undefined) return new FlowCaller(issuer);
  const { DemoPort } = await import('../demo/demo-port.ts');
  return new DemoPort(demo.split('/')[0] ?? '');
}
