/**
 * The method `recovery-code`: codes on paper, each good once, in place of a second factor that is not at hand.
 *
 * Owns: the codes, what is kept of them, one use a code.
 * Does not own: when new ones are shown (flows), notices.
 */
import type { RecoveryCodeId, Sealed } from '../../model/ids.ts';
import type { Verdict } from '../../model/proof.ts';
import type { RecoveryCode } from '../../model/recovery-code.ts';
import type { Random } from '../../ports/random.ts';
import type { Store } from '../../ports/store.ts';
import { judgeSecondFactor, type SecondFactorDeps, type Taken } from '../judge-second-factor.ts';
import type { ProvedContext } from '../second-factor-lock.ts';
import { newPaperCode, normalizePaperCode } from '../paper-code.ts';

/** Only ever a second factor, and always in the place of another. */
export interface RecoveryCodeMethod {
  answer(context: ProvedContext, typed: string): Promise<Verdict>;
  /** New codes for a user; the flow keeps them until one of them is typed. */
  make(context: ProvedContext): Sealed;
  /** The same as the person sees them. */
  show(made: Sealed, context: ProvedContext): readonly string[];
  /** What is kept of them, if what was typed is one of them. */
  confirm(made: Sealed, typed: string, context: ProvedContext): readonly RecoveryCode[] | undefined;
  /** New codes outside of a flow: as the person sees them, once, and what is kept of them. */
  renew(owner: Pick<ProvedContext, 'app' | 'user'>): { readonly shown: readonly string[]; readonly kept: readonly RecoveryCode[] };
}

interface Deps extends SecondFactorDeps {
  readonly random: Random;
}

const bindingOfNew = ({ flow, user }: ProvedContext): string => `flow.recovery_codes:${flow.id}:${user.id}`;
const bindingOfKept = (id: RecoveryCodeId): string => `recovery_code.sealed_digest:${id}`;

/** The method `recovery-code` over a store and a vault. */
export function createRecoveryCodeMethod(deps: Deps): RecoveryCodeMethod {
  const { vault, random } = deps;
  const show: RecoveryCodeMethod['show'] = (made, context) => JSON.parse(vault.open(made, bindingOfNew(context))) as readonly string[];
  return {
    answer: (context, typed) => answer(context, typed, deps),
    make: (context) => vault.seal(JSON.stringify(newCodes(context, random)), bindingOfNew(context)),
    renew: (owner) => {
      const shown = newCodes(owner, random);
      return { shown, kept: shown.map((code) => keep(code, owner, deps)) };
    },
    show,
    confirm: (made, typed, context) => {
      const codes = show(made, context);
      const code = normalizePaperCode(typed);
      if (code === undefined || !codes.some((shown) => normalizePaperCode(shown) === code)) return undefined;
      return codes.map((shown) => keep(shown, context, deps));
    },
  };
}

function newCodes({ app }: Pick<ProvedContext, 'app'>, random: Random): readonly string[] {
  return Array.from({ length: app.preferences.methods['recovery-code'].codes }, () => newPaperCode(random));
}

/** Hashed and then sealed: 80 bits would be too few for a hash alone (NIST SP 800-63B-4, section 3.1.2.2). */
function keep(shown: string, { user }: Pick<ProvedContext, 'user'>, { vault, random, clock }: Deps): RecoveryCode {
  const id = random.id() as RecoveryCodeId;
  const digest = vault.digest('recovery-code', normalizePaperCode(shown) ?? '');
  return { id, userId: user.id, sealedDigest: vault.seal(digest, bindingOfKept(id)), createdAt: clock.now() };
}

async function answer(context: ProvedContext, typed: string, deps: Deps): Promise<Verdict> {
  const code = normalizePaperCode(typed);
  // A slip of the hand, not a guess: no attempt is spent.
  if (code === undefined) return { outcome: 'spent', code: 'recovery_code_wrong' };
  const take = (store: Store): Promise<Taken> => takeCode(code, context, { ...deps, store });
  return judgeSecondFactor(context, { method: 'recovery-code', amr: ['recovery'], take, wrong: 'recovery_code_wrong', used: 'recovery_code_wrong' }, deps);
}

/** All of the user's are opened and compared, whichever it is. */
async function takeCode(code: string, { user }: ProvedContext, { store, vault }: Deps): Promise<Taken> {
  const digest = vault.digest('recovery-code', code);
  const kept = await store.recoveryCodes.listOf(user.id);
  const [match] = kept.filter(({ id, sealedDigest }) => vault.matches(digest, vault.open(sealedDigest, bindingOfKept(id)) as typeof digest));
  if (match === undefined) return 'wrong';
  return (await store.recoveryCodes.claim(match.id, user.id)) ? 'taken' : 'used';
}
