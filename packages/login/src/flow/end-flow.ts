import type { DoneView, MethodName } from '@portico/contract';
import type { Ending, Finishing } from './finish-flow.ts';
import { forgetRequest, rememberMethod } from './memory.ts';
import { failed, type Outcome } from './outcome.ts';

interface EndingFlow extends Omit<Finishing, 'port'> {
  readonly port: Finishing['port'] | undefined;
  readonly loginUrl: string | undefined;
  readonly method: MethodName | undefined;
  isConnected(): boolean;
}

/** What is kept and dropped at the end, and how it ended. Off the page no code is exchanged. */
export async function endFlow(view: DoneView, { loginUrl, method, isConnected, port, ...rest }: EndingFlow): Promise<Outcome<Ending>> {
  if (loginUrl !== undefined) forgetRequest(loginUrl);
  const clientId = rest.beginning?.request.client_id;
  if (clientId !== undefined && method !== undefined) rememberMethod(clientId, method);
  try {
    const { finishFlow } = await import('./finish-flow.ts');
    if (port !== undefined && isConnected()) return await finishFlow(view, { ...rest, port, loginUrl });
  } catch {
    // The chunk did not arrive.
  }
  return failed('exchange_failed');
}
