import type { Issue } from '../../../platform/error-codes.ts';
import { parseHostPort } from '../../../platform/host-port.ts';
import type { TlsMode } from './config.ts';

interface MailServer {
  host?: string | undefined;
  port?: number | undefined;
  tls?: TlsMode | undefined;
  ca?: string | undefined;
}

export const tlsOf = ({ tls }: MailServer): TlsMode => tls ?? 'starttls';
export const portOf = (server: MailServer): number =>
  server.port ?? (tlsOf(server) === 'implicit' ? 465 : 587);

/** `host:port`; null when there is no valid host. */
export function mailHost(server: MailServer): string | null {
  return server.host === undefined
    ? null
    : (parseHostPort(`${server.host}:${portOf(server)}`)?.hostPort ?? null);
}

/** Problems of a mail server, each at its place below `basePath`. */
export function checkMailServer(server: MailServer, { type }: { type: string }, basePath: string): Issue[] {
  const issues: Issue[] = [];
  if (mailHost(server) === null) {
    const message = `${server.host} is not a host, such as smtp.example.com`;
    issues.push({ path: `${basePath}/host`, message, keyword: 'host' });
  }
  if (tlsOf(server) === 'none' && sendsSecret(type)) {
    const message = 'A secret is not sent without TLS. Choose TLS, or a server that asks for no sign-in';
    issues.push({ path: `${basePath}/tls`, message, keyword: 'auth' });
  }
  if (
    server.ca !== undefined &&
    !/-----BEGIN CERTIFICATE-----[\s\S]+-----END CERTIFICATE-----/.test(server.ca)
  ) {
    const message = 'Write certificates in PEM, which begins with -----BEGIN CERTIFICATE-----';
    issues.push({ path: `${basePath}/ca`, message, keyword: 'format' });
  }
  return issues;
}

/** Whether auth of this kind signs in with a secret. */
export const sendsSecret = (authType: string): boolean => authType !== 'none' && authType !== 'inherit';
