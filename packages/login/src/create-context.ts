import type { FlowKind } from '@portico/contract';
import type { FirstCopy } from './copy/copy.ts';
import { now } from './flow/system-clock.ts';
import type { FlowController } from './flow/flow-controller.ts';
import { forgetMethod, recallMethod } from './flow/memory.ts';
import type { PasskeyController } from './flow/passkey-controller.ts';
import type { FirstContext } from './steps/view-context.ts';

interface Owner {
  kind: FlowKind;
  readonly returnTo: string | undefined;
  readonly requestUri: string | undefined;
  readonly headingLevel: number;
  readonly noCodeAutosubmit: boolean;
  requestUpdate(): void;
}

interface Pieces {
  readonly flow: FlowController;
  readonly passkeys: PasskeyController;
  readonly copy: FirstCopy;
  readonly draft: string;
  readonly id: (name: string) => string;
  readonly typed: (name: string) => string | undefined;
}

/** Puts together what a view may know and do. */
export function createContext(owner: Owner, { flow, passkeys, copy, draft, id, typed }: Pieces): FirstContext {
  const time = now();
  const clientId = flow.beginning?.request.client_id ?? flow.preferences?.client_id;
  return {
    copy,
    draft,
    id,
    typed,
    refresh: () => owner.requestUpdate(),
    preferences: flow.preferences,
    kind: flow.view?.kind ?? owner.kind,
    fault: flow.fault,
    notice: flow.notice,
    busy: flow.busy,
    elapsed: Math.floor((time - flow.arrivedAt) / 1_000),
    now: time,
    headingLevel: owner.headingLevel,
    submitsCodeAtFullLength: !owner.noCodeAutosubmit,
    linking: flow.view?.linking,
    steppingUpAs: flow.view?.stepping_up_as,
    lastMethod: clientId === undefined ? undefined : recallMethod(clientId),
    beginning: flow.beginning,
    returnTo: owner.returnTo ?? undefined,
    isHosted: Boolean(owner.requestUri),
    passkeys: {
      support: passkeys.state,
      pending: passkeys.pending,
      ask: (wish) => void passkeys.ask(wish),
      enroll: () => void passkeys.enroll(),
      arm: () => void passkeys.arm(),
    },
    act: (action, body, then) => {
      // A dialog that is open must not outlive the step, and never holds the way out.
      passkeys.stop();
      void flow.run(action, body).then(() => then?.(flow.view));
    },
    refuse: (fault) => flow.fail(fault),
    retry: () => void flow.retry(),
    startAgain: () => void flow.startAgain(),
    switchKind: (kind) => {
      // Whoever came to sign in, and then said that they forgot their password.
      if (owner.kind === kind) void flow.startAgain();
      else owner.kind = kind;
    },
    forgetPerson: () => {
      if (clientId !== undefined) forgetMethod(clientId);
      owner.requestUpdate();
    },
  };
}
