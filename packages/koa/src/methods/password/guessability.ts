/**
 * Whether a password is easy to guess: a leaked one, words, rows of keys, repeats, and what simple rules make of them.
 *
 * Owns: the judgement, offline, and its cost. Does not own: the rules that can be told in advance.
 */

/** Of a longer password the beginning is judged: a whole one would hold the process up for seconds. */
const judgedUnits = 48;
/** Beyond this many exchanged letters a word is no longer tried: the work grows with each. */
const mostExchanges = 8;
/** Fewer than 10⁸ guesses (a score below 3) do not stand even a patient attack without a lock. */
const leastScore = 3;

interface Estimator {
  check(password: string, personal: string[]): { readonly score: number };
}

let estimator: Promise<Estimator> | undefined;

/** Three hundred thousand words, some fifty megabytes in memory: fetched when somebody makes up a password, and not before. */
async function load(): Promise<Estimator> {
  const [{ ZxcvbnFactory }, common, english] = await Promise.all([
    import('@zxcvbn-ts/core'), import('@zxcvbn-ts/language-common'), import('@zxcvbn-ts/language-en'),
  ]);
  return new ZxcvbnFactory({
    dictionary: { ...common.dictionary, ...english.dictionary },
    graphs: common.adjacencyGraphs,
    maxLength: judgedUnits,
    l33tMaxSubstitutions: mostExchanges,
  });
}

/** How long the code of a country may be (E.164): a number is known with it and without. */
const longestCountryCode = 3;

/** What a person is called, as far as it is known. */
interface Personal {
  readonly email?: string | undefined;
  readonly phone?: string | undefined;
  readonly username?: string | undefined;
}

/** What whoever knows a person tries first: their address, their number, their username and the app's name, whole and in parts. */
export function personalWords({ email, phone, username }: Personal, appName: string): readonly string[] {
  const [local = '', domain = ''] = (email ?? '').split('@');
  const parts = [...local.split(/[^\p{L}\p{N}]+/u), ...domain.split('.').slice(0, -1), ...(username ?? '').split(/[._-]/), ...appName.split(/\s+/)];
  const digits = phone?.replace('+', '') ?? '';
  const numbers = Array.from({ length: longestCountryCode + 1 }, (_, from) => digits.slice(from));
  const whole = [email ?? '', local, domain, appName, phone ?? '', username ?? '', ...numbers];
  return [...new Set([...whole, ...parts].map((word) => word.toLowerCase()))].filter((word) => word.length >= 3);
}

/** Easy to guess for everybody, or for whoever knows these words; nothing if it is hard. */
export async function judgeGuessability(password: string, personal: readonly string[]): Promise<'guessable' | 'personal' | undefined> {
  estimator ??= load();
  const loaded = await estimator;
  const isHard = (words: readonly string[]): boolean => loaded.check(password, [...words]).score >= leastScore;
  if (isHard(personal)) return undefined;
  return isHard([]) ? 'personal' : 'guessable';
}
