import { z } from 'zod';

/**
 * A password as it came. Far longer than any that is taken: what is too long is told by its own code. Half a surrogate pair
 * has no UTF-8: it would be hashed as another character, the same for all of them.
 */
export const typedPassword = z.string().max(2_000).refine((password) => password.isWellFormed());
