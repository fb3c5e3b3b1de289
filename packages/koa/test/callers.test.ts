import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { callerOf } from '../src/model/caller.ts';
import { Browser, isProblem } from './browser.ts';
import { relyingParty } from './relying-party.ts';
import { startPortico, type Portico, type PorticoOptions } from './start-portico.ts';

const withLimits = async (limits: { flowsPerMinute?: number; mailsPerHour?: number }, work: (service: Portico) => Promise<void>): Promise<void> => {
  const auth: PorticoOptions['auth'] = { limits: { flowsPerMinute: 1_000, mailsPerHour: 1_000, ...limits }, trustedProxies: ['loopback'] };
  const service = await startPortico({ auth });
  try {
    await work(service);
  } finally {
    await service.close();
  }
};
const from = (address: string): Record<string, string> => ({ 'X-Forwarded-For': address });
const start = { kind: 'sign-in', client_id: 'notes-web' };

describe('what one caller may do', () => {
  test('a caller starts so many flows a minute, is told when to come back, and another is not held up', async () => {
    await withLimits({ flowsPerMinute: 3 }, async (service) => {
      const browser = new Browser(service);
      for (let flows = 0; flows < 3; flows += 1) assert.equal((await browser.post('/flows', start, from('203.0.113.9'))).status, 201);
      const refused = await browser.post('/flows', start, from('203.0.113.9'));
      isProblem(refused, 429, 'rate_limited');
      assert.equal(refused.headers.get('Retry-After'), '60');
      assert.equal((await browser.post('/flows', start, from('203.0.113.10'))).status, 201);
      service.clock.advance(61);
      assert.equal((await browser.post('/flows', start, from('203.0.113.9'))).status, 201);
    });
  });

  test('one network of IPv6 is one caller', async () => {
    await withLimits({ flowsPerMinute: 2 }, async (service) => {
      const browser = new Browser(service);
      for (const host of ['2001:db8::1', '2001:db8:0:0:ffff::2']) assert.equal((await browser.post('/flows', start, from(host))).status, 201);
      isProblem(await browser.post('/flows', start, from('2001:db8::3')), 429, 'rate_limited');
      assert.equal((await browser.post('/flows', start, from('2001:db8:0:1::3'))).status, 201);
    });
  });

  test('a caller who writes to many addresses has so many mails an hour, over all flows', async () => {
    await withLimits({ mailsPerHour: 2 }, async (service) => {
      for (const at of [1, 2, 3]) {
        const browser = new Browser(service);
        await browser.startFlow({ create_new_user: true });
        const reply = await browser.act('submit-identifier', { identifier: `many-${at}@example.test` });
        if (at < 3) assert.equal(reply.status, 200, reply.text);
        else isProblem(reply, 429, 'rate_limited');
        if (at === 2) isProblem(await browser.act('resend'), 429, 'rate_limited');
      }
      await service.deliver();
      assert.equal(service.inbox.last('many-3@example.test'), undefined);
    });
  });

  test('answers are not mails: they have their own limits', async () => {
    await withLimits({ mailsPerHour: 1 }, async (service) => {
      const browser = new Browser(service);
      await browser.signIn('answers@example.test');
      assert.ok(browser.cookies.has('portico-session'));
    });
  });

  test('a caller who fills the store with authorization requests is shown a page that says to wait', async () => {
    await withLimits({ flowsPerMinute: 2 }, async (service) => {
      const party = relyingParty(service);
      const browser = new Browser(service);
      for (const status of [303, 303, 429]) assert.equal((await party.authorize(browser)).status, status);
    });
  });

  test('a caller is an IPv4 address, mapped, translated or neither, or the network of an IPv6 address', () => {
    for (const [address, caller] of [
      ['192.0.2.7', '192.0.2.7'], ['::ffff:192.0.2.7', '192.0.2.7'], ['::1', '0:0:0:0::/64'], ['2001:db8::1', '2001:db8:0:0::/64'],
      ['2001:DB8:0001:0002:3:4:5:6', '2001:db8:1:2::/64'], ['fe80::1%eth0', 'fe80:0:0:0::/64'], ['64:ff9b::192.0.2.1', '192.0.2.1'], ['64:ff9b::c000:207', '192.0.2.7'], ['64:ff9b:1::192.0.2.1', '64:ff9b:1:0::/64'], ['unknown', 'unknown'],
      ['::ffff:c000:0207', '192.0.2.7'], ['0:0:0:0:0:FFFF:c000:207', '192.0.2.7'], ['192.0.2.7:51234', '192.0.2.7'], ['[2001:db8::1]:443', '2001:db8:0:0::/64'], ['[::ffff:192.0.2.7]', '192.0.2.7'], ['1.2.3:80', '1.2.3:80'],
    ] as const) assert.equal(callerOf(address), caller);
  });
});
