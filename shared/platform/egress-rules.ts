import { z } from 'zod';

/** The methods that a request of a tenant may have. */
export const egressMethods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'] as const;

/** A host that a tenant's calls may reach, once its list is enabled. */
export const allowedHostSchema = z.strictObject({
  host: z
    .string()
    .min(1)
    .max(253)
    .describe('A name or an address, or `*.example.com` for every name below `example.com`'),
  ports: z.array(z.int().min(1).max(65_535)).min(1).max(20).optional().describe('Left out: every port'),
  methods: z.array(z.enum(egressMethods)).min(1).optional().describe('Left out: every method'),
});
export type AllowedHost = z.output<typeof allowedHostSchema>;

export const maxAllowedHosts = 200;

/** What a tenant lets its calls reach. Every call reads it again. */
export interface TenantEgress {
  /** Exact `host:port` of private addresses that may be reached. */
  privateHosts: readonly string[];
  /** The only hosts that may be reached, private ones included; null: every public one, and those of `privateHosts`. */
  allowedHosts: readonly AllowedHost[] | null;
}

/** Of a request that must not be sent here. */
export const nothing: TenantEgress = { privateHosts: [], allowedHosts: [] };

/** On whose behalf a request leaves. */
export const egressCallerTypes = ['tool', 'connector', 'credential', 'webhook', 'import'] as const;
export interface EgressCaller {
  type: (typeof egressCallerTypes)[number];
  id: string;
}

/** How a request ended, as far as reaching its host goes; all but the first two were refused. */
export const egressOutcomes = [
  'reached',
  'unreachable', // or the proxy was
  'not_allowed', // by the tenant's list
  'address', // not public, and not listed
  'reserved', // a server of this deployment
  'redirect', // to another host, or where the credential may not go
  'proxy', // the proxy of this deployment does not allow it
] as const;
export type EgressOutcome = (typeof egressOutcomes)[number];

/**
 * A host of the list in its normal form: lower case, punycode, addresses as URLs write them.
 * @returns null when it is none: a URL, a port, a wildcard elsewhere than in front of a domain of two labels
 */
export function normalHost(text: string): string | null {
  const written = text.trim().toLowerCase();
  const wildcard = written.startsWith('*.');
  const bare = wildcard ? written.slice(2) : written;
  if (bare === '' || /[\s/\\@?#%*,]/.test(bare) || (/:/.test(bare) && !/^\[[0-9a-f:.]+\]$/.test(bare)))
    return null;
  const name = withoutRootDot(URL.parse(`http://${bare}/`)?.hostname ?? '');
  if (name === '') return null;
  if (!wildcard) return name;
  const labels = name.split('.');
  return labels.length < 2 || /^[\d.]+$|^\[/.test(name) ? null : `*.${name}`;
}

/** May this request be sent, by the list? */
export function isAllowed(
  allowed: TenantEgress['allowedHosts'],
  { method, url }: { method: string; url: URL },
): boolean {
  const port = Number(url.port || (url.protocol === 'https:' ? 443 : 80));
  return allowed === null || allowed.some((each) => covers(each, { host: url.hostname, port, method }));
}

/** @param target.method null: any that the entry has */
export function covers(
  { host, ports, methods }: AllowedHost,
  target: { host: string; port: number; method: string | null },
): boolean {
  const name = withoutRootDot(target.host.toLowerCase());
  const sameHost = host.startsWith('*.') ? name.endsWith(host.slice(1)) : name === host;
  if (!sameHost || (ports && !ports.includes(target.port))) return false;
  const { method } = target;
  return !methods || method === null || methods.some((each) => each === method.toUpperCase());
}

/** A place that something of a tenant would be sent to. */
export interface CalledPlace {
  hostPort: string;
  /** Null: it may be any, or none is known. */
  method: string | null;
}

export function hostAndPortOf(hostPort: string): { host: string; port: number } | null {
  const match = /^(.+):(\d+)$/.exec(hostPort);
  return match && { host: match[1]!, port: Number(match[2]) };
}

/** What people should know before they send or save something. */
export const warningSchema = z.object({ code: z.enum(['host_not_allowed']), message: z.string() });
export type Warning = z.output<typeof warningSchema>;

/** The places that the list of a tenant would refuse. */
export const listWarnings = ({ allowedHosts }: TenantEgress, places: readonly CalledPlace[]): Warning[] =>
  places.flatMap(({ hostPort, method }) => {
    const at = hostAndPortOf(hostPort);
    if (!at || allowedHosts === null || allowedHosts.some((each) => covers(each, { ...at, method })))
      return [];
    const message = `${method === null ? '' : `${method} `}${hostPort} is not on the list of hosts that this organization's calls may reach: it would be refused. A tenant admin can add it in Settings → Egress.`;
    return [{ code: 'host_not_allowed' as const, message }];
  });

/** `example.com.` is `example.com`. */
const withoutRootDot = (name: string): string => name.replace(/\.$/, '');
