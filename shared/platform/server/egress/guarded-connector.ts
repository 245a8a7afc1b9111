import { isIP, type LookupFunction, type Socket } from 'node:net';
import { buildConnector } from 'undici';
import { EgressRefused } from './egress-error.ts';
import { type EgressProxy, openTunnel } from './proxy.ts';
import { isLinkOrMetadataAddress, isPublicAddress } from './public-address.ts';
import type { Endpoint, ReservedHosts } from './reserved-hosts.ts';
import type { Lookup, ResolvedAddress } from './resolver.ts';

/** What decides which addresses a connection may have. */
export interface EgressRules {
  /** Exact `host:port` of private addresses that may be reached. */
  privateHosts: readonly string[];
  reserved: ReservedHosts;
}

/** `host:port` as `privateHosts` lists it: lower case, IPv6 in brackets, always with a port. */
export function hostAndPort(url: URL): string {
  return `${url.hostname.toLowerCase()}:${portOf(url)}`;
}

export function endpointOf(url: URL): Endpoint {
  return { host: url.hostname.replace(/^\[(.*)\]$/, '$1'), port: portOf(url) };
}

function portOf(url: URL): number {
  return Number(url.port || (url.protocol === 'https:' ? 443 : 80));
}

/** Is the URL's host a link-local or metadata address? Egress settings cannot allow those. */
export function isNeverReached(url: URL): boolean {
  const literal = literalOf(url);
  return literal !== null && isLinkOrMetadataAddress(literal);
}

/**
 * The check that needs no DNS. Node does not call `connect.lookup` for IP literals, so they are checked here; URL
 * parsing has already turned decimal, hexadecimal, octal and short forms into dotted ones.
 * @throws EgressRefused
 */
export function assertLiteralAllowed(url: URL, { privateHosts, reserved }: EgressRules): void {
  const literal = literalOf(url);
  if (literal !== null && !isAllowed(literal, isListed(url, privateHosts))) throw refusal(url, [literal]);
  if (reserved.includes(endpointOf(url))) throw reservedRefusal(url);
}

function literalOf(url: URL): string | null {
  const { host } = endpointOf(url);
  return isIP(host) === 0 ? null : host;
}

/** What a connection presents, as PEM. */
export interface TlsIdentity {
  certificate: string;
  privateKey: string;
  passphrase: string | undefined;
  /** The authorities that the server's certificate must come from; undefined: the public ones. */
  ca: string | undefined;
}

/** How connections to one origin are made. */
export interface ConnectorOptions {
  rules: EgressRules;
  resolve: Lookup;
  identity?: TlsIdentity | undefined;
  /** Null: directly. */
  proxy: EgressProxy | null;
}

/** Connects to one origin, and only to addresses checked in the same lookup. */
export function guardedConnector(
  origin: URL,
  { rules, resolve, identity, proxy }: ConnectorOptions,
): buildConnector.connector {
  const listed = isListed(origin, rules.privateHosts);
  const { host, port } = endpointOf(origin);
  const literal = literalOf(origin);
  /** @throws EgressRefused, or the error of the resolver */
  const checkedAddresses = async (hostname: string): Promise<ResolvedAddress[]> => {
    const addresses = await resolve(hostname);
    const texts = addresses.map(({ address }) => address);
    const held = await rules.reserved.includesAny(texts, port);
    if (texts.length === 0) throw Object.assign(new Error('no address'), { code: 'ENOTFOUND' });
    // DNS rebinding mixes a private address with public ones: the whole result is refused.
    const refused = texts.filter((each) => !isAllowed(each, listed));
    if (refused.length > 0) throw refusal(origin, refused);
    if (held) throw reservedRefusal(origin);
    return addresses;
  };
  const lookup: LookupFunction = (hostname, options, callback) => {
    checkedAddresses(hostname).then(
      (addresses) => {
        if (options.all) return callback(null, addresses);
        callback(null, addresses[0]!.address, addresses[0]!.family);
      },
      (error: NodeJS.ErrnoException) => callback(error, ''),
    );
  };
  const connect = buildConnector({
    lookup,
    allowH2: false,
    autoSelectFamily: true,
    timeout: 10_000,
    ...(identity && {
      cert: identity.certificate,
      key: identity.privateKey,
      passphrase: identity.passphrase,
      ca: identity.ca,
    }),
  });
  return (options, callback) => {
    try {
      assertLiteralAllowed(origin, rules);
      if (
        `${options.protocol}//${options.host ?? options.hostname}` !== `${origin.protocol}//${origin.host}`
      ) {
        throw refusal(origin);
      }
    } catch (error) {
      callback(error as Error, null);
      return;
    }
    if (proxy) {
      const addresses = literal === null ? checkedAddresses(host) : checkedLiteral(literal);
      void addresses
        .then((checked) => tunnelTo(proxy, checked))
        .then(
          (httpSocket) =>
            options.protocol === 'https:'
              ? connect({ ...options, httpSocket }, callback)
              : callback(null, httpSocket.setNoDelay(true)),
          (error: Error) => callback(error, null),
        );
      return;
    }
    if (literal === null) return connect(options, callback);
    void checkedLiteral(literal).then(
      () => connect(options, callback),
      (error: Error) => callback(error, null),
    );
  };

  /** A literal is not looked up, but the name of a reserved host may lead to it. */
  async function checkedLiteral(address: string): Promise<ResolvedAddress[]> {
    if (await rules.reserved.includesAny([address], port)) throw reservedRefusal(origin);
    return [{ address, family: isIP(address) }];
  }

  async function tunnelTo(proxy: EgressProxy, addresses: ResolvedAddress[]): Promise<Socket> {
    const shown = hostAndPort(origin);
    if (proxy.target === 'name') return openTunnel(proxy, { host, port }, shown);
    // Most proxies have IPv4. Another address is tried where the proxy cannot connect to one.
    const sorted = addresses.toSorted((one, other) => one.family - other.family).slice(0, maxTunnels);
    for (const [index, { address }] of sorted.entries()) {
      try {
        return await openTunnel(proxy, { host: address, port }, shown);
      } catch (error) {
        if (index === sorted.length - 1 || error instanceof EgressRefused) throw error;
      }
    }
    throw new Error('No address was checked');
  }
}

/** Addresses of a name that are tried through the proxy. */
const maxTunnels = 3;

function isAllowed(address: string, listed: boolean): boolean {
  return listed ? !isLinkOrMetadataAddress(address) : isPublicAddress(address);
}

function isListed(url: URL, privateHosts: readonly string[]): boolean {
  const wanted = hostAndPort(url);
  return privateHosts.some((listed) => listed.toLowerCase() === wanted);
}

/** It does not say which server it is. */
function reservedRefusal(url: URL): EgressRefused {
  return new EgressRefused(
    'reserved',
    `${hostAndPort(url)} belongs to Interlock itself, so no tool may reach it`,
  );
}

/** @param addresses those that are not allowed */
function refusal(url: URL, addresses: string[] = []): EgressRefused {
  return new EgressRefused(
    'address',
    addresses.some(isLinkOrMetadataAddress)
      ? `${hostAndPort(url)} is not a public address but a link-local or metadata address, which egress settings cannot allow`
      : `${hostAndPort(url)} is not a public address, and the organization has not listed it. A tenant admin can do so in Settings → Private addresses`,
  );
}
