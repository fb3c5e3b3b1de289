import type { Client } from '../../model/app.ts';

const longestAddress = 2_000;

/** A page that holds the widget may be come back to, and no other: one of the client's origins, or our own (RFC 9700, section 4.11.1). */
export function mayReturnTo(address: string, { origins }: Client, issuer: string): boolean {
  if (address.length > longestAddress || !URL.canParse(address)) return false;
  const { protocol, origin, username, password, hash } = new URL(address);
  if (username !== '' || password !== '' || hash !== '' || (protocol !== 'https:' && protocol !== 'http:')) return false;
  return origin === new URL(issuer).origin || origins.includes(origin);
}
