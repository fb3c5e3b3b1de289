import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { authRefusal } from '../../test/oauth-refusal.ts';
import { startIssuer } from '../../test/start-issuer.ts';
import { checkClient } from './check-client.ts';

describe('the client of a request (RFC 6749, section 4.1.2.1)', () => {
  test('one that is registered is found', async () => {
    assert.equal((await checkClient({ client_id: 'shop-web' }, await startIssuer())).name, 'Shop');
  });

  test('missing, unknown and repeated ones end on our own page', async () => {
    const issuer = await startIssuer();
    for (const parameters of [{}, { client_id: '' }, { client_id: 'nobody' }, { client_id: 'SHOP-WEB' }, { client_id: 'shop-web ' }, { client_id: ['shop-web', 'shop-web'] }]) {
      await assert.rejects(checkClient(parameters, issuer), authRefusal('client_unknown'));
    }
  });
});
