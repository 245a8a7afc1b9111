import { SignatureV4 } from '@smithy/signature-v4';
import { NodeSha256 } from '../../../platform/server/node-sha256.ts';
import { type AuthApplier, AuthError } from '../../server/auth-applier.ts';
import { clockWords } from '../../server/clock-words.ts';
import type { AuthOf } from '../registry.ts';
import { readAwsKeys } from './definition.ts';

/** AWS signs what it needs; what a proxy may change on the way stays unsigned. */
const unsigned = new Set(['accept', 'accept-encoding']);

/** @param now for the published vectors */
export function awsSigv4Applier(now: () => Date = () => new Date()): AuthApplier<AuthOf<'aws_sigv4'>> {
  return {
    async apply({ region, service }, request, { secret, onSecret }, body) {
      if (secret === null) throw new AuthError('The credential of this tool has no keys', { code: 'denied' });
      const isS3 = service === 's3';
      const signer = new SignatureV4({
        region,
        service,
        credentials: readAwsKeys(secret),
        sha256: NodeSha256,
        // S3 alone wants the digest of the body as a header, and paths that are encoded once.
        applyChecksum: isS3,
        uriEscapePath: !isS3,
      });
      const url = new URL(request.url);
      const signed = await signer.sign(
        {
          method: request.method,
          protocol: url.protocol,
          hostname: url.hostname,
          path: url.pathname,
          query: queryOf(url),
          headers: { ...lowerCase(request.headers), host: url.host },
          body,
        },
        { signingDate: now(), unsignableHeaders: unsigned },
      );
      const { host: _host, ...headers } = signed.headers;
      const signature = /Signature=([0-9a-f]+)/.exec(headers.authorization ?? '')?.[1];
      if (signature) onSecret(signature);
      return { ...request, headers };
    },
    renew: () => false,
    explain: ({ status, headers }) => (status === 400 || status === 403 ? clockWords(headers, now()) : null),
  };
}

function queryOf(url: URL): Record<string, string[]> {
  const query = new Map<string, string[]>();
  for (const [name, value] of url.searchParams) query.set(name, [...(query.get(name) ?? []), value]);
  return Object.fromEntries(query);
}

const lowerCase = (headers: Record<string, string>): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
