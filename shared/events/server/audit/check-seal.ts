import type { SystemConnection } from '../../../platform/db/database.ts';
import type { AuditHead } from '../../audit-schemas.ts';
import { type NewProblem, readHeads } from '../../db/audit-heads.ts';
import {
  readBlocks,
  readEventsById,
  readHashes,
  type StoredBlock,
  type StoredEvent,
} from '../../db/audit-seal.ts';
import { findUnsealed } from '../../db/audit-unsealed.ts';
import { readLastRemoval } from '../../db/removed-events.ts';
import { announcedIn, type EventParts, isAnnounced } from './announced-erasure.ts';
import { blockHash, digestAt, eventDigest, hasErasedForm, noBlock, saltAt } from './audit-digest.ts';
import type { AuditKeys } from './audit-keys.ts';
import { isSignedBy } from './audit-signature.ts';

/**
 * Compares some blocks of a chain with the rows that they seal, and with the heads that were signed for them.
 * @param after the last block that was compared; it is only the link to the next one
 * @returns the last block that was compared, and whether it ends the chain
 */
export async function checkBlocks(
  connection: SystemConnection,
  keys: AuditKeys,
  tenantId: string,
  { after, limit }: { after: number; limit: number },
): Promise<{ number: number; ended: boolean; problems: NewProblem[] }> {
  const read = await readBlocks(connection, tenantId, { from: Math.max(after, 1), limit: limit + 1 });
  const before = after > 0 ? read.find(({ number }) => number === after) : undefined;
  const blocks = read.filter(({ number }) => number > after);
  const ended = read.length <= limit;
  const last = blocks.at(-1);
  if (!last) return { number: after, ended, problems: [] };
  const broken = blocks.filter((block, index) => !isLinked(tenantId, block, blocks[index - 1] ?? before));
  const problems = [
    ...broken.map((block): NewProblem => ({ kind: 'block', ...placeOf(block) })),
    ...(await compareRows(connection, tenantId, blocks)),
    ...(await findAdded(connection, tenantId, blocks, { before, ended })),
    ...(await compareSigned(connection, keys, tenantId, blocks)),
  ];
  return { number: last.number, ended, problems };
}

const placeOf = ({ number, firstSequence }: StoredBlock) => ({
  block: number,
  eventId: null,
  sequence: firstSequence,
});

/** Whether a block is what its hash says, and follows the one before. */
function isLinked(tenantId: string, block: StoredBlock, before: StoredBlock | undefined): boolean {
  const { number, firstSequence, eventIds, previous, sealedAt } = block;
  const header = { tenantId, number, firstSequence, count: eventIds.length, previous, sealedAt };
  const next = before
    ? { number: before.number + 1, firstSequence: before.firstSequence + before.eventIds.length }
    : { number: 1, firstSequence: 1 };
  return (
    block.hash === blockHash(header, block.digests) &&
    block.digests.length === eventIds.length * 32 &&
    previous === (before?.hash ?? noBlock) &&
    number === next.number &&
    firstSequence === next.firstSequence
  );
}

async function compareRows(
  connection: SystemConnection,
  tenantId: string,
  blocks: readonly StoredBlock[],
): Promise<NewProblem[]> {
  const ids = blocks.flatMap(({ eventIds }) => eventIds);
  const rows = await readEventsById(connection, tenantId, ids);
  const byId = Map.groupBy(rows, ({ id }) => id);
  const erased = rows.filter(({ opening }) => opening !== null);
  const removed =
    byId.size < ids.length || erased.length > 0 ? await readRemovedThrough(connection, tenantId) : 0;
  const announced = await readAnnounced(connection, tenantId, erased);
  return blocks.flatMap(({ number, firstSequence, eventIds, digests, salts }) =>
    eventIds.flatMap((eventId, index): NewProblem[] => {
      const place = { block: number, eventId, sequence: firstSequence + index };
      const found = byId.get(eventId) ?? [];
      if (found.length === 0) return place.sequence <= removed ? [] : [{ kind: 'missing', ...place }];
      const digest = digestAt(digests, index);
      const fits = found.some((row) => {
        const opening = row.opening ?? saltAt(salts, index);
        // What might as well be missing may be erased.
        const explained = place.sequence <= removed || isAnnounced(announced, eventId, opening);
        return eventDigest(row, opening) === digest && hasErasedForm(row, opening) && explained;
      });
      if (!fits) return [{ kind: 'altered', ...place }];
      // The id is unique within a month only.
      return found.length > 1 ? [{ kind: 'added', ...place }] : [];
    }),
  );
}

/** Which parts of these events the log says are erased. An alteration of what it says is found as for any event. */
async function readAnnounced(
  connection: SystemConnection,
  tenantId: string,
  erased: readonly StoredEvent[],
): Promise<EventParts> {
  const ids = new Set(erased.flatMap(({ announcedBy }) => announcedBy ?? []));
  return announcedIn(ids.size === 0 ? [] : await readEventsById(connection, tenantId, [...ids]));
}

/** Up to this place in the chain, the log says that retention has removed events. */
async function readRemovedThrough(connection: SystemConnection, tenantId: string): Promise<number> {
  return (await readLastRemoval(connection, tenantId))?.throughSequence ?? 0;
}

/** What is sealed nowhere, behind the block before these, and up to the last of them or to the end of the log. */
async function findAdded(
  connection: SystemConnection,
  tenantId: string,
  blocks: readonly StoredBlock[],
  { before, ended }: { before: StoredBlock | undefined; ended: boolean },
): Promise<NewProblem[]> {
  const highest = blocks.reduce((high, { highId }) => (BigInt(highId) > high ? BigInt(highId) : high), 0n);
  const added = await findUnsealed(connection, tenantId, {
    above: before?.highId ?? null,
    upTo: ended ? null : highest.toString(),
    except: blocks.flatMap(({ eventIds }) => eventIds),
  });
  return added.map((eventId) => {
    const near = blocks.find(({ highId }) => BigInt(highId) >= BigInt(eventId)) ?? blocks.at(-1);
    return { kind: 'added', block: near?.number ?? 0, eventId, sequence: null };
  });
}

async function compareSigned(
  connection: SystemConnection,
  keys: AuditKeys,
  tenantId: string,
  blocks: readonly StoredBlock[],
): Promise<NewProblem[]> {
  const byNumber = new Map(blocks.map((block) => [block.number, block]));
  const problems: NewProblem[] = [];
  for (const head of await readHeads(connection, tenantId, [...byNumber.keys()])) {
    const block = byNumber.get(head.block);
    const key = await keys.find(head.keyId);
    if (block?.hash !== head.hash || !key || !isSignedBy(head, key.publicKey))
      problems.push({ kind: 'head', block: head.block, eventId: null, sequence: head.sequence });
  }
  return problems;
}

/** Heads that left this deployment, against the chains as they are now: one that was rewritten or cut off does not fit. */
export async function compareHeads(
  connection: SystemConnection,
  heads: readonly AuditHead[],
): Promise<{ tenantId: string; problem: NewProblem }[]> {
  if (heads.length === 0) return [];
  const hashes = await readHashes(connection, heads);
  return heads.flatMap((head, index): { tenantId: string; problem: NewProblem }[] => {
    const hash = hashes[index];
    if (hash === head.hash) return [];
    const { tenantId, block, sequence } = head;
    return [{ tenantId, problem: { kind: hash ? 'head' : 'cut', block, eventId: null, sequence } }];
  });
}
