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

/** `host:port` as `privateHosts` lists it: lower case, IPv6 in brackets, the port always there. */
export function hostAndPort(url: URL): string {
  const port = url.port || (url.protocol === 'https:' ? '443' : '80');
  return `${url.hostname.toLowerCase()}:${port}`;
}

/** Does the URL name a link-local or metadata address, which no listing opens? */
export function isNeverReached(url: URL): boolean {
  const literal = literalOf(url);
  return literal !== null && isLinkOrMetadataAddress(literal);
}

/**
 * The check that needs no resolution. `connect.lookup` is never asked about IP literals, so they are judged here;
 * URL parsing has turned decimal, hexadecimal, octal and short forms into dotted ones already.
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

/** Connects to one origin, and only to addresses that were checked in the same lookup. */
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
        // One private address among public ones is how rebinding begins: the whole answer is refused.
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

/** @param addresses why */
function refusal(url: URL, addresses: string[] = []): EgressRefused {
  return new EgressRefused(
    addresses.some(isLinkOrMetadataAddress)
      ? `${hostAndPort(url)} is not a public address but a link-local or metadata one, which no listing opens`
      : `${hostAndPort(url)} is not a public address, and this tenant's egress settings do not list it`,
  );
}
