type Body = () => void | Promise<void>;

interface Mocha {
  describe(name: string, body: () => void): void;
  it(name: string, body: Body): void;
  beforeEach(body: Body): void;
  afterEach(body: Body): void;
}

/** What the test runner puts on the page, under names that can be imported. */
export const { describe, it, beforeEach, afterEach } = globalThis as unknown as Mocha;

/** Fails with both values in the message. */
export function equal<T>(actual: T, expected: T, what = 'value'): void {
  const [left, right] = [JSON.stringify(actual), JSON.stringify(expected)];
  if (left !== right) throw new Error(`${what}: expected ${right}, got ${left}`);
}

/** Fails unless it is so. */
export function ok(value: unknown, what: string): asserts value {
  if (!value) throw new Error(`not so: ${what}`);
}
