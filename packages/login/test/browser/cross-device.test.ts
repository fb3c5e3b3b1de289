import type { ApproveView, FlowView } from '@portico/contract';
import { press } from './devtools.ts';
import { afterEach, beforeEach, describe, equal, it, ok } from './mocha.ts';
import { cleanUp, FakeIssuer, find, issuer, mount, step, until, view } from './support.ts';

const hosted = { issuer, 'client-id': 'app', 'request-uri': 'urn:request:1' };
let server: FakeIssuer;
let push: (view: FlowView) => void;

/** A stream that says what a test pushes. */
const open = async (): Promise<Response> => {
  const body = new ReadableStream({ start: (to) => void (push = (one) => to.enqueue(new TextEncoder().encode(`data: ${JSON.stringify(one)}\n\n`))) });
  return new Response(body);
};

describe('signing in with another device', () => {
  beforeEach(() => {
    push = () => undefined;
    server = new FakeIssuer();
  });
  afterEach(cleanUp);

  it('is offered on the first screen where the server says so, and shows a code, its digits and a line that is live', async () => {
    server.on('/flows', view('identify-cross-device')).on('/flow/choose-method', view('approve')).on('/flow/events', open);
    const element = mount(hosted);
    await press(await find(element, '[data-action=cross-device]'));
    await step(element, 'approve');
    equal(server.sentTo('/flow/choose-method')[0]?.body, { method: 'passkey', cross_device: true });
    const picture = await find(element, 'svg.al-qr');
    equal([picture.getAttribute('role'), picture.getAttribute('aria-label')], ['img', 'QR code to scan with another device']);
    equal(element.querySelector('.al-number-value')?.textContent, '47');
    equal(element.querySelector('[role=status]')?.textContent?.trim(), 'Waiting for your other device…');
    ok(element.querySelector('details code')?.textContent?.includes('/approve#'), 'the address for who cannot scan');
  });

  it('is not offered where the server does not say so', async () => {
    server.on('/flows', view('identify'));
    const element = mount(hosted);
    await step(element, 'identify');
    await find(element, '[data-action=passkey]');
    equal(element.querySelector('[data-action=cross-device]') === null, true);
  });

  it('is offered before the flow is there, from the preferences, and a press is held until it is', async () => {
    server.preferences = { ...server.preferences, methods: server.preferences.methods.map((method) => (method.name === 'passkey' ? { ...method, cross_device: true as const } : method)) };
    let start = (_response: Response): void => undefined;
    server.on('/flows', () => new Promise((resolve) => void (start = resolve))).on('/flow/choose-method', view('approve')).on('/flow/events', open);
    const element = mount(hosted);
    await press(await find(element, '[data-action=cross-device]'));
    await until(() => server.sentTo('/flows')[0], 'the start');
    equal(server.sentTo('/flow/choose-method').length, 0);
    start(new Response(JSON.stringify({ ...view('identify-cross-device'), flow_handle: 'handle-1', expires_at: '2999-01-01T00:00:00Z' }), { status: 201, headers: { 'content-type': 'application/json' } }));
    await step(element, 'approve');
  });

  it('says each state in the same live line, without moving the focus, and goes on by itself', async () => {
    server.on('/flows', view('approve')).on('/flow/events', open).on('/flow/approve', view('done'));
    const element = mount(hosted);
    await step(element, 'approve');
    await until(() => server.sentTo('/flow/events')[0], 'the stream');
    const line = await find(element, '[role=status]');
    const focused = document.activeElement;
    push(view('approve-scanned'));
    await until(() => line.textContent?.includes('Scanned.'), 'scanned');
    equal(element.querySelector('svg.al-qr') === null, true, 'nobody else scans it');
    equal(element.querySelector('.al-number-value')?.textContent, '47');
    equal(document.activeElement === focused, true, 'focus');
    push({ ...(view('approve-success') as ApproveView), is_approved: true });
    await step(element, 'done');
    equal(server.sentTo('/flow/approve').length, 1, 'approvals');
  });

  for (const [name, text] of [['approve-error', 'too many wrong tries'], ['approve-timeout', 'too old'], ['approve-aborted', 'Declined']] as const) {
    it(`says why nothing came of it and shows a new code when it is asked for (${name})`, async () => {
      server.on('/flows', view('approve')).on('/flow/events', open).on('/flow/choose-method', view('approve'));
      const element = mount(hosted);
      await step(element, 'approve');
      const line = await find(element, '[role=status]');
      await until(() => server.sentTo('/flow/events')[0], 'the stream');
      push(view(name));
      await until(() => line.textContent?.includes(text), text);
      equal(element.querySelector('.al-number') === null, true, 'no digits any more');
      await press(await find(element, '[data-action=new-code]'));
      await find(element, 'svg.al-qr');
      equal(server.sentTo('/flow/choose-method')[0]?.body, { method: 'passkey', cross_device: true });
      equal(server.sentTo('/flow/approve').length, 0);
    });
  }

  it('leaves every other way open', async () => {
    server.on('/flows', view('approve')).on('/flow/events', open).on('/flow/go-back', view('identify'));
    const element = mount(hosted);
    await step(element, 'approve');
    ok(element.querySelector('[data-action=method-email-code]'), 'by mail');
    await press(await find(element, '[data-action=go-back]'));
    await step(element, 'identify');
  });
});
