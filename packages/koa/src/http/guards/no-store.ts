import type { Guard } from '../http-deps.ts';

/** Whatever carries a code, token, session or an error about them is kept by nobody (RFC 6749, section 5.1). */
export const noStore: Guard = () => (ctx, next) => {
  ctx.set('Cache-Control', 'no-store');
  ctx.set('Pragma', 'no-cache');
  return next();
};
