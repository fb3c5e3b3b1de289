/**
 * User number k of a grown store. Everything about them follows from a seed and their number, here and in SQL
 * (`population.ts`), so that whoever measures knows the secrets of any of ten million without having kept them.
 */
import { hash } from 'node:crypto';

/** The present of a grown store. */
export const now = new Date('2030-01-01T00:00:00.000Z');

export const clientId = 'growth-web';

/** As `Random` would make them: 32 bytes, base64url. */
export function secretOf(kind: string, k: number): string {
  return hash('sha256', `growth:${kind}:${k}`, 'base64url');
}

export function idOf(kind: string, k: number): string {
  return idFrom(secretOf(kind, k));
}

/** As long as those of `Random`. */
export function idFrom(secret: string): string {
  return secret.slice(0, 22);
}

/** As `Vault.digest` makes them. */
export function digestOf(purpose: 'session' | 'refresh-token' | 'authorization-code', secret: string): string {
  return hash('sha256', `${purpose}\0${secret}`, 'base64url');
}

export function emailOf(k: number): string {
  return `person-${k}@example.org`;
}

/** So many seconds from now. */
export function momentAt(seconds: number): Date {
  return new Date(now.getTime() + seconds * 1000);
}
