import { isIPv4, isIPv6 } from 'node:net';

/**
 * Whoever has one address of IPv6 has the /64 around it (RFC 4291, section 2.5.4): that is the caller. An IPv4 address in
 * the form of IPv6 (section 2.5.5.2) is that address, however it is written; the port that some proxies add is no part of it.
 * So is one behind a translator (RFC 6052, section 2.1): a network without IPv4 has all of its visitors by IPv4 in that /64.
 */
export function callerOf(address: string): string {
  const bare = withoutPort(address);
  if (!isIPv6(bare)) return bare;
  const groups = groupsOf(bare);
  return isOfIpv4(groups) ? dotted(groups) : `${groups.slice(0, 4).map((group) => group.toString(16)).join(':')}::/64`;
}

/** The address as a person knows it: one of IPv4 is written as such, though a socket that takes both kinds says `::ffff:192.0.2.1`. */
export function plainAddress(address: string): string {
  const groups = isIPv6(address) ? groupsOf(address) : [];
  return isOfIpv4(groups) ? dotted(groups) : address;
}

function withoutPort(address: string): string {
  const [, inBrackets] = /^\[([^\]]+)\](?::\d+)?$/.exec(address) ?? [];
  const [, before = ''] = /^([\d.]+):\d+$/.exec(address) ?? [];
  return inBrackets ?? (isIPv4(before) ? before : address);
}

/** The eight of them. */
function groupsOf(address: string): readonly number[] {
  const [head = '', tail = ''] = (address.split('%')[0] ?? '').split('::');
  const [before, after] = [numbersOf(head), numbersOf(tail)];
  return [...before, ...Array.from({ length: Math.max(0, 8 - before.length - after.length) }, () => 0), ...after];
}

/** An IPv4 address at the end stands for two groups. */
function numbersOf(text: string): readonly number[] {
  if (text === '') return [];
  return text.split(':').flatMap((group) => {
    const [a = 0, b = 0, c = 0, d = 0] = group.split('.').map(Number);
    return group.includes('.') ? [a * 256 + b, c * 256 + d] : [Number.parseInt(group, 16)];
  });
}

/** `::ffff:0:0/96`, mapped, and `64:ff9b::/96`, translated. */
function isOfIpv4(groups: readonly number[]): boolean {
  return ['0,0,0,0,0,65535', '100,65435,0,0,0,0'].includes(groups.slice(0, 6).join());
}

function dotted(groups: readonly number[]): string {
  return groups.slice(6).flatMap((group) => [group >> 8, group & 255]).join('.');
}
