import type { Random } from '../../ports/random.ts';
import type { SecondFactorDeps } from '../judge-second-factor.ts';

/** What the method is given at start-up. */
export interface TotpDeps extends SecondFactorDeps {
  readonly random: Random;
}
