import { timingSafeEqual } from 'node:crypto';
import { createKeyedDigest } from '../../platform/server/keyed-digest.ts';
import { type NotificationKind, notificationKinds } from '../notification-kinds.ts';

/** What a link in an email ends: the emails of one kind, or all of an organization. */
export interface Unsubscribing {
  tenantId: string;
  userId: string;
  kind: NotificationKind | 'all';
}

const signed = (secret: string, { tenantId, userId, kind }: Unsubscribing): string =>
  createKeyedDigest(secret)('token', ['notification/unsubscribe', tenantId, userId, kind]);

export function writeUnsubscribeToken(secret: string, of: Unsubscribing): string {
  const facts = Buffer.from(JSON.stringify([of.tenantId, of.userId, of.kind])).toString('base64url');
  return `${facts}.${signed(secret, of)}`;
}

/** Null: we have not made it. */
export function readUnsubscribeToken(secret: string, token: string): Unsubscribing | null {
  const [facts = '', signature = ''] = token.split('.');
  try {
    const [tenantId, userId, kind] = JSON.parse(Buffer.from(facts, 'base64url').toString()) as string[];
    if (tenantId === undefined || userId === undefined) return null;
    const found = [...notificationKinds, 'all' as const].find((each) => each === kind);
    if (!found) return null;
    const of = { tenantId, userId, kind: found };
    const [given, right] = [signature, signed(secret, of)].map((text) => Buffer.from(text));
    return given!.length === right!.length && timingSafeEqual(given!, right!) ? of : null;
  } catch {
    return null;
  }
}
