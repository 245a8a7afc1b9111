import { createHash, createHmac, randomUUID } from 'node:crypto';
import type { RenderedRequest } from '../../providers/rendered-request.ts';
import { type AuthApplier, AuthError } from '../../server/auth-applier.ts';
import { clockWords } from '../../server/clock-words.ts';
import type { AuthOf } from '../registry.ts';
import { type HmacFact, hmacTemplate } from './definition.ts';

type HmacAuth = AuthOf<'hmac'>;

/** What a signature is of besides the request; another one for every request that is sent. */
export interface Moment {
  now: Date;
  nonce: string;
}

/** @param moment for the published vectors */
export function hmacApplier(
  moment: () => Moment = () => ({ now: new Date(), nonce: randomUUID() }),
): AuthApplier<HmacAuth> {
  return {
    async apply(auth, request, { secret, onSecret }, body) {
      if (secret === null)
        throw new AuthError('The credential of this tool has no secret', { code: 'denied' });
      const texts = factsOf(auth, request, body ?? '', moment());
      const key =
        auth.secretEncoding === 'text' ? Buffer.from(secret) : Buffer.from(secret, auth.secretEncoding);
      const signature = createHmac(auth.algorithm, key)
        .update(signedBytes(auth.signs, texts, body ?? ''))
        .digest(auth.encoding);
      onSecret(signature);
      const fill = (template: string) =>
        template.replace(hmacTemplate, (_, name: string) =>
          name === 'signature' ? signature : texts[name as keyof Texts],
        );
      const set = { ...auth.headers, [auth.header]: auth.format };
      const own = new Set(Object.keys(set).map((name) => name.toLowerCase()));
      const others = Object.entries(request.headers).filter(([name]) => !own.has(name.toLowerCase()));
      const signed = Object.entries(set).map(([name, template]) => [name, fill(template)]);
      return { ...request, headers: Object.fromEntries([...others, ...signed]) };
    },
    renew: () => false,
    explain: ({ status, headers }) =>
      [400, 401, 403].includes(status) ? clockWords(headers, new Date()) : null,
  };
}

type Texts = Record<Exclude<HmacFact, 'body'>, string>;

function factsOf(
  { algorithm, encoding, timestamp, keyId = '' }: HmacAuth,
  { method, url }: RenderedRequest,
  body: string | Buffer,
  { now, nonce }: Moment,
): Texts {
  const { host, pathname, search } = new URL(url);
  const times = {
    seconds: () => String(Math.floor(now.getTime() / 1000)),
    milliseconds: () => String(now.getTime()),
    iso: () => now.toISOString(),
  };
  return {
    method,
    host,
    path: pathname,
    query: search.slice(1),
    target: pathname + search,
    timestamp: times[timestamp](),
    nonce,
    keyId,
    bodyDigest: createHash(algorithm).update(body).digest(encoding),
  };
}

/** The body is signed byte by byte, whether it is text or not. */
function signedBytes(template: string, texts: Texts, body: string | Buffer): Buffer {
  const parts = template.split(/(\{\w+\})/).map((part) => {
    if (part === '{body}') return Buffer.from(body as Buffer);
    const name = /^\{(\w+)\}$/.exec(part)?.[1];
    return Buffer.from(name === undefined ? part : texts[name as keyof Texts]);
  });
  return Buffer.concat(parts);
}
