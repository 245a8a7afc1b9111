import { createHmac, hkdfSync } from 'node:crypto';
import type { JsonValue } from '../json.ts';

/** Hex HMAC-SHA-256 of the canonical JSON (keys sorted). Without the key, no one can guess values. */
export type KeyedDigest = (purpose: 'preview' | 'idempotency', value: JsonValue) => string;

/** A separate key for each purpose, derived from the secret of the deployment. */
export function createKeyedDigest(secret: string): KeyedDigest {
  const key = (purpose: string) => Buffer.from(hkdfSync('sha256', secret, '', `interlock/${purpose}`, 32));
  const keys = { preview: key('preview'), idempotency: key('idempotency') };
  return (purpose, value) => createHmac('sha256', keys[purpose]).update(canonicalJson(value)).digest('hex');
}

/** The same text for equal values, whatever the order of their keys. */
export function canonicalJson(value: JsonValue): string {
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  const entries = Object.keys(value)
    .sort()
    .map((key) => `${JSON.stringify(key)}:${canonicalJson(value[key] ?? null)}`);
  return `{${entries.join(',')}}`;
}
