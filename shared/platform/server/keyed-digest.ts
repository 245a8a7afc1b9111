import { createHmac, hkdfSync } from 'node:crypto';
import { canonicalJson } from '../canonical-json.ts';
import type { JsonValue } from '../json.ts';

/**
 * Hex HMAC-SHA-256 of the canonical JSON (keys sorted). Without the key, no one can compute it; a digest that people see needs a
 * nonce as well, or they compare it with digests of values that they choose.
 */
export type KeyedDigest = (
  purpose: 'preview' | 'idempotency' | 'token',
  value: JsonValue | CanonicalJson,
) => string;

/** The canonical JSON of a value, made elsewhere. */
export class CanonicalJson {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

/** A separate key for each purpose, derived from the secret of the deployment. */
export function createKeyedDigest(secret: string): KeyedDigest {
  const key = (purpose: string) => Buffer.from(hkdfSync('sha256', secret, '', `interlock/${purpose}`, 32));
  const keys = { preview: key('preview'), idempotency: key('idempotency'), token: key('token') };
  return (purpose, value) => {
    const text = value instanceof CanonicalJson ? value.text : canonicalJson(value);
    return createHmac('sha256', keys[purpose]).update(text).digest('hex');
  };
}
