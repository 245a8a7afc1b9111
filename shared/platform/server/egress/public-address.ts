import ipaddr from 'ipaddr.js';

type Cidr = [ipaddr.IPv4 | ipaddr.IPv6, number];
const cidrs = (...ranges: string[]): Cidr[] => ranges.map((range) => ipaddr.parseCIDR(range));

/** Denied: private, metadata, benchmark, tunnel and documentation addresses. */
const deniedV4 = cidrs(
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '168.63.129.16/32',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.31.196.0/24',
  '192.52.193.0/24',
  '192.88.99.0/24',
  '192.168.0.0/16',
  '192.175.48.0/24',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/4',
  '240.0.0.0/4',
);
const globalV6 = ipaddr.parseCIDR('2000::/3');
const deniedV6 = cidrs(
  '2001::/23', // Teredo, ORCHID, benchmarking
  '2001:db8::/32',
  '2002::/16', // 6to4 carries any IPv4 address
  '2620:4f:8000::/48',
  '3fff::/20',
);

/** Addresses that give credentials to every caller, or that reach only the local link. */
const linkOrMetadata = cidrs(
  '169.254.0.0/16',
  '168.63.129.16/32', // Azure
  '100.100.100.200/32', // Alibaba
  '192.0.0.192/32', // Oracle
  'fe80::/10',
  'fd00:ec2::254/128', // AWS
  'fd20:ce::254/128', // Google
  'fd00:c1::a9fe:a9fe/128', // Oracle
);

/** IPv6 networks that a translator may take to the IPv4 address inside, and the byte where that begins. */
const carriesV4: [Cidr, number][] = [
  [ipaddr.parseCIDR('::/96'), 12],
  [ipaddr.parseCIDR('::ffff:0:0:0/96'), 12],
  [ipaddr.parseCIDR('64:ff9b::/96'), 12],
  [ipaddr.parseCIDR('64:ff9b:1::/48'), 12],
  [ipaddr.parseCIDR('2002::/16'), 2],
];

/**
 * May any tenant's tools connect to this address? Public IPv4 unicast and IPv6 2000::/3, minus explicit denies.
 * Unknown forms are not public. IPv4 inside IPv6 counts as that IPv4 address.
 */
export function isPublicAddress(ip: string): boolean {
  const address = parse(ip);
  if (!address) return false;
  if (address instanceof ipaddr.IPv4) return address.range() === 'unicast' && !within(address, deniedV4);
  return address.match(globalV6) && !within(address, deniedV6);
}

/** Link-local and metadata addresses, inside IPv6 too. No tool may reach them, not even when they are listed. */
export function isLinkOrMetadataAddress(ip: string): boolean {
  const address = parse(ip);
  return !address || within(address, linkOrMetadata) || within(carriedV4(address), linkOrMetadata);
}

/**
 * One text for every way to write an address: IPv4 inside IPv6 counts as that IPv4 address, and every loopback or
 * unspecified address is `loopback`.
 * @returns null when it is not an address
 */
export function canonicalAddress(ip: string): string | null {
  const address = parse(ip);
  if (!address) return null;
  const inner = carriedV4(address);
  const here = [address, inner].some((form) => ['loopback', 'unspecified'].includes(form.range()));
  return here ? 'loopback' : inner.toString();
}

function carriedV4(address: ipaddr.IPv4 | ipaddr.IPv6): ipaddr.IPv4 | ipaddr.IPv6 {
  const carrier = carriesV4.find(([range]) => within(address, [range]));
  return carrier ? new ipaddr.IPv4(address.toByteArray().slice(carrier[1], carrier[1] + 4)) : address;
}

function parse(ip: string): ipaddr.IPv4 | ipaddr.IPv6 | null {
  const bare = ip.replace(/^\[(.*)\]$/, '$1').replace(/%.*$/, '');
  // The parser also takes octal and short forms, which different systems read differently.
  if (!ipaddr.IPv4.isValidFourPartDecimal(bare) && !ipaddr.IPv6.isValid(bare)) return null;
  return ipaddr.process(bare);
}

function within(address: ipaddr.IPv4 | ipaddr.IPv6, ranges: Cidr[]): boolean {
  return ranges.some((range) => range[0].kind() === address.kind() && address.match(range));
}
