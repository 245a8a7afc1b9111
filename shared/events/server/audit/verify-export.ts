import { createHash, type KeyObject } from 'node:crypto';
import { z } from 'zod';
import type { JsonValue } from '../../../platform/json.ts';
import { readJson } from '../../../platform/read-json.ts';
import { type AuditHead, auditHeadSchema } from '../../audit-schemas.ts';
import { addParts, announcedIn, type EventParts, isAnnounced } from './announced-erasure.ts';
import {
  auditFormat,
  blockHash,
  digestAt,
  erasableParts,
  erasedParts,
  eventDigest,
  hasErasedForm,
  noBlock,
  type Opening,
} from './audit-digest.ts';
import { isExportSignedBy, isSignedBy, keyIdOf, readPublicKey } from './audit-signature.ts';

/** Something in an export is not as it was sealed. `message` says what and where. */
export class AuditMismatch extends Error {}

export interface VerifyOptions {
  /** Heads that were kept elsewhere; those of other tenants are ignored. */
  heads?: readonly AuditHead[];
  /** The deployment's keys, known from elsewhere. Without them, the key in the file is believed. */
  publicKeys?: readonly KeyObject[];
}

export interface Verified {
  tenant: string;
  events: number;
  blocks: number;
  /** Events that the filter of the export left out. */
  leftOut: number;
  /** Events that retention removed, as an event in the file says. */
  removed: number;
  /** Up to this place in the chain, retention has removed events; 0: nowhere. */
  removedThrough: number;
  /** Parts of events that were erased with a person's data, as events in the file say. */
  erasedParts: number;
  firstSequence: number;
  lastSequence: number;
  /** Of the last block. */
  hash: string;
  /** Whether the file begins with the first event of all. */
  fromStart: boolean;
  /** Signed heads in the file, and from elsewhere, that fit. */
  heads: { inFile: number; elsewhere: number };
  keyId: string;
  /** Whether the key was known from elsewhere. */
  trustedKey: boolean;
}

const text = z.string();
const nullable = z.string().nullable();
const hex = z.string().regex(/^[0-9a-f]{64}$/);

const startSchema = z.object({
  kind: z.literal('export'),
  format: text,
  tenantId: text,
  tenant: text,
  exportedAt: z.iso.datetime(),
  range: z.object({ from: text.optional(), to: text.optional() }).nullable(),
  filter: z.record(text, text).nullable(),
  /** What the file has to prove: the event with this place says that retention removed events up to another place. */
  removed: z.object({ sequence: z.int(), throughSequence: z.int() }).nullish(),
  keyId: text,
  publicKey: text,
});
const blockSchema = z.object({
  kind: z.literal('block'),
  number: z.int().min(1),
  firstSequence: z.int().min(1),
  count: z.int().min(1),
  eventIds: z.array(text),
  digests: z.base64(),
  previous: hex,
  hash: hex,
  sealedAt: text,
});
const partSchema = z.union([z.object({ salt: hex }), z.object({ digest: hex })]);
const eventSchema = z.object({
  kind: z.literal('event'),
  sequence: z.int().nullable(),
  salt: nullable.optional(),
  /** Of an event of which parts were erased. */
  opening: z.partialRecord(z.enum(erasableParts), partSchema).optional(),
  id: text,
  xid: text,
  type: text,
  subjectType: text,
  subjectId: text,
  exceptionId: nullable,
  actor: z.object({ type: z.enum(['user', 'api_key', 'system']), id: text, name: text }),
  door: nullable,
  address: nullable,
  data: z.custom<JsonValue>((value) => value !== undefined),
  requestId: nullable,
  createdAt: text,
});
/** `data` of the event that says which events retention removed. */
const removalSchema = z.object({ what: z.literal('events'), throughSequence: z.int() });
const headLineSchema = auditHeadSchema.extend({ kind: z.literal('head') });
const endSchema = z.object({
  kind: z.literal('end'),
  blocks: z.int(),
  events: z.int(),
  signature: z.base64(),
});
const lineSchema = z.discriminatedUnion('kind', [
  startSchema,
  blockSchema,
  eventSchema,
  headLineSchema,
  endSchema,
]);
type Start = z.infer<typeof startSchema>;
type Block = z.infer<typeof blockSchema>;
type Event = z.infer<typeof eventSchema>;

/** A block with which of its events have been read. */
interface OpenBlock extends Block {
  bytes: Buffer;
  /** The place of each digest. */
  places: Map<string, number>;
  read: Set<number>;
  /** The place of the next event. */
  next: number;
}

/**
 * Checks an export line by line, without the database and without Interlock's server. It holds one block at a time.
 * @throws AuditMismatch for the first event, block or line that is not as it was sealed
 */
export async function verifyExport(
  lines: AsyncIterable<string>,
  { heads = [], publicKeys = [] }: VerifyOptions = {},
): Promise<Verified> {
  const digest = createHash('sha256');
  let start: Start | null = null;
  let key: KeyObject | null = null;
  let block: OpenBlock | null = null;
  let first: Block | null = null;
  let ended = false;
  const counts = { events: 0, blocks: 0, leftOut: 0, removed: 0, inFile: 0 };
  let proven = false;
  /** By the id of the event, with its place. */
  const erased = new Map<string, { sequence: number; opening: Opening; words: string }>();
  const announced: EventParts = new Map();
  /** By the number of their block. */
  let elsewhere = new Map<number, AuditHead[]>();
  let fitting = 0;
  let number = 0;

  for await (const raw of lines) {
    number += 1;
    if (ended) throw new AuditMismatch(`Line ${number} comes after the end of the export.`);
    const line = parseLine(raw, number);
    if (!start || !key) {
      if (line.kind !== 'export') throw new AuditMismatch('The first line of the export is missing.');
      start = line;
      key = keyOf(line, publicKeys);
      const { tenantId } = line;
      elsewhere = Map.groupBy(
        heads.filter((head) => head.tenantId === tenantId),
        (head) => head.block,
      );
    } else if (line.kind === 'export') {
      throw new AuditMismatch(`Line ${number} begins another export.`);
    } else if (line.kind === 'block') {
      if (block) closeBlock(block, start, counts);
      block = openBlock(line, block, start);
      first ??= line;
      counts.blocks += 1;
      for (const head of elsewhere.get(line.number) ?? []) {
        assertSigned(head, [key, ...publicKeys]);
        assertFits(head, line);
        fitting += 1;
      }
    } else if (line.kind === 'event') {
      const { opening, words } = takeEvent(line, block, start);
      if (erasedParts(opening).length > 0)
        erased.set(line.id, { sequence: line.sequence ?? 0, opening, words });
      for (const [id, parts] of announcedIn([line])) addParts(announced, id, [...parts]);
      proven ||= isRemoval(line, start);
      counts.events += 1;
    } else if (line.kind === 'head') {
      const { kind: _kind, ...head } = line;
      if (head.block !== block?.number || head.tenantId !== start.tenantId)
        throw new AuditMismatch(`The head on line ${number} does not belong there.`);
      assertFits(head, block);
      assertSigned(head, [key, ...publicKeys]);
      counts.inFile += 1;
    } else {
      if (block) closeBlock(block, start, counts);
      if (line.blocks !== counts.blocks || line.events !== counts.events)
        throw new AuditMismatch(
          `The export had ${line.events} events in ${line.blocks} blocks. The file has ${counts.events} in ${counts.blocks}.`,
        );
      if (!isExportSignedBy(digest.digest('hex'), line.signature, key))
        throw new AuditMismatch(
          'The file was changed after the export: its signature does not fit. Every event in it is as it was sealed.',
        );
      ended = true;
    }
    if (!ended) digest.update(`${raw}\n`);
  }
  if (!start || !key || !ended)
    throw new AuditMismatch(
      block
        ? `The file ends within block ${block.number}, after event ${block.firstSequence + block.next - 1}. The rest is missing.`
        : 'The file ends before its end line.',
    );
  const longest = longestBefore(start, [...elsewhere.values()].flat());
  if (longest) {
    assertSigned(longest, [key, ...publicKeys]);
    assertNothingCutOff(start, block, longest);
  }
  if (counts.removed > 0 && !proven)
    throw new AuditMismatch(
      `${counts.removed} events are missing, and no event of the file says that retention removed them.`,
    );
  const removedThrough = proven ? (start.removed?.throughSequence ?? 0) : 0;
  for (const [id, { sequence, opening, words }] of erased)
    if (sequence > removedThrough && !isAnnounced(announced, id, opening))
      throw new AuditMismatch(
        `${words} was emptied, and no event of the file says that a person's data was erased from it.`,
      );
  return {
    tenant: start.tenant,
    events: counts.events,
    blocks: counts.blocks,
    leftOut: counts.leftOut,
    removed: counts.removed,
    removedThrough,
    erasedParts: [...erased.values()].reduce((sum, { opening }) => sum + erasedParts(opening).length, 0),
    firstSequence: first?.firstSequence ?? 0,
    lastSequence: block ? block.firstSequence + block.count - 1 : 0,
    hash: block?.hash ?? noBlock,
    fromStart: (first?.number ?? 1) === 1,
    heads: { inFile: counts.inFile, elsewhere: fitting },
    keyId: start.keyId,
    trustedKey: publicKeys.length > 0,
  };
}

function parseLine(raw: string, number: number): z.infer<typeof lineSchema> {
  let value: unknown;
  try {
    value = readJson(raw);
  } catch {
    throw new AuditMismatch(`Line ${number} is not JSON.`);
  }
  const parsed = lineSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new AuditMismatch(
    `Line ${number} is no line of an export: ${issue?.path.join('.') ?? ''} ${issue?.message ?? ''}`,
  );
}

function keyOf({ format, keyId, publicKey }: Start, trusted: readonly KeyObject[]): KeyObject {
  if (format !== auditFormat)
    throw new AuditMismatch(`The export has the format ${format}. This version reads ${auditFormat}.`);
  if (trusted.length > 0) {
    const known = trusted.find((key) => keyIdOf(key) === keyId);
    if (known) return known;
    throw new AuditMismatch(
      `The export is signed with the key ${keyId}, which is not the one that was given.`,
    );
  }
  try {
    const key = readPublicKey(publicKey);
    if (keyIdOf(key) === keyId) return key;
  } catch {
    // The same as a key of another name.
  }
  throw new AuditMismatch('The public key on line 1 was changed.');
}

function assertSigned(head: AuditHead, keys: readonly KeyObject[]): void {
  const key = keys.find((each) => keyIdOf(each) === head.keyId);
  if (!key || !isSignedBy(head, key))
    throw new AuditMismatch(
      `The head of block ${head.block} (signed ${head.signedAt}) does not have a valid signature of the key ${head.keyId}.`,
    );
}

function assertFits(head: AuditHead, block: Block): void {
  const sequence = block.firstSequence + block.count - 1;
  if (head.hash !== block.hash || head.sequence !== sequence)
    throw new AuditMismatch(
      `${wordsOf(block)} is not the one that was signed at ${head.signedAt}: the chain was rewritten at or before event ${sequence}.`,
    );
}

function openBlock(line: Block, before: Block | null, { tenantId, range }: Start): OpenBlock {
  const bytes = Buffer.from(line.digests, 'base64');
  if (bytes.length !== line.count * 32 || line.eventIds.length !== line.count)
    throw new AuditMismatch(`${wordsOf(line)} was altered: it does not have ${line.count} digests.`);
  if (line.hash !== blockHash({ ...line, tenantId }, bytes))
    throw new AuditMismatch(`${wordsOf(line)} was altered: its hash does not fit.`);
  const next = before
    ? { number: before.number + 1, sequence: before.firstSequence + before.count, previous: before.hash }
    : { number: 1, sequence: 1, previous: noBlock };
  const free = !before && range?.from !== undefined;
  const { number, firstSequence, previous } = line;
  if (!free && (number !== next.number || firstSequence !== next.sequence)) {
    throw new AuditMismatch(
      number > next.number
        ? `Event ${next.sequence} is missing: block ${next.number} should come before block ${number}.`
        : `${wordsOf(line)} is out of order.`,
    );
  }
  if (!free && previous !== next.previous)
    throw new AuditMismatch(`${wordsOf(line)} does not follow the block before it.`);
  const places = new Map(line.eventIds.map((_, index) => [digestAt(bytes, index), index]));
  return { ...line, bytes, places, read: new Set(), next: 0 };
}

const wordsOf = ({ number, firstSequence, count }: Block): string =>
  `Block ${number} (events ${firstSequence} to ${firstSequence + count - 1})`;

/** @returns what opened its digest, and how to name it */
function takeEvent(event: Event, block: OpenBlock | null, start: Start): { opening: Opening; words: string } {
  const words = `${event.sequence === null ? 'An event' : `Event ${event.sequence}`} (id ${event.id}, ${event.type}, ${event.createdAt})`;
  if (!block) throw new AuditMismatch(`${words} is before the first block.`);
  const opening = event.opening ?? event.salt;
  const place = opening ? block.places.get(eventDigest(event, opening)) : undefined;
  if (!opening || place === undefined) {
    if (!start.filter) assertNoGap(block, block.next, start);
    // A copy beside the event that fits was added.
    const at = block.eventIds.indexOf(event.id);
    const known = event.sequence !== null && at >= 0 && !block.read.has(at);
    throw new AuditMismatch(
      known
        ? `${words} was altered after it was sealed in block ${block.number}.`
        : `${words} was added: block ${block.number}, which contains it, was sealed without it.`,
    );
  }
  if (block.read.has(place)) throw new AuditMismatch(`${words} is there twice.`);
  if (place < block.next) throw new AuditMismatch(`${words} is out of order.`);
  if (event.sequence !== block.firstSequence + place)
    throw new AuditMismatch(
      `${words} was altered: its place in the chain is ${block.firstSequence + place}.`,
    );
  if (!hasErasedForm(event, opening))
    throw new AuditMismatch(`${words} was altered: what was erased from it says something else now.`);
  block.read.add(place);
  block.next = place + 1;
  return { opening, words };
}

/**
 * Counts what is not there: left out by the filter, or removed by retention, as far as the file says so.
 * @throws AuditMismatch for the first event that is missing
 */
function closeBlock(block: OpenBlock, start: Start, counts: { leftOut: number; removed: number }): void {
  const absent = block.count - block.read.size;
  if (start.filter) {
    counts.leftOut += absent;
    return;
  }
  assertNoGap(block, block.count, start);
  counts.removed += absent;
}

function assertNoGap(
  { read, firstSequence, eventIds, number }: OpenBlock,
  upTo: number,
  { removed }: Start,
): void {
  for (let place = 0; place < upTo; place++)
    if (!read.has(place) && firstSequence + place > (removed?.throughSequence ?? 0))
      throw new AuditMismatch(
        `Event ${firstSequence + place} (id ${eventIds[place]}) of block ${number} is missing.`,
      );
}

/** The event has been compared with its digest, so it is of the chain. */
function isRemoval({ type, sequence, data }: Event, { removed }: Start): boolean {
  if (!removed || type !== 'RecordsRemoved' || sequence !== removed.sequence) return false;
  const said = removalSchema.safeParse(data);
  return said.success && said.data.throughSequence === removed.throughSequence;
}

/** A chain that is shorter than it was when a head was signed has lost its end. */
function assertNothingCutOff({ range }: Start, last: Block | null, longest: AuditHead): void {
  if (range?.to === undefined && longest.block > (last?.number ?? 0)) {
    const end = last ? last.firstSequence + last.count - 1 : 0;
    throw new AuditMismatch(
      `Event ${end + 1} and those after it are missing: at ${longest.signedAt} the chain had ${longest.sequence} events, and the file ends with ${end}.`,
    );
  }
}

/** Of the longest chain that was signed before the export. Both times are of the database's clock. */
function longestBefore({ exportedAt }: Start, heads: readonly AuditHead[]): AuditHead | undefined {
  return heads
    .filter(({ signedAt }) => signedAt <= exportedAt)
    .reduce<AuditHead | undefined>(
      (most, head) => (most && most.block >= head.block ? most : head),
      undefined,
    );
}
