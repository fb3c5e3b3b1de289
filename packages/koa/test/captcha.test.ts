import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { puzzleHeader, type CaptchaPuzzle, type PuzzleView } from '@portico/contract';
import { hcaptcha, recaptcha, turnstile, type Captcha, type CaptchaOptions } from '../src/index.ts';
import { Browser, isAt, isProblem, type FlowBody, type Reply } from './browser.ts';
import { captchaKeys, startCaptchaVendor, type CaptchaWorld } from './captcha-vendor.ts';
import { relyingParty } from './relying-party.ts';
import { answerTo, asWork } from './solve-puzzle.ts';
import { startPortico, type Portico } from './start-portico.ts';

const vendors = { turnstile, hcaptcha, recaptcha } satisfies Record<string, (options: CaptchaOptions) => Captcha>;

for (const [name, create] of Object.entries(vendors)) {
  describe(`the captcha of ${name}`, () => {
    let vendor: CaptchaWorld;
    let captcha: Captcha;
    before(async () => {
      vendor = await startCaptchaVendor();
      captcha = create({ ...captchaKeys, verifyUrl: vendor.verifyUrl, timeoutSeconds: 0.3 });
    });
    after(() => vendor.close());
    const verify = (token: string, asked = captcha): Promise<string> => asked.verify({ token, address: '192.0.2.1' });

    test('is solved by a token that its vendor gave, once, and the vendor is told whose it is', async () => {
      assert.equal(await verify('given-1'), 'solved');
      assert.deepEqual(vendor.asked.at(-1), { secret: captchaKeys.secret, response: 'given-1', remoteip: '192.0.2.1', sitekey: captchaKeys.siteKey });
      assert.equal(await verify('given-1'), 'refused');
      assert.equal(await verify('made-up'), 'refused');
    });

    test('is not solved on another page than one of the host', async () => {
      const narrow = create({ ...captchaKeys, verifyUrl: vendor.verifyUrl, hosts: ['app.example'] });
      assert.equal(await verify('given-2', narrow), 'refused');
      assert.equal(await verify('given-3', create({ ...captchaKeys, verifyUrl: vendor.verifyUrl, hosts: ['login.example'] })), 'solved');
    });

    test('is nobody’s fault where our secret is wrong', async () => {
      assert.equal(await verify('given-4', create({ ...captchaKeys, secret: 'another', verifyUrl: vendor.verifyUrl })), 'unavailable');
    });

    for (const how of ['silent', 'error-500', 'busy', 'html', 'empty', 'list', 'huge', 'redirect', 'cut'] as const) {
      test(`is neither solved nor refused by a vendor that misbehaves: ${how}`, async () => {
        vendor.misbehave(how);
        assert.equal(await verify('given-5'), 'unavailable');
        vendor.misbehave(undefined);
      });
    }

    test('is neither where nobody listens, and says at start-up what is missing', async () => {
      assert.equal(await verify('given-6', create({ ...captchaKeys, verifyUrl: 'http://127.0.0.1:1/' })), 'unavailable');
      assert.throws(() => create({ siteKey: 'a', secret: undefined }), /needs a siteKey and a secret/);
      assert.throws(() => create({ ...captchaKeys, verifyUrl: 'http://vendor.example/' }), /https/);
    });
  });
}

test('a reCAPTCHA that only says how likely a person is counts from so likely on', async () => {
  const vendor = await startCaptchaVendor();
  const captcha = recaptcha({ ...captchaKeys, verifyUrl: vendor.verifyUrl, leastScore: 0.7 });
  vendor.says = { score: 0.6 };
  assert.equal(await captcha.verify({ token: 'given-1', address: '192.0.2.1' }), 'refused');
  vendor.says = { score: 0.7 };
  assert.equal(await captcha.verify({ token: 'given-2', address: '192.0.2.1' }), 'solved');
  await vendor.close();
});

describe('an app that asks for captchas', () => {
  let vendor: CaptchaWorld;
  let service: Portico;
  before(async () => {
    vendor = await startCaptchaVendor();
    const captcha = turnstile({ ...captchaKeys, verifyUrl: vendor.verifyUrl, timeoutSeconds: 0.3 });
    service = await startPortico({ app: { preferences: { puzzles: { when: 'always', kind: 'captcha' } } }, auth: { captcha } });
  });
  after(() => Promise.all([service.close(), vendor.close()]));

  const asCaptcha = (puzzle: PuzzleView | undefined): CaptchaPuzzle => {
    assert.ok(puzzle?.kind === 'captcha', JSON.stringify(puzzle));
    return puzzle;
  };
  let people = 0;
  const ask = (browser: Browser, answer?: string): Promise<Reply<FlowBody>> => {
    people += 1;
    return browser.act('submit-identifier', { identifier: `captcha-${people}@example.test` }, answer === undefined ? {} : { [puzzleHeader]: answer });
  };
  const begin = async (): Promise<{ readonly browser: Browser; readonly puzzle: CaptchaPuzzle }> => {
    const browser = new Browser(service);
    await browser.startFlow({ create_new_user: true });
    return { browser, puzzle: asCaptcha(isProblem(await ask(browser), 403, 'puzzle_required').puzzle) };
  };

  test('names the vendor and its public key, and goes on with the vendor’s token', async () => {
    const { browser, puzzle } = await begin();
    assert.deepEqual([puzzle.vendor, puzzle.site_key], ['turnstile', captchaKeys.siteKey]);
    isAt((await ask(browser, `${puzzle.token}.given-.with.dots`)).body, 'enter-code');
    await browser.act('restart');
    asCaptcha(isProblem(await ask(browser, `${puzzle.token}.given-again`), 403, 'puzzle_required').puzzle);
  });

  test('takes a token of another flow’s captcha for nothing, and asks the vendor nothing', async () => {
    const [one, other] = [await begin(), await begin()];
    const before = vendor.asked.length;
    isProblem(await ask(other.browser, `${one.puzzle.token}.given-x`), 403, 'puzzle_required');
    assert.equal(vendor.asked.length, before);
  });

  test('asks for work instead where the vendor is out of reach, and nobody can choose that', async () => {
    const { browser, puzzle } = await begin();
    vendor.misbehave('silent');
    const instead = isProblem(await ask(browser, `${puzzle.token}.given-y`), 403, 'puzzle_required').puzzle;
    vendor.misbehave(undefined);
    assert.equal(asWork(instead).kind, 'work');
    isAt((await ask(browser, answerTo(instead))).body, 'enter-code');
    const again = await begin();
    asCaptcha(isProblem(await ask(again.browser, `${again.puzzle.token}.`), 403, 'puzzle_required').puzzle);
    asCaptcha(isProblem(await ask(again.browser, `${again.puzzle.token}.made-up`), 403, 'puzzle_required').puzzle);
  });

  test('lets the vendor’s script into its hosted page, and no other app’s page has it', async () => {
    const policyOf = async (at: Portico): Promise<string> => {
      const browser = new Browser(at);
      const { headers } = await relyingParty(at).authorize(browser);
      return (await browser.fetch(new URL(headers.get('Location') ?? '', at.issuer).href)).headers.get('Content-Security-Policy') ?? '';
    };
    assert.match(await policyOf(service), /script-src 'self' https:\/\/challenges\.cloudflare\.com; .*frame-src https:\/\/challenges\.cloudflare\.com;/);
    const other = await startPortico();
    assert.doesNotMatch(await policyOf(other), /cloudflare|frame-src|unsafe/);
    await other.close();
  });

  test('does not start without a captcha', async () => {
    await assert.rejects(startPortico({ app: { preferences: { puzzles: { kind: 'captcha' } } } }), /app "notes" asks for captchas, but there is no captcha/);
  });
});
