import { methodNames, type MethodName } from '@portico/contract';
import type { RequestFromBackend } from './flow-caller.ts';

/**
 * What this browser remembers between two loads: the request that a reload resumes (no secret) and, as a hint, the last
 * method. A storage that is full or forbidden costs a click, never a sign-in, so every failure is ignored.
 */
const prefix = 'portico:';

/** The request that was fetched from this `login-url`, if it is not finished. */
export function recallRequest(loginUrl: string): RequestFromBackend | undefined {
  try {
    const found: unknown = JSON.parse(sessionStorage.getItem(requestKey(loginUrl)) ?? 'null');
    return isRequest(found) ? found : undefined;
  } catch {
    return undefined;
  }
}

/** Keeps a request for a reload of this tab. */
export function rememberRequest(loginUrl: string, { issuer, client_id, request_uri }: RequestFromBackend): void {
  quietly(() => sessionStorage.setItem(requestKey(loginUrl), JSON.stringify({ issuer, client_id, request_uri })));
}

/** Drops a request that is finished or refused. */
export function forgetRequest(loginUrl: string): void {
  quietly(() => sessionStorage.removeItem(requestKey(loginUrl)));
}

/** The method that worked last in this browser for this client. */
export function recallMethod(clientId: string): MethodName | undefined {
  try {
    const found = localStorage.getItem(methodKey(clientId));
    return methodNames.find((name) => name === found);
  } catch {
    return undefined;
  }
}

/** Keeps the method that worked. */
export function rememberMethod(clientId: string, method: MethodName): void {
  quietly(() => localStorage.setItem(methodKey(clientId), method));
}

/** "Not me": nothing of the last person stays. */
export function forgetMethod(clientId: string): void {
  quietly(() => localStorage.removeItem(methodKey(clientId)));
}

const requestKey = (loginUrl: string): string => `${prefix}request:${new URL(loginUrl, location.href).href}`;
const methodKey = (clientId: string): string => `${prefix}last-method:${clientId}`;

function isRequest(value: unknown): value is RequestFromBackend {
  if (typeof value !== 'object' || value === null) return false;
  return ['issuer', 'client_id', 'request_uri'].every((key) => typeof Reflect.get(value, key) === 'string');
}

function quietly(write: () => void): void {
  try {
    write();
  } catch {
    // Private windows and full storages: see above.
  }
}
