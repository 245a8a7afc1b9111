import { lookup as systemLookup } from 'node:dns/promises';
import { isIP, type LookupFunction } from 'node:net';
import { buildConnector } from 'undici';
import { EgressRefused } from './egress-error.ts';
import { isLinkOrMetadataAddress, isPublicAddress } from './public-address.ts';

export interface ResolvedAddress {
  address: string;
  family: number;
}
export type Lookup = (hostname: string) => Promise<ResolvedAddress[]>;

export const systemResolver: Lookup = (hostname) => systemLookup(hostname, { all: true });

/** `host:port` as `privateHosts` lists it: lower case, IPv6 in brackets, always with a port. */
export function hostAndPort(url: URL): string {
  const port = url.port || (url.protocol === 'https:' ? '443' : '80');
  return `${url.hostname.toLowerCase()}:${port}`;
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
export function assertLiteralAllowed(url: URL, privateHosts: readonly string[]): void {
  const literal = literalOf(url);
  if (literal !== null && !isAllowed(literal, isListed(url, privateHosts))) throw refusal(url, [literal]);
}

function literalOf(url: URL): string | null {
  const literal = url.hostname.replace(/^\[(.*)\]$/, '$1');
  return isIP(literal) === 0 ? null : literal;
}

/** Connects to one origin, and only to addresses checked in the same lookup. */
export function guardedConnector(
  origin: URL,
  privateHosts: readonly string[],
  resolve: Lookup,
): buildConnector.connector {
  const listed = isListed(origin, privateHosts);
  const lookup: LookupFunction = (hostname, options, callback) => {
    resolve(hostname).then(
      (addresses) => {
        const [first] = addresses;
        if (!first) return callback(Object.assign(new Error('no address'), { code: 'ENOTFOUND' }), '');
        // DNS rebinding mixes a private address with public ones: the whole result is refused.
        const refused = addresses.map(({ address }) => address).filter((each) => !isAllowed(each, listed));
        if (refused.length > 0) return callback(refusal(origin, refused), '');
        if (options.all) return callback(null, addresses);
        callback(null, first.address, first.family);
      },
      (error: NodeJS.ErrnoException) => callback(error, ''),
    );
  };
  const connect = buildConnector({ lookup, allowH2: false, autoSelectFamily: true, timeout: 10_000 });
  return (options, callback) => {
    try {
      assertLiteralAllowed(origin, privateHosts);
      if (
        `${options.protocol}//${options.host ?? options.hostname}` !== `${origin.protocol}//${origin.host}`
      ) {
        throw refusal(origin);
      }
    } catch (error) {
      callback(error as Error, null);
      return;
    }
    connect(options, callback);
  };
}

function isAllowed(address: string, listed: boolean): boolean {
  return listed ? !isLinkOrMetadataAddress(address) : isPublicAddress(address);
}

function isListed(url: URL, privateHosts: readonly string[]): boolean {
  const wanted = hostAndPort(url);
  return privateHosts.some((listed) => listed.toLowerCase() === wanted);
}

/** @param addresses those that are not allowed */
function refusal(url: URL, addresses: string[] = []): EgressRefused {
  return new EgressRefused(
    addresses.some(isLinkOrMetadataAddress)
      ? `${hostAndPort(url)} is not a public address but a link-local or metadata address, which egress settings cannot allow`
      : `${hostAndPort(url)} is not a public address, and this tenant's egress settings do not list it`,
  );
}
