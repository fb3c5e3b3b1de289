/**
 * Whether a password is easy to guess: a leaked one, words, rows of keys, repeats, and what simple rules make of them.
 *
 * Owns: the judgement, offline, and its cost. Does not own: the rules that can be told in advance.
 */

/** Of a longer password the beginning is judged: a whole one would hold the process up for seconds. */
const judgedUnits = 48;
/** Beyond this many exchanged letters a word is no longer tried: the work grows with each. */
const mostExchanges = 8;
/**
 * Fewer do not stand even a patient attack without a lock. The estimator counts ten for a character in which it knows nothing,
 * so eight of them are as many: the shortest that an app may let people have. Its score of 3 begins a few guesses later.
 */
const leastGuesses = 10 ** 8;

interface Estimate {
  readonly guesses: number;
  readonly sequence: readonly { readonly pattern: string }[];
}

interface Estimator {
  check(password: string, personal: string[]): Estimate;
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

/** What is put between words and digits to be read more easily, and accents over letters. */
const separators = /[\s\p{Pd}\p{Cf}._,/+]/gu;
const accents = /[\u0300-\u036f]/g;
/** So few characters beside what is known of somebody are soon tried: 95⁴ are fewer than 10⁸. */
const leastBeside = 5;

/**
 * Easy to guess for everybody, or for whoever knows these words; nothing if it is hard. Judged as it is and without what is
 * put between and above letters: `pass word` is no harder than `password`.
 */
export async function judgeGuessability(password: string, personal: readonly string[]): Promise<'guessable' | 'personal' | undefined> {
  estimator ??= load();
  const loaded = await estimator;
  const bare = bareOf(password);
  const isHard = (words: readonly string[]): boolean =>
    areEnough(loaded.check(password, [...words])) && (bare === password || hidesNothing(loaded.check(bare, [...words])));
  if (isHard(personal) && !isMadeOf(password, personal)) return undefined;
  return isHard([]) ? 'personal' : 'guessable';
}

const areEnough = ({ guesses }: Estimate): boolean => guesses >= leastGuesses;

/** What is left without blanks and dots is shorter. It speaks against a password where something is known in it, and not where nothing is: a drawn one may have a dot. */
function hidesNothing(bare: Estimate): boolean {
  return areEnough(bare) || (bare.sequence.length > 0 && bare.sequence.every(({ pattern }) => pattern === 'bruteforce'));
}

/** Full-width letters are the plain ones here, and syllables stay together. */
function bareOf(text: string): string {
  return text.normalize('NFKD').replaceAll(accents, '').normalize('NFC').replaceAll(separators, '');
}

/** Whether next to nothing is left without these words: three of them in a row are many guesses to the estimator, and few to whoever knows them. */
function isMadeOf(password: string, personal: readonly string[]): boolean {
  const words = personal.map((word) => bareOf(word).toLowerCase()).filter((word) => word.length >= 3).toSorted((one, other) => other.length - one.length);
  const whole = bareOf(password).toLowerCase();
  const left = words.reduce((rest, word) => rest.replaceAll(word, ' '), whole);
  return left !== whole && left.replaceAll(' ', '').length < leastBeside;
}
