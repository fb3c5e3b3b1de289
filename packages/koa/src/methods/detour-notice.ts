import { detourMail } from '../delivery/templates/detour.mail.ts';
import type { Detour, MethodContext } from './method.ts';
import { tellOwner, type TellDeps } from './tell-owner.ts';

/** Tells the owner of an account, by what is their own, that a code which went elsewhere was answered: it may have been somebody else. */
export type TellDetour = (context: MethodContext & { readonly detour: Detour }) => Promise<void>;

export function createDetourNotice(deps: TellDeps): TellDetour {
  return async ({ app, flow, user, detour }) => {
    if (user !== undefined) await tellOwner((input) => detourMail(input, detour.to), user, { app, flow, ...deps });
  };
}
