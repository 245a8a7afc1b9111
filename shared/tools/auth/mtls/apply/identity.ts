import { createPrivateKey, type KeyObject, X509Certificate } from 'node:crypto';
import type { Issue } from '../../../../platform/error-codes.ts';
import { authIssue } from '../../auth-definition.ts';
import type { AuthOf } from '../../registry.ts';
import { type ClientIdentity, readIdentity } from '../definition.ts';

/** What only reading the certificate and its key tells, each at its place. */
export function checkIdentity({ identity, ca }: AuthOf<'mtls'>, basePath: string, now = new Date()): Issue[] {
  const path = `${basePath}/identity`;
  const issues: Issue[] = [];
  if (ca !== undefined && readCertificate(ca) === null)
    issues.push(authIssue(`${basePath}/ca`, 'The certificate cannot be read'));
  if (!identity) return issues;
  const certificate = readCertificate(identity.certificate);
  if (!certificate) issues.push(authIssue(`${path}/certificate`, 'The certificate cannot be read'));
  else if (new Date(certificate.validTo) <= now)
    issues.push(authIssue(`${path}/certificate`, `The certificate ended on ${dayOf(certificate.validTo)}`));
  const key = readKey(identity);
  if ('problem' in key) issues.push(authIssue(`${path}/${key.field}`, key.problem));
  else if (certificate && !certificate.checkPrivateKey(key.key))
    issues.push(authIssue(`${path}/privateKey`, 'The private key is not that of the certificate'));
  return issues;
}

/** When a stored certificate ends. */
export function identityExpiry(secret: string): Date | null {
  const certificate = readCertificate(readIdentity(secret).certificate);
  return certificate && new Date(certificate.validTo);
}

function readCertificate(pem: string): X509Certificate | null {
  try {
    return new X509Certificate(pem);
  } catch {
    return null;
  }
}

type Unreadable = { problem: string; field: 'privateKey' | 'passphrase' };

function readKey({ privateKey, passphrase }: ClientIdentity): { key: KeyObject } | Unreadable {
  try {
    return { key: createPrivateKey({ key: privateKey, ...(passphrase && { passphrase }) }) };
  } catch {
    if (!privateKey.includes('ENCRYPTED'))
      return { problem: 'The private key cannot be read', field: 'privateKey' };
    const problem = passphrase
      ? 'The passphrase does not open the private key'
      : 'The private key is encrypted: it needs a passphrase';
    return { problem, field: 'passphrase' };
  }
}

const dayOf = (time: string): string => new Date(time).toISOString().slice(0, 10);
