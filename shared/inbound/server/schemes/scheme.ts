import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { JsonValue } from '../../../platform/json.ts';
import { type HmacSettings, toleranceMs } from '../../inbound-schemes.ts';

/** A request as it came, and the time at which it came. */
export interface ReceivedRequest {
  /** Names in lower case. */
  headers: Readonly<Record<string, string>>;
  /** The raw bytes: signatures are about them. */
  body: Buffer;
  /** In ms since 1970. */
  now: number;
}

/** What an endpoint knows of its source. */
export interface SourceSettings {
  hmac: HmacSettings | null;
  idHeader: string | null;
}

/** How a source proves that a delivery is its own, and what it calls it. */
export interface Scheme {
  /** @returns null when one of these secrets proves it, otherwise why none does */
  verify(request: ReceivedRequest, secrets: readonly string[], settings: SourceSettings): string | null;
  /** What the source calls the delivery; null when it does not say. Call it after `verify`. */
  senderId(headers: ReceivedRequest['headers'], body: JsonValue, settings: SourceSettings): string | null;
  /** What has happened, in the source's own name, such as `payment_intent.failed`; left out: it does not say. */
  eventName?(headers: ReceivedRequest['headers'], body: JsonValue): string | null;
  /** Headers that prove it, which are not stored. */
  proofs(settings: SourceSettings): string[];
  /** The headers with which the source would send this body. */
  sign(
    sent: { body: string; secret: string; id: string; now: number },
    settings: SourceSettings,
  ): Record<string, string>;
  /** The field of a body with which a test sender names a delivery; left out: `id`. */
  idField?: string;
  /** @returns what a request that asks whether the URL is ours wants back; null for a delivery. Call it after `verify`. */
  challenge?(body: JsonValue): string | null;
  /** @returns what is wrong with a secret, in words that follow "The secret" */
  checkSecret?(secret: string): string | null;
  /** Missing where the source makes it. */
  newSecret?(): string;
}

export const noSignature = 'The signature is missing.';
export const wrongSignature = 'The signature does not match.';

/** Whether two texts are the same, in a time that does not depend on where they differ. */
export function sameText(one: string, other: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(one), digest(other));
}

/** Whether one of these is the signature that one of the secrets makes. Every pair is compared. */
export function anySame(made: readonly string[], sent: readonly string[]): boolean {
  let found = false;
  for (const one of made) for (const other of sent) if (sameText(one, other)) found = true;
  return found;
}

/** More signatures than a source sends during a rotation are not compared. */
export const maxSignatures = 5;

export function hmacOf(
  algorithm: HmacSettings['algorithm'],
  key: string | Buffer,
  parts: readonly (string | Buffer)[],
  encoding: HmacSettings['encoding'],
): string {
  const hmac = createHmac(algorithm, key);
  for (const part of parts) hmac.update(part);
  return hmac.digest(encoding);
}

/** What is wrong with the time, in seconds since 1970, that a source has signed; null: nothing. */
export function timeProblem(seconds: string | undefined, now: number): string | null {
  if (seconds === undefined || !/^\d{1,12}$/.test(seconds)) return 'The time of the signature is missing.';
  const apart = now - Number(seconds) * 1000;
  if (Math.abs(apart) <= toleranceMs) return null;
  return apart > 0
    ? 'The signature is older than five minutes.'
    : 'The time of the signature is more than five minutes ahead.';
}

/** A text at a place of a body. */
export function textAt(body: JsonValue, name: string): string | null {
  if (body === null || typeof body !== 'object' || Array.isArray(body) || !Object.hasOwn(body, name))
    return null;
  const value = (body as Record<string, JsonValue>)[name];
  return typeof value === 'string' && value !== '' ? value : null;
}

export const secondsOf = (now: number): string => String(Math.floor(now / 1000));

/** By the header that the endpoint names. */
export const idFromHeader: Scheme['senderId'] = (headers, _body, { idHeader }) =>
  (idHeader !== null && headers[idHeader]) || null;

/** The header with which a test sender names a delivery. */
export const idHeaderOf = ({ idHeader }: SourceSettings, id: string): Record<string, string> =>
  idHeader === null ? {} : { [idHeader]: id };
