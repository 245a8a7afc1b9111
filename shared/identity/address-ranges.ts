import ipaddr from 'ipaddr.js';

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
    // Shorthands such as `10` or `0x7f.1` are easily misread.
    if (address.kind() === 'ipv4' && !/^\d+\.\d+\.\d+\.\d+(\/\d+)?$/.test(text.trim())) return null;
    if (address instanceof ipaddr.IPv6 && address.isIPv4MappedAddress()) {
      if (bits < 96) return null;
      address = address.toIPv4Address();
      bits -= 96;
    }
    const { parts } = address as { parts?: number[]; octets?: number[] };
    return parts || bits <= 32 ? `${address.toString()}/${bits}` : null;
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
