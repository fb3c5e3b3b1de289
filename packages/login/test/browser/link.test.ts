import type { FlowView } from '@portico/contract';
import { press } from './devtools.ts';
import { afterEach, beforeEach, describe, equal, it } from './mocha.ts';
import { cleanUp, FakeIssuer, find, issuer, json, mount, step, view } from './support.ts';

const hosted = { issuer, 'client-id': 'app', 'request-uri': 'urn:request:1' };
let server: FakeIssuer;

describe('waiting for a link', () => {
  beforeEach(() => {
    server = new FakeIssuer();
  });
  afterEach(cleanUp);

  it('goes on by itself when the mail’s link was approved', async () => {
    const approved = { ...view('wait-for-link'), is_approved: true };
    const stream = `: keep-alive\n\ndata: ${JSON.stringify(view('wait-for-link'))}\n\ndata: ${JSON.stringify(approved)}\n\n`;
    server.on('/flows', view('wait-for-link')).on('/flow/events', async () => new Response(stream)).on('/flow/approve', view('done'));
    const element = mount(hosted);
    await step(element, 'done');
    equal(server.sentTo('/flow/events')[0]?.headers.get('flow') ?? '', 'handle-1');
    equal(server.sentTo('/flow/approve').length, 1, 'approvals');
  });

  it('goes on by itself too when the link is opened after all while the browser asks for a passkey', async () => {
    let push = (_view: FlowView): void => undefined;
    const open = async (): Promise<Response> => {
      const body = new ReadableStream({ start: (to) => void (push = (one) => to.enqueue(new TextEncoder().encode(`data: ${JSON.stringify(one)}\n\n`))) });
      return new Response(body);
    };
    server.on('/flows', view('wait-for-link')).on('/flow/events', open).on('/flow/choose-method', view('use-passkey')).on('/flow/approve', view('done'));
    const element = mount(hosted);
    await press(await find(element, '[data-action=method-passkey]'));
    await step(element, 'use-passkey');
    push({ ...view('use-passkey'), is_approved: true } as FlowView);
    await step(element, 'done');
    equal(server.sentTo('/flow/approve').length, 1, 'approvals');
  });

  it('stops listening when the server refuses the stream', async () => {
    server.on('/flows', view('wait-for-link')).on('/flow/events', async () => json(400, { code: 'flow_expired' }));
    const element = mount(hosted);
    await step(element, 'wait-for-link');
    await new Promise((resolve) => setTimeout(resolve, 1500));
    equal(server.sentTo('/flow/events').length, 1, 'tries');
  });
});
