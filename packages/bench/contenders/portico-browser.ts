/** A browser at Portico: what the widget sends, in the order in which it sends it. */
import type { PasskeyCreation, PasskeyRequest } from '@portico/contract';
import { createAuthenticator, type SoftwareAuthenticator } from '../../koa/test/software-authenticator.ts';
import { createCookieJar, type CookieJar } from '../load/cookie-jar.ts';
import { expectJson, expectStatus, type Answer } from '../load/http-client.ts';
import { codeIn } from '../run/mailbox.ts';
import type { Scene } from '../scenario.ts';
import { relyingParty } from '../servers/relying-party.ts';

export interface PorticoBrowser {
  readonly jar: CookieJar;
  readonly authenticator: SoftwareAuthenticator;
  /** Signs in (or up) with the code of a mail, up to the session. */
  signInByCode(email: string): Promise<void>;
  /** At the app that has passwords on: signs up by code, and makes a password up. */
  signUpWithPassword(email: string, password: string): Promise<void>;
  signInByPassword(email: string, password: string): Promise<void>;
  /** With the passkey that was made before. */
  signInByPasskey(): Promise<void>;
  /** Signs up by code, and takes the passkey that is offered. */
  signUpWithPasskey(email: string): Promise<void>;
}

interface FlowBody {
  readonly step: string;
  readonly flow_handle: string;
  readonly passkey?: PasskeyRequest;
  readonly creation?: PasskeyCreation;
}

/** Without cookies. An authenticator may have been at another browser before. */
export function createPorticoBrowser({ http, server }: Scene, authenticator: SoftwareAuthenticator = createAuthenticator()): PorticoBrowser {
  const jar = createCookieJar();
  const origin = server.url;
  let handle = '';
  const post = async (path: string, json: unknown): Promise<FlowBody> => {
    const headers = { ...jar.header(), origin, flow: handle };
    const answer: Answer = jar.keep(await http.ask(`/auth${path}`, { method: 'POST', headers, json }));
    return expectJson(answer, 'step') as unknown as FlowBody;
  };
  const start = async (clientId: string = relyingParty.clientId): Promise<FlowBody> => {
    const flow = await post('/flows', { kind: 'sign-in', client_id: clientId, create_new_user: true });
    handle = flow.flow_handle;
    return flow;
  };
  const answerCode = async (email: string): Promise<FlowBody> => {
    await start();
    await post('/flow/submit-identifier', { identifier: email });
    return post('/flow/submit-answer', { answer: codeIn(await server.mailbox.next(email)) });
  };
  return {
    jar,
    authenticator,
    async signInByCode(email) {
      const flow = await answerCode(email);
      expectStep(flow.step === 'enroll-passkey' ? await post('/flow/skip', { forever: true }) : flow);
    },
    async signUpWithPassword(email, password) {
      await start(relyingParty.passwordClientId);
      await post('/flow/submit-identifier', { identifier: email });
      await post('/flow/choose-method', { method: 'email-code' });
      await post('/flow/submit-answer', { answer: codeIn(await server.mailbox.next(email)) });
      expectStep(await post('/flow/submit-password', { password }));
    },
    async signInByPassword(email, password) {
      await start(relyingParty.passwordClientId);
      await post('/flow/submit-identifier', { identifier: email });
      expectStep(await post('/flow/submit-password', { password }));
    },
    async signUpWithPasskey(email) {
      const flow = await answerCode(email);
      if (flow.creation === undefined) throw new Error(`no passkey is offered at ${flow.step}`);
      expectStep(await post('/flow/enroll', { credential: authenticator.register(flow.creation.options, { origin }) }));
    },
    async signInByPasskey() {
      const flow = await start();
      if (flow.passkey === undefined) throw new Error('no passkey is asked for');
      expectStep(await post('/flow/submit-passkey', { credential: authenticator.authenticate(flow.passkey.options, { origin }) }));
    },
  };
}

function expectStep({ step }: FlowBody): void {
  if (step !== 'done') throw new Error(`the flow stands at ${step}`);
}

/** A code for the session in this jar, as a redirect from `/authorize?prompt=none` carries it. */
export async function fetchCode({ http }: Scene, jar: CookieJar | undefined): Promise<string> {
  const asked = new URLSearchParams({
    response_type: 'code',
    client_id: relyingParty.clientId,
    redirect_uri: relyingParty.redirectUri,
    scope: relyingParty.scope,
    state: 'a-state-that-nobody-guesses',
    code_challenge: relyingParty.pkceChallenge,
    code_challenge_method: 'S256',
    prompt: 'none',
  });
  const answer = await http.ask(`/auth/authorize?${asked.toString()}`, { headers: jar?.header() ?? {} });
  const target = String(expectStatus(answer, 303).headers['location']);
  const code = new URL(target).searchParams.get('code');
  if (code === null) throw new Error(`no code in ${target}`);
  return code;
}
