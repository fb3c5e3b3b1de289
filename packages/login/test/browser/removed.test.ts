import { afterEach, beforeEach, describe, equal, it } from './mocha.ts';
import { cleanUp, FakeIssuer, fill, input, issuer, json, mount, step, submit, until, view } from './support.ts';

const hosted = { issuer, 'client-id': 'app', 'request-uri': 'urn:request:1' };
const pause = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));
let server: FakeIssuer;

/** An answer that comes when the test says so. */
function held(body: unknown): { readonly answer: () => Promise<Response>; readonly release: () => void } {
  let release = (): void => undefined;
  const gate = new Promise<void>((resolve) => {
    release = resolve;
  });
  return { answer: () => gate.then(() => json(200, body)), release };
}

describe('taken off the page', () => {
  const real = navigator.credentials.get;
  beforeEach(() => {
    server = new FakeIssuer();
  });
  afterEach(() => {
    navigator.credentials.get = real;
    cleanUp();
  });

  it('shows nothing and asks for no passkey when the first answer comes late, and starts anew when it is put back', async () => {
    let asked = 0;
    navigator.credentials.get = () => {
      asked += 1;
      return new Promise(() => undefined);
    };
    const first = held({ ...view('identify'), flow_handle: 'handle-1', expires_at: '2999-01-01T00:00:00Z' });
    server.on('/flows', first.answer, view('identify'));
    const element = mount(hosted);
    await until(() => server.sentTo('/flows')[0], 'the start');
    element.remove();
    await pause(0);
    first.release();
    await pause(300);
    equal([asked, server.sent.filter(({ path }) => path.startsWith('/flow/')).length], [0, 0], 'questions and actions');
    document.body.append(element);
    await until(() => server.sentTo('/flows')[1], 'a flow of its own');
    await step(element, 'identify');
    equal(server.sentTo('/flows').length, 2, 'flows');
  });

  it('starts no flow when the backend answers late', async () => {
    const pushed = held({ issuer, client_id: 'app', request_uri: 'urn:request:1' });
    server.on('/login', pushed.answer);
    const element = mount({ 'login-url': '/login' });
    await until(() => server.sentTo('/login')[0], 'the request');
    element.remove();
    await pause(0);
    pushed.release();
    await pause(200);
    equal(server.sentTo('/flows').length, 0, 'flows');
  });

  it('exchanges no code and tells the page nothing when the last action’s answer comes late', async () => {
    server.on('/flows', view('consent'));
    const redirectUri = `${location.origin}/app`;
    const element = mount({ issuer, 'client-id': 'spa', 'redirect-uri': redirectUri });
    await step(element, 'consent');
    const state = String(server.sentTo('/flows')[0]?.body['state']);
    const last = held({ ...view('done'), redirect_to: `${redirectUri}?${new URLSearchParams({ code: 'c1', state, iss: issuer }).toString()}` });
    server.on('/flow/approve', last.answer);
    let heard = 0;
    for (const name of ['auth-complete', 'auth-tokens', 'auth-error']) element.addEventListener(name, () => (heard += 1));
    submit(element);
    await until(() => server.sentTo('/flow/approve')[0], 'the action');
    element.remove();
    await pause(0);
    last.release();
    await pause(300);
    equal([server.sentTo('/token').length, heard], [0, 0], 'exchanges and events');
  });

  it('goes on with a running action when it is only moved', async () => {
    const slow = held(view('enter-code'));
    server.on('/flows', view('identify')).on('/flow/submit-identifier', slow.answer);
    const element = mount(hosted);
    fill(await input(element, 'identifier'), 'robin@example.com');
    submit(element);
    await until(() => server.sentTo('/flow/submit-identifier')[0], 'the action');
    const box = document.createElement('section');
    document.body.append(box);
    box.append(element);
    slow.release();
    await step(element, 'enter-code');
    equal(server.sentTo('/flows').length, 1, 'flows');
    box.remove();
  });
});
