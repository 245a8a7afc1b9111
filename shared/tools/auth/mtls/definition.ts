import { z } from 'zod';
import type { Issue } from '../../../platform/error-codes.ts';
import { type AuthDefinition, authIssue, credentialIdSchema } from '../auth-definition.ts';

const pem = z.string().min(1).max(32_768);

/** The secret of the kind, stored as JSON: they belong together, and are replaced together. */
export const clientIdentitySchema = z.strictObject({
  /** PEM: the certificate, then those between it and its authority. */
  certificate: pem,
  /** PEM. */
  privateKey: pem,
  /** Of an encrypted private key. */
  passphrase: z.string().min(1).max(1024).optional(),
});
export type ClientIdentity = z.output<typeof clientIdentitySchema>;

const schema = z.strictObject({
  type: z.literal('mtls'),
  identity: clientIdentitySchema.optional(),
  /** PEM of the authorities that may have signed the server's certificate; left out: the public ones. */
  ca: pem.optional(),
  credentialId: credentialIdSchema,
});

/** A client certificate, presented while the TLS connection is made. The request itself carries nothing. */
export const mtlsAuth = {
  label: 'Client certificate (mTLS)',
  schema,
  secretField: 'identity',
  secretTexts: (secret) => {
    const { privateKey, passphrase } = readIdentity(secret);
    const lines = privateKey.split(/\s+/).filter((line) => /^[A-Za-z0-9+/=]{16,}$/.test(line));
    return [privateKey, lines.join(''), ...lines, passphrase ?? ''];
  },
  refusesRedirects: true,
  placement: () => null,
  check: ({ identity, ca }, basePath) => [
    ...(identity ? checkMarks(identity, `${basePath}/identity`) : []),
    ...(ca !== undefined && !isPem(ca, 'CERTIFICATE') ? [notPem(`${basePath}/ca`, 'CERTIFICATE')] : []),
  ],
} satisfies AuthDefinition<typeof schema>;

/** A stored secret of this kind. */
export function readIdentity(secret: string): ClientIdentity {
  return clientIdentitySchema.parse(JSON.parse(secret));
}

function checkMarks({ certificate, privateKey }: ClientIdentity, path: string): Issue[] {
  const issues: Issue[] = [];
  if (!isPem(certificate, 'CERTIFICATE')) issues.push(notPem(`${path}/certificate`, 'CERTIFICATE'));
  if (!isPem(privateKey, '(?:\\w+ )*PRIVATE KEY')) issues.push(notPem(`${path}/privateKey`, 'PRIVATE KEY'));
  return issues;
}

const isPem = (text: string, what: string): boolean =>
  new RegExp(`-----BEGIN ${what}-----[\\s\\S]+-----END ${what}-----`).test(text);

const notPem = (path: string, what: string): Issue =>
  authIssue(path, `This is not PEM: it must begin with -----BEGIN ${what}-----`);
