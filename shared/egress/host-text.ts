import { type AllowedHost, egressMethods, normalHost } from '../platform/egress-rules.ts';

/** `api.example.com:443,8443 GET,POST`: a host of the list as people read and write it. */
export function allowedHostText({ host, ports, methods }: AllowedHost): string {
  return `${host}${ports ? `:${ports.join(',')}` : ''}${methods ? ` ${methods.join(',')}` : ''}`;
}

/** Reads what `allowedHostText` writes. @returns what is wrong as a text that follows the line */
export function readAllowedHost(line: string): AllowedHost | string {
  const match = /^(\[[^\]]*\]|[^\s:[\]]+)(?::([\d,]+))?(?:\s+([A-Za-z, ]+))?$/.exec(line.trim());
  if (!match) return 'is not a host, such as api.example.com, *.example.com or api.example.com:443 GET,POST';
  const [, written = '', portList, methodList] = match;
  const host = normalHost(written);
  if (host === null) return 'is not a host name, an address, or *. in front of a domain of two names or more';
  const ports = portList?.split(',').map(Number);
  if (ports?.some((port) => !(port >= 1 && port <= 65_535))) return 'has a port that is not from 1 to 65535';
  const wanted = methodList?.split(/[, ]+/).filter(Boolean);
  const methods = egressMethods.filter((method) => wanted?.some((each) => each.toUpperCase() === method));
  if (wanted && methods.length !== wanted.length)
    return `has a method that is not ${egressMethods.join(', ')}`;
  return { host, ...(ports && { ports }), ...(wanted && { methods }) };
}
