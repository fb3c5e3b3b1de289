import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { stepUpPath } from './step-up-path.ts';

const page = { returnTo: '/notes?id=1' };

describe('the address that steps up (RFC 9470)', () => {
  const table: readonly (readonly [string, string | null | undefined, string | undefined])[] = [
    ['a level and an age', 'Bearer realm="api", error="insufficient_user_authentication", error_description="A stronger, more recent sign-in", acr_values="mfa phr", max_age="300"', '/login?kind=step-up&acr_values=mfa+phr&max_age=300&return_to=%2Fnotes%3Fid%3D1'],
    ['an age alone, unquoted', 'bearer error=insufficient_user_authentication,max_age=5', '/login?kind=step-up&max_age=5&return_to=%2Fnotes%3Fid%3D1'],
    ['another scheme before it', 'Basic realm="a, Bearer", Bearer error="insufficient_user_authentication", acr_values="mfa"', '/login?kind=step-up&acr_values=mfa&return_to=%2Fnotes%3Fid%3D1'],
    ['a level with what an address has to escape', 'Bearer error="insufficient_user_authentication", acr_values="a&return_to=//evil.example"', '/login?kind=step-up&acr_values=a%26return_to%3D%2F%2Fevil.example&return_to=%2Fnotes%3Fid%3D1'],
    ['another error', 'Bearer error="invalid_token", acr_values="mfa"', undefined],
    ['the error within a description', 'Bearer error="invalid_token", error_description="error=\\"insufficient_user_authentication\\""', undefined],
    ['another scheme', 'Basic error="insufficient_user_authentication"', undefined],
    ['no header', null, undefined],
    ['an empty header', '', undefined],
  ];
  for (const [name, challenge, path] of table) {
    test(`${name}: ${path ?? 'none'}`, () => assert.equal(stepUpPath(challenge, page), path));
  }

  test('the login may be elsewhere', () => {
    assert.equal(stepUpPath('Bearer error="insufficient_user_authentication"', { ...page, loginPath: '/in' }), '/in?kind=step-up&return_to=%2Fnotes%3Fid%3D1');
  });
});
