import { isIPv4, isIPv6 } from 'node:net';

/** Where a request comes from, as limits see it. */
export interface Origin {
  /** One IPv4 address, or a /64 of IPv6: what one connection is given, and changes within as it likes. */
  readonly sender: string;
  /** The /24 or the /48 around it: what one customer of a provider can easily come by. */
  readonly network: string;
}

/** The sender and the network behind an address, however it is written; anything else stands for itself. */
export function originOf(address: string): Origin {
  if (isIPv4(address)) return ofIPv4(address.split('.'));
  if (!isIPv6(address)) return { sender: address, network: address };
  const groups = groupsOf(address.replace(/%.*$/, ''));
  const isMapped = groups.slice(0, 5).every((group) => group === 0) && groups[5] === 0xffff;
  return isMapped ? ofIPv4(bytesOf(groups.slice(6)).map(String)) : ofIPv6(groups);
}

function ofIPv4(bytes: readonly string[]): Origin {
  return { sender: bytes.join('.'), network: `${bytes.slice(0, 3).join('.')}.0/24` };
}

function ofIPv6(groups: readonly number[]): Origin {
  const prefix = (count: number) =>
    groups
      .slice(0, count)
      .map((group) => group.toString(16))
      .join(':');
  return { sender: `${prefix(4)}::/64`, network: `${prefix(3)}::/48` };
}

/** The eight groups of an IPv6 address, with `::` filled in. */
function groupsOf(address: string): number[] {
  const [head = '', tail] = address.split('::');
  const [before, after] = [groupsIn(head), groupsIn(tail ?? '')];
  const left = tail === undefined ? 0 : 8 - before.length - after.length;
  return [...before, ...Array<number>(left).fill(0), ...after];
}

function groupsIn(part: string): number[] {
  return part.split(':').flatMap((group) => {
    if (group === '') return [];
    if (!group.includes('.')) return [Number.parseInt(group, 16)];
    const [a = 0, b = 0, c = 0, d = 0] = group.split('.').map(Number);
    return [a * 256 + b, c * 256 + d];
  });
}

function bytesOf(groups: readonly number[]): number[] {
  return groups.flatMap((group) => [group >> 8, group & 0xff]);
}
