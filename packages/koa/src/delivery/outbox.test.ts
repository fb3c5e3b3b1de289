import assert from 'node:assert/strict';
import { describe, test, type TestContext } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ChallengeId } from '../model/ids.ts';
import type { Mail } from '../model/mail.ts';
import { systemRandom } from '../vault/system-random.ts';
import { holdClock, keepLog, openStore, vault } from '../../test/delivery-bed.ts';
import { openMailServer } from '../../test/mail-server.ts';
import { createOutbox, type ClosableMailer } from './outbox.ts';
import { smtp, type SmtpMailer } from './smtp.ts';

function mailTo(to: string, text = '123456'): Mail {
  return { to, fromName: 'Notes', subject: 'A code', html: `<p>${text}</p>`, text };
}

async function bed(context: TestContext, mailer: ClosableMailer) {
  const clock = holdClock();
  const log = keepLog();
  const store = await openStore(context);
  const deps = { store, vault, mailer, clock, random: systemRandom, log };
  const challengeId = systemRandom.id() as ChallengeId;
  const inFiveMinutes = () => new Date(clock.now().getTime() + 300_000);
  return { clock, log, store, deps, outbox: createOutbox(deps), challengeId, inFiveMinutes };
}

function closing(context: TestContext, mailer: SmtpMailer): SmtpMailer {
  context.after(() => mailer.close());
  return mailer;
}

describe('the outbox', () => {
  test('delivers a mail in both forms, and says so', async (context) => {
    const server = await openMailServer();
    context.after(() => server.close());
    const { outbox, store, challengeId, inFiveMinutes } = await bed(context, closing(context, smtp(server.url, { from: 'login@notes.example' })));
    await outbox.queue(mailTo('ada@example.com'), { challengeId, expiresAt: inFiveMinutes() });
    assert.equal(await store.outbox.findDelivery(challengeId), 'sending');
    assert.equal(await outbox.deliverDue(), 1);
    assert.equal(await store.outbox.findDelivery(challengeId), 'sent');
    const [mail] = server.mails;
    assert.equal(mail?.text?.trim(), '123456');
    assert.equal(mail?.html, '<p>123456</p>');
    assert.equal(mail?.from?.text, '"Notes" <login@notes.example>');
    assert.equal(mail?.headers.get('auto-submitted'), 'auto-generated');
    assert.equal(await outbox.deliverDue(), 0);
    assert.equal(server.mails.length, 1);
  });

  test('keeps a mail while the mail server is down, waits longer each time, and delivers it once it is up', async (context) => {
    const gone = await openMailServer();
    await gone.close();
    const { outbox, store, clock, log, challengeId, inFiveMinutes } = await bed(context, closing(context, smtp(gone.url, { from: 'login@notes.example' })));
    await outbox.queue(mailTo('ada@example.com', 'secret 123456'), { challengeId, expiresAt: inFiveMinutes() });
    for (const pause of [2, 4, 8, 16]) {
      assert.equal(await outbox.deliverDue(), 0);
      assert.equal(await store.outbox.findDelivery(challengeId), 'delayed');
      clock.forward(pause - 1);
      const before = log.lines.length;
      assert.equal(await outbox.deliverDue(), 0);
      assert.equal(log.lines.length, before, 'not tried before its time');
      clock.forward(1);
    }
    const server = await openMailServer(gone.port);
    context.after(() => server.close());
    assert.equal(await outbox.deliverDue(), 1);
    assert.equal(await store.outbox.findDelivery(challengeId), 'sent');
    assert.equal(server.mails.length, 1);
    assert.doesNotMatch(JSON.stringify(log.lines), /ada|example\.com|123456/);
  });

  test('keeps a mail that the mail server refuses for now', async (context) => {
    const server = await openMailServer();
    context.after(() => server.close());
    const { outbox, clock, log, inFiveMinutes } = await bed(context, closing(context, smtp(server.url, { from: 'login@notes.example' })));
    server.refuse(true);
    await outbox.queue(mailTo('ada@example.com'), { expiresAt: inFiveMinutes() });
    assert.equal(await outbox.deliverDue(), 0);
    assert.equal(log.lines[0]?.fields['response_code'], 451);
    assert.doesNotMatch(JSON.stringify(log.lines), /ada|example\.com/);
    server.refuse(false);
    clock.forward(2);
    assert.equal(await outbox.deliverDue(), 1);
  });

  test('gives up when a mail is worth nothing any more', async (context) => {
    const sent: Mail[] = [];
    const { outbox, clock, inFiveMinutes } = await bed(context, { send: async (mail) => void sent.push(mail) });
    await outbox.queue(mailTo('ada@example.com'), { expiresAt: inFiveMinutes() });
    clock.forward(300);
    assert.equal(await outbox.deliverDue(), 0);
    assert.deepEqual(sent, []);
  });

  test('takes a mail again that a process which died had leased', async (context) => {
    const sent: Mail[] = [];
    const { outbox, store, clock, inFiveMinutes } = await bed(context, { send: async (mail) => void sent.push(mail) });
    await outbox.queue(mailTo('ada@example.com'), { expiresAt: inFiveMinutes() });
    const now = clock.now();
    const leased = await store.outbox.claimDue(now, new Date(now.getTime() + 180_000), 5);
    assert.equal(leased.length, 1);
    assert.equal(await outbox.deliverDue(), 0, 'it is another one\u2019s');
    clock.forward(180);
    assert.equal(await outbox.deliverDue(), 1);
    assert.equal(sent.length, 1);
  });

  test('sends no mail twice, however many look for due ones at once', async (context) => {
    const sent: string[] = [];
    const { deps, outbox, inFiveMinutes } = await bed(context, {
      async send({ to }) {
        await sleep(1);
        sent.push(to);
      },
    });
    const addresses = Array.from({ length: 40 }, (_, at) => `ada${at}@example.com`);
    for (const address of addresses) await outbox.queue(mailTo(address), { expiresAt: inFiveMinutes() });
    const others = Array.from({ length: 4 }, () => createOutbox(deps));
    const counts = await Promise.all([outbox, outbox, ...others].map((each) => each.deliverDue()));
    assert.equal(counts.reduce((sum, count) => sum + count, 0), 40);
    assert.deepEqual(sent.toSorted(), addresses.toSorted());
  });

  test('has no more than five mails on their way at once, and a slow one holds up no other', async (context) => {
    let onTheirWay = 0;
    let most = 0;
    const sent: string[] = [];
    const slow = Promise.withResolvers<void>();
    const { outbox, inFiveMinutes } = await bed(context, {
      async send({ to }) {
        onTheirWay += 1;
        most = Math.max(most, onTheirWay);
        await (to === 'slow@example.com' ? slow.promise : sleep(1));
        onTheirWay -= 1;
        sent.push(to);
      },
    });
    await outbox.queue(mailTo('slow@example.com'), { expiresAt: inFiveMinutes() });
    for (let at = 0; at < 20; at += 1) await outbox.queue(mailTo(`ada${at}@example.com`), { expiresAt: inFiveMinutes() });
    const delivery = outbox.deliverDue();
    while (sent.length < 20) await sleep(1);
    slow.resolve();
    assert.equal(await delivery, 21);
    assert.ok(most > 1 && most <= 5, `${most} at once`);
  });

  test('delivering what is due waits for what the background has on its way already', async (context) => {
    const sent: Mail[] = [];
    const onItsWay = Promise.withResolvers<void>();
    const { outbox, inFiveMinutes } = await bed(context, {
      async send(mail) {
        onItsWay.resolve();
        await sleep(20);
        sent.push(mail);
      },
    });
    outbox.start();
    await outbox.queue(mailTo('ada@example.com'), { expiresAt: inFiveMinutes() });
    await onItsWay.promise;
    await outbox.deliverDue();
    assert.equal(sent.length, 1);
    await outbox.stop();
  });

  test('delivers in the background once it is started, and waits for what is on its way when it is stopped', async (context) => {
    const sent: Mail[] = [];
    const onItsWay = Promise.withResolvers<void>();
    let isClosed = false;
    const { outbox, inFiveMinutes } = await bed(context, {
      async send(mail) {
        onItsWay.resolve();
        await sleep(20);
        sent.push(mail);
      },
      close() {
        isClosed = true;
      },
    });
    outbox.start();
    await outbox.queue(mailTo('ada@example.com'), { expiresAt: inFiveMinutes() });
    assert.equal(sent.length, 0, 'nobody waits for the mail server');
    await onItsWay.promise;
    await outbox.stop();
    assert.equal(sent.length, 1);
    assert.equal(isClosed, true, 'nothing keeps the process');
    await outbox.queue(mailTo('ada@example.com'), { expiresAt: inFiveMinutes() });
    await sleep(5);
    assert.equal(sent.length, 1);
  });

  test('is part of its caller\u2019s transaction: what was rolled back is not sent', async (context) => {
    const sent: Mail[] = [];
    const { outbox, store, inFiveMinutes } = await bed(context, { send: async (mail) => void sent.push(mail) });
    await assert.rejects(
      store.transaction(async (within) => {
        await outbox.queue(mailTo('ada@example.com'), { expiresAt: inFiveMinutes() }, within);
        throw new Error('rolled back');
      }),
      /rolled back/,
    );
    assert.equal(await outbox.deliverDue(), 0);
    await store.transaction((within) => outbox.queue(mailTo('ada@example.com'), { expiresAt: inFiveMinutes() }, within));
    assert.equal(await outbox.deliverDue(), 1);
    assert.equal(sent.length, 1);
  });

  test('stores nothing that can be read', async (context) => {
    const { outbox, store, clock, inFiveMinutes } = await bed(context, { send: async () => undefined });
    await outbox.queue(mailTo('ada@example.com', 'secret 123456'), { expiresAt: inFiveMinutes() });
    const [row] = await store.outbox.claimDue(clock.now(), inFiveMinutes(), 1);
    assert.ok(row);
    assert.doesNotMatch(JSON.stringify(row), /ada|example\.com|123456/);
    assert.throws(() => vault.open(row.sealed, 'outbox.sealed:another'));
  });
});
