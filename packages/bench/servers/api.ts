/** An API on Koa: a bare route, the same behind `guard()`, and the same with a check by hand with jose. It signs the tokens for its own measuring. */
import { guard } from '@portico/guard';
import Router from '@koa/router';
import { createLocalJWKSet, exportJWK, generateKeyPair, jwtVerify, SignJWT } from 'jose';
import Koa, { type Middleware } from 'koa';
import { serve } from './serve.ts';

await serve(async (issuer) => {
  const audience = `${issuer}/api`;
  const { privateKey, publicKey } = await generateKeyPair('ES256');
  const jwks = { keys: [{ ...(await exportJWK(publicKey)), kid: 'one', alg: 'ES256', use: 'sig' }] };
  const sign = (id: number): Promise<string> =>
    new SignJWT({ client_id: 'bench', scope: 'notes', jti: `token-${id}` })
      .setProtectedHeader({ alg: 'ES256', kid: 'one', typ: 'at+jwt' })
      .setIssuer(issuer).setAudience(audience).setSubject('user-1').setIssuedAt().setExpirationTime('1h').sign(privateKey);
  const keySet = createLocalJWKSet(jwks);
  const checkByHand: Middleware = async (ctx, next) => {
    const token = ctx.get('authorization').slice('Bearer '.length);
    await jwtVerify(token, keySet, { issuer, audience, typ: 'at+jwt', algorithms: ['ES256'] });
    return next();
  };
  const answer: Middleware = (ctx) => {
    ctx.body = { ok: true };
  };
  const router = new Router();
  router.get('/bare', answer);
  router.get('/guarded', guard({ issuer, audience, jwks: () => Promise.resolve(jwks) }), answer);
  router.get('/by-hand', checkByHand, answer);
  router.get('/tokens/:count', async (ctx) => {
    ctx.body = await Promise.all(Array.from({ length: Number(ctx.params['count']) }, (_, id) => sign(id + performance.now())));
  });
  return new Koa().use(router.routes()).callback();
});
