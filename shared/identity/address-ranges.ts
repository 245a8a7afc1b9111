import ipaddr from 'ipaddr.js';

/** Shorthands such as `10`, and octal or hexadecimal numbers, are easily misread. */
const plainIpv4 = /^(?:(?:0|[1-9]\d{0,2})(?:\.|$|\/)){4}\d*$/;

/** An address is a range of its own. */
function parseRange(range: string): [ipaddr.IPv4 | ipaddr.IPv6, number] {
  if (range.includes('/')) return ipaddr.parseCIDR(range);
  const address = ipaddr.parse(range);
  return [address, address.kind() === 'ipv4' ? 32 : 128];
}

/**
 * A range as it is stored: `10.0.0.0/8`, `2001:db8::/32`, or one address. An IPv4 address inside of IPv6 is an IPv4 one.
 * @returns null when it is none
 */
export function normalRange(text: string): string | null {
  try {
    let [address, bits] = parseRange(text.trim());
    if (address.kind() === 'ipv4' && !plainIpv4.test(text.trim())) return null;
    if (address instanceof ipaddr.IPv6 && address.isIPv4MappedAddress()) {
      if (bits < 96) return null;
      address = address.toIPv4Address();
      bits -= 96;
    }
    return `${address.toString()}/${bits}`;
  } catch {
    return null;
  }
}

/** Whether an address is in one of these ranges; `::ffff:10.0.0.1` is `10.0.0.1`. */
export function isInRanges(address: string, ranges: readonly string[]): boolean {
  if (!ipaddr.isValid(address)) return false;
  const parsed = ipaddr.process(address);
  return ranges.some((range) => {
    const [network, bits] = parseRange(range);
    return network.kind() === parsed.kind() && parsed.match(network, bits);
  });
}
