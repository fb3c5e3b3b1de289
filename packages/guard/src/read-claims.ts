import type { Auth } from './auth.ts';
import { TokenError } from './token-error.ts';

type Claims = Readonly<Record<string, unknown>>;

/** Verified claims → `Auth`. A claim of the wrong type refuses the token: nothing is guessed from a malformed one. */
export function readClaims(claims: Claims): Auth {
  const authTime = optional(claims, 'auth_time', isNumber);
  return Object.freeze({
    sub: required(claims, 'sub'),
    clientId: required(claims, 'client_id'),
    scopes: words(optional(claims, 'scope', isString)),
    roles: list(claims, 'roles'),
    permissions: list(claims, 'permissions'),
    acr: optional(claims, 'acr', isString),
    amr: list(claims, 'amr'),
    authTime: authTime === undefined ? undefined : new Date(authTime * 1000),
    sid: optional(claims, 'sid', isString),
    claims: freezeDeep(claims),
  });
}

/** A claim that RFC 9068, section 2.2 requires. */
export function required(claims: Claims, name: string): string {
  const value = optional(claims, name, isString);
  if (value === undefined || value === '') throw new TokenError('token_invalid', `claim ${name} is missing`);
  return value;
}

function optional<T>(claims: Claims, name: string, is: (value: unknown) => value is T): T | undefined {
  const value = claims[name];
  if (value === undefined || is(value)) return value;
  throw new TokenError('token_invalid', `claim ${name} has the wrong type`);
}

function list(claims: Claims, name: string): readonly string[] {
  return Object.freeze([...(optional(claims, name, isStrings) ?? [])]);
}

const words = (scope: string | undefined): readonly string[] =>
  Object.freeze((scope ?? '').split(' ').filter((word) => word !== ''));

const isString = (value: unknown): value is string => typeof value === 'string';
const isNumber = (value: unknown): value is number => typeof value === 'number' && Number.isFinite(value);
const isStrings = (value: unknown): value is readonly string[] => Array.isArray(value) && value.every(isString);

function freezeDeep<T>(value: T): T {
  if (typeof value !== 'object' || value === null) return value;
  Object.values(value).forEach(freezeDeep);
  return Object.freeze(value);
}
