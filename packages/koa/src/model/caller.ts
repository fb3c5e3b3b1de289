import { isIPv6 } from 'node:net';

/** Whoever has one address of IPv6 has the /64 around it (RFC 4291, section 2.5.4): that is the caller. */
export function callerOf(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (mapped !== undefined) return mapped;
  return isIPv6(address) ? networkOf(address) : address;
}

function networkOf(address: string): string {
  const [head = '', tail = ''] = (address.toLowerCase().split('%')[0] ?? '').split('::');
  const before = groupsOf(head);
  const after = groupsOf(tail);
  const between = Array.from({ length: Math.max(0, 8 - before.length - after.length) }, () => '0');
  const groups = [...before, ...between, ...after].slice(0, 4).map((group) => group.replace(/^0+(?=.)/, ''));
  return `${groups.join(':')}::/64`;
}

/** An IPv4 address at the end stands for two groups; which ones is of no matter to the network. */
function groupsOf(text: string): readonly string[] {
  if (text === '') return [];
  return text.split(':').flatMap((group) => (group.includes('.') ? [group, group] : [group]));
}
