import { hash } from 'node:crypto';
import type { Actor } from '../../../identity/roles.ts';
import { canonicalJson } from '../../../platform/canonical-json.ts';
import type { JsonValue } from '../../../platform/json.ts';

/** Part of every digest, so that one of another format or purpose never fits. */
export const auditFormat = 'interlock-audit-1';

/** An event as it is sealed. */
export interface SealedEvent {
  id: string;
  /** Of the transaction that wrote it. */
  xid: string;
  type: string;
  subjectType: string;
  subjectId: string;
  exceptionId: string | null;
  actor: Actor;
  door: string | null;
  address: string | null;
  data: JsonValue;
  requestId: string | null;
  /** ISO 8601 in UTC, with microseconds. */
  createdAt: string;
}

/** What may be personal. The digest of an event has only a salted digest of each, so one can be erased. */
export const erasableParts = ['actorName', 'address', 'data'] as const;
export type ErasablePart = (typeof erasableParts)[number];

/**
 * What opens the digest of an event: the salt of all its parts, 16 bytes in hex; or, once parts are erased, their digests
 * and the salts of the others.
 */
export type Opening = string | Partial<Record<ErasablePart, { salt: string } | { digest: string }>>;

/** What an erased part says. A part that says anything else was not erased by Interlock. */
export const erasedForm: Record<ErasablePart, JsonValue> = {
  actorName: 'Erased person',
  address: null,
  data: { erased: true },
};

/** The parts of an event that are erased, by what opens its digest. */
export function erasedParts(opening: Opening): ErasablePart[] {
  if (typeof opening === 'string') return [];
  return erasableParts.filter((part) => {
    const how = opening[part];
    return how !== undefined && 'digest' in how;
  });
}

/** Whether each part that is erased says so, and nothing else. */
export const hasErasedForm = (event: SealedEvent, opening: Opening): boolean =>
  erasedParts(opening).every(
    (part) => canonicalJson(partsOf(event)[part]) === canonicalJson(erasedForm[part]),
  );

export const partsOf = ({ actor, address, data }: SealedEvent): Record<ErasablePart, JsonValue> => ({
  actorName: actor.name,
  address,
  data,
});

/** What stays of an opening once these parts are erased. @param opening with a salt for each of them */
export function openingWithout(
  event: SealedEvent,
  opening: Opening,
  parts: readonly ErasablePart[],
): Exclude<Opening, string> {
  const values = partsOf(event);
  const left: Exclude<Opening, string> = {};
  for (const part of erasableParts) {
    const how = typeof opening === 'string' ? { salt: saltOf(opening, part) } : opening[part];
    if (!how) throw new Error(`An opening says nothing about ${part}`);
    left[part] = 'salt' in how && parts.includes(part) ? { digest: partDigest(how.salt, values[part]) } : how;
  }
  return left;
}

const sha256 = (text: string): string => hash('sha256', text, 'hex');

/** The salt of one part says nothing about that of another. */
export const saltOf = (salt: string, part: ErasablePart): string => sha256(`${salt}:${part}`);

/** What stays of a part that is erased. Who does not know the salt cannot guess the value. */
export function partDigest(salt: string, value: JsonValue): string {
  return sha256(`${salt}:${canonicalJson(value)}`);
}

/** @returns SHA-256 in hex */
export function eventDigest(event: SealedEvent, opening: Opening): string {
  const values = partsOf(event);
  const parts = erasableParts.map((part) => {
    if (typeof opening === 'string') return partDigest(saltOf(opening, part), values[part]);
    const how = opening[part];
    if (!how) return null;
    return 'digest' in how ? how.digest : partDigest(how.salt, values[part]);
  });
  const { id, xid, type, subjectType, subjectId, exceptionId, actor, door, requestId, createdAt } = event;
  const plain = [id, xid, type, subjectType, subjectId, exceptionId, actor.type, actor.id];
  return sha256(JSON.stringify([auditFormat, 'event', ...plain, door, requestId, createdAt, ...parts]));
}

export interface BlockHeader {
  tenantId: string;
  number: number;
  firstSequence: number;
  count: number;
  /** SHA-256 in hex: the hash of the block before; zeros for the first. */
  previous: string;
  /** ISO 8601. */
  sealedAt: string;
}

export const noBlock = '0'.repeat(64);

/** @param digests of the events, 32 bytes each. @returns SHA-256 in hex */
export function blockHash(header: BlockHeader, digests: Uint8Array): string {
  const { tenantId, number, firstSequence, count, previous, sealedAt } = header;
  const root = hash('sha256', digests, 'hex');
  return sha256(
    JSON.stringify([auditFormat, 'block', tenantId, number, firstSequence, count, previous, sealedAt, root]),
  );
}

/** Of an event. */
export const saltBytes = 16;

/** The salt of the event at this place of a block, in hex. */
export const saltAt = (salts: Buffer, index: number): string =>
  salts.subarray(index * saltBytes, (index + 1) * saltBytes).toString('hex');

/** The digest of the event at this place of a block, in hex. */
export const digestAt = (digests: Buffer, index: number): string =>
  digests.subarray(index * 32, (index + 1) * 32).toString('hex');
