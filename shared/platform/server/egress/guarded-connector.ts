import { isIP, type LookupFunction } from 'node:net';
import { buildConnector } from 'undici';
import { EgressRefused } from './egress-error.ts';
import { isLinkOrMetadataAddress, isPublicAddress } from './public-address.ts';
import type { Endpoint, ReservedHosts } from './reserved-hosts.ts';
import type { Lookup } from './resolver.ts';

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

/** Connects to one origin, and only to addresses checked in the same lookup. */
export function guardedConnector(
  origin: URL,
  rules: EgressRules,
  resolve: Lookup,
  identity?: TlsIdentity,
): buildConnector.connector {
  const listed = isListed(origin, rules.privateHosts);
  const { port } = endpointOf(origin);
  const literal = literalOf(origin);
  const lookup: LookupFunction = (hostname, options, callback) => {
    const resolved = async () => {
      const addresses = await resolve(hostname);
      const held = await rules.reserved.includesAny(
        addresses.map(({ address }) => address),
        port,
      );
      return { addresses, held };
    };
    resolved().then(
      ({ addresses, held }) => {
        const [first] = addresses;
        if (!first) return callback(Object.assign(new Error('no address'), { code: 'ENOTFOUND' }), '');
        // DNS rebinding mixes a private address with public ones: the whole result is refused.
        const refused = addresses.map(({ address }) => address).filter((each) => !isAllowed(each, listed));
        if (refused.length > 0) return callback(refusal(origin, refused), '');
        if (held) return callback(reservedRefusal(origin), '');
        if (options.all) return callback(null, addresses);
        callback(null, first.address, first.family);
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
    if (literal === null) return connect(options, callback);
    // A literal is not looked up, but the name of a reserved host may lead to it.
    void rules.reserved
      .includesAny([literal], port)
      .then((held) => (held ? callback(reservedRefusal(origin), null) : connect(options, callback)));
  };
}

function isAllowed(address: string, listed: boolean): boolean {
  return listed ? !isLinkOrMetadataAddress(address) : isPublicAddress(address);
}

function isListed(url: URL, privateHosts: readonly string[]): boolean {
  const wanted = hostAndPort(url);
  return privateHosts.some((listed) => listed.toLowerCase() === wanted);
}

/** It does not say which server it is. */
function reservedRefusal(url: URL): EgressRefused {
  return new EgressRefused(`${hostAndPort(url)} belongs to Interlock itself, so no tool may reach it`);
}

/** @param addresses those that are not allowed */
function refusal(url: URL, addresses: string[] = []): EgressRefused {
  return new EgressRefused(
    addresses.some(isLinkOrMetadataAddress)
      ? `${hostAndPort(url)} is not a public address but a link-local or metadata address, which egress settings cannot allow`
      : `${hostAndPort(url)} is not a public address, and this tenant's egress settings do not list it`,
  );
}
