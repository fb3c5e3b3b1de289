import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { findStep } from './find-step.ts';
import { keyUri } from './key-uri.ts';
import { oneTimeDigits, stepAt } from './one-time-digits.ts';
import { base32 } from './totp-secret.ts';

const ofLength = (length: number): Buffer => Buffer.from('1234567890'.repeat(7).slice(0, length));
const secrets = { SHA1: ofLength(20), SHA256: ofLength(32), SHA512: ofLength(64) } as const;

/** RFC 6238, appendix B. */
const vectors: readonly (readonly [seconds: number, algorithm: keyof typeof secrets, digits: string])[] = [
  [59, 'SHA1', '94287082'], [59, 'SHA256', '46119246'], [59, 'SHA512', '90693936'],
  [1_111_111_109, 'SHA1', '07081804'], [1_111_111_109, 'SHA256', '68084774'], [1_111_111_109, 'SHA512', '25091201'],
  [1_111_111_111, 'SHA1', '14050471'], [1_111_111_111, 'SHA256', '67062674'], [1_111_111_111, 'SHA512', '99943326'],
  [1_234_567_890, 'SHA1', '89005924'], [1_234_567_890, 'SHA256', '91819424'], [1_234_567_890, 'SHA512', '93441116'],
  [2_000_000_000, 'SHA1', '69279037'], [2_000_000_000, 'SHA256', '90698825'], [2_000_000_000, 'SHA512', '38618901'],
  [20_000_000_000, 'SHA1', '65353130'], [20_000_000_000, 'SHA256', '77737706'], [20_000_000_000, 'SHA512', '47863826'],
];

/** RFC 4226, appendix D. */
const counters = ['755224', '287082', '359152', '969429', '338314', '254676', '287922', '162583', '399871', '520489'];

describe('the digits of an authenticator app', () => {
  for (const [seconds, algorithm, digits] of vectors) {
    test(`are those of RFC 6238 at ${seconds} seconds under ${algorithm}`, () => {
      const step = stepAt(new Date(seconds * 1_000), { periodSeconds: 30 });
      assert.equal(oneTimeDigits(secrets[algorithm], step, { algorithm, digits: 8 }), digits);
    });
  }

  test('are those of RFC 4226 for the first ten counters', () => {
    assert.deepEqual(counters.map((_, at) => oneTimeDigits(secrets.SHA1, at, { algorithm: 'SHA1', digits: 6 })), counters);
  });
});

describe('the window', () => {
  const parameters = { algorithm: 'SHA1', digits: 6, periodSeconds: 30 } as const;
  const now = new Date(1_234_567_890_000);
  const present = stepAt(now, parameters);
  const at = (steps: number): string => oneTimeDigits(secrets.SHA1, present + steps, parameters);
  const find = (typed: string, window: number): number | undefined => findStep(typed, { secret: secrets.SHA1, parameters }, { now, window });

  for (const window of [0, 1, 5]) {
    test(`of ${window} takes the digits of so many steps either way, and no more`, () => {
      for (let steps = -window; steps <= window; steps += 1) assert.equal(find(at(steps), window), present + steps);
      for (const steps of [-window - 1, window + 1]) assert.equal(find(at(steps), window), undefined);
    });
  }

  test('takes no digits of another length', () => {
    assert.equal(find(at(0).slice(0, 5), 1), undefined);
    assert.equal(find(`${at(0)}0`, 1), undefined);
  });
});

describe('what an authenticator app is told', () => {
  test('a secret is base32 without padding (RFC 4648, section 10)', () => {
    for (const [plain, encoded] of [['', ''], ['f', 'MY'], ['fo', 'MZXQ'], ['foo', 'MZXW6'], ['foob', 'MZXW6YQ'], ['fooba', 'MZXW6YTB'], ['foobar', 'MZXW6YTBOI']] as const) {
      assert.equal(base32(Buffer.from(plain)), encoded);
    }
  });

  test('names issuer and account, and only what is unusual beside them', () => {
    const usual = { algorithm: 'SHA1', digits: 6, periodSeconds: 30 } as const;
    const uri = keyUri(Buffer.from('foobar'), { issuer: 'Ann: Notes & Co', account: 'mia+x@example.test' }, usual);
    assert.equal(uri, 'otpauth://totp/Ann%20%20Notes%20%26%20Co:mia%2Bx%40example.test?secret=MZXW6YTBOI&issuer=Ann%20%20Notes%20%26%20Co');
    assert.match(keyUri(Buffer.from('foobar'), { issuer: 'N', account: 'm' }, { ...usual, algorithm: 'SHA256', digits: 8 }), /&algorithm=SHA256&digits=8$/);
  });
});
