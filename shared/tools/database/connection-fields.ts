import { z } from 'zod';
import type { Issue } from '../../platform/error-codes.ts';

/** How a connection to a database is protected; of a tool with a URL of its own, and of a connector. */
export const databaseTlsFields = {
  /** `auto`: TLS, unless the organization lists the host as a private one. The server's certificate is always checked. */
  tls: z.enum(['auto', 'required', 'off']).default('auto'),
  /** PEM of the authorities that the server's certificate must come from. Left out: the public ones. */
  ca: z.string().min(1).max(65_536).optional(),
};

export type DatabaseTls = z.output<typeof databaseTlsFields.tls>;

export function checkDatabaseTls({ tls, ca }: { tls: DatabaseTls; ca?: string }, basePath: string): Issue[] {
  if (ca === undefined) return [];
  const path = `${basePath}/ca`;
  if (tls === 'off') return [{ path, message: 'Without TLS no certificate is checked', keyword: 'tls' }];
  if (/-----BEGIN [A-Z ]*PRIVATE KEY-----/.test(ca))
    return [{ path, message: 'This is a private key, not a certificate', keyword: 'secret' }];
  return /-----BEGIN CERTIFICATE-----[\s\S]+-----END CERTIFICATE-----/.test(ca)
    ? []
    : [{ path, message: 'Certificates are written as PEM: -----BEGIN CERTIFICATE----- …', keyword: 'tls' }];
}
