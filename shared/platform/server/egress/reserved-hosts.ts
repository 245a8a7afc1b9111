import { networkInterfaces } from 'node:os';
import { canonicalAddress, isPublicAddress } from './public-address.ts';
import { type Lookup, systemResolver } from './resolver.ts';

/** A name or an address, without brackets, and a port. */
export interface Endpoint {
  host: string;
  port: number;
}

/** The servers of this deployment: no tool may reach them, whatever a tenant's egress settings list. */
export interface ReservedHosts {
  readonly ports: ReadonlySet<number>;
  /** Without DNS: is this host, as it is written, one of them? */
  includes(endpoint: Endpoint): boolean;
  /** Does one of the addresses, with this port, lead to one of them? */
  includesAny(addresses: readonly string[], port: number): Promise<boolean>;
}

/** Front ends serve many sites from one public address, so on their ports public addresses are compared by name only. */
const sharedPorts = [80, 443];

/**
 * Every address of this machine counts as the same one, so that no alias of a reserved host passes. A reserved name is
 * resolved at every check, because its address may change.
 */
export function createReservedHosts(
  endpoints: readonly Endpoint[],
  resolve: Lookup = systemResolver,
): ReservedHosts {
  const byPort = Map.groupBy(endpoints, ({ port }) => port);

  async function leadsTo({ host }: Endpoint, targets: ReadonlySet<string>): Promise<boolean> {
    const literal = canonicalAddress(host);
    if (literal !== null) return targets.has(machineOf(literal));
    const addresses = await resolve(host).catch(() => null);
    // What cannot be compared may be the same server; a public address is no risk then.
    if (addresses === null) return [...targets].some((target) => !isPublicAddress(target));
    return addresses.some(({ address }) => targets.has(machineOf(canonicalAddress(address) ?? address)));
  }

  return {
    ports: new Set(byPort.keys()),
    includes({ host, port }) {
      const reserved = byPort.get(port);
      if (!reserved) return false;
      const wanted = nameOf(host);
      return reserved.some((endpoint) => nameOf(endpoint.host) === wanted);
    },
    async includesAny(addresses, port) {
      const reserved = byPort.get(port);
      if (!reserved) return false;
      const shared = sharedPorts.includes(port);
      const targets = new Set(
        addresses
          .map((address) => machineOf(canonicalAddress(address) ?? address))
          .filter((target) => !(shared && isPublicAddress(target))),
      );
      // A call to a public site, the usual one, looks up nothing more.
      if (targets.size === 0) return false;
      for (const endpoint of reserved) if (await leadsTo(endpoint, targets)) return true;
      return false;
    },
  };
}

/** One text for every way to write the host. */
function nameOf(host: string): string {
  const name = host.toLowerCase().replace(/\.$/, '');
  if (name === 'localhost' || name.endsWith('.localhost')) return 'loopback';
  const literal = canonicalAddress(name);
  return literal === null ? name : machineOf(literal);
}

/** `loopback` for every address of this machine. */
function machineOf(canonical: string): string {
  const own = Object.values(networkInterfaces()).some((addresses) =>
    addresses?.some(({ address }) => canonicalAddress(address) === canonical),
  );
  return own ? 'loopback' : canonical;
}
