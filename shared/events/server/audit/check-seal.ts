import type { SystemConnection } from '../../../platform/db/database.ts';
import type { AuditHead } from '../../audit-schemas.ts';
import { type NewProblem, readHeads } from '../../db/audit-heads.ts';
import { readBlocks, readChainEnds, readEventsById, type StoredBlock } from '../../db/audit-seal.ts';
import { findUnsealed } from '../../db/audit-unsealed.ts';
import { blockHash, digestAt, eventDigest, noBlock, saltAt } from './audit-digest.ts';
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
  const problems: NewProblem[] = [];
  let last = before;
  for (const block of blocks) {
    if (!isLinked(tenantId, block, last))
      problems.push({ kind: 'block', block: block.number, eventId: null, sequence: block.firstSequence });
    const isLast = ended && block === blocks.at(-1);
    problems.push(...(await compareRows(connection, tenantId, block, { before: last, isLast })));
    last = block;
  }
  const numbers = blocks.map(({ number }) => number);
  const heads = numbers.length > 0 ? await readHeads(connection, tenantId, numbers) : [];
  for (const head of heads) {
    const block = blocks.find(({ number }) => number === head.block);
    const key = await keys.find(head.keyId);
    if (block?.hash !== head.hash || !key || !isSignedBy(head, key.publicKey))
      problems.push({ kind: 'head', block: head.block, eventId: null, sequence: head.sequence });
  }
  return { number: last?.number ?? after, ended, problems };
}

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
  block: StoredBlock,
  { before, isLast }: { before: StoredBlock | undefined; isLast: boolean },
): Promise<NewProblem[]> {
  const { number, firstSequence, eventIds } = block;
  const rows = await readEventsById(connection, tenantId, eventIds);
  const byId = Map.groupBy(rows, ({ id }) => id);
  const problems = eventIds.flatMap((eventId, index): NewProblem[] => {
    const place = { block: number, eventId, sequence: firstSequence + index };
    const found = byId.get(eventId) ?? [];
    if (found.length === 0) return [{ kind: 'missing', ...place }];
    const digest = digestAt(block.digests, index);
    const fits = found.some((row) => eventDigest(row, saltAt(block.salts, index)) === digest);
    if (!fits) return [{ kind: 'altered', ...place }];
    // The id is unique within a month only.
    return found.length > 1 ? [{ kind: 'added', ...place }] : [];
  });
  // Between this block and the one before, among its own, and behind the last: what is sealed nowhere was added.
  const range = { above: before?.highId ?? null, upTo: isLast ? null : block.highId, except: eventIds };
  const added = await findUnsealed(connection, tenantId, range);
  return [
    ...problems,
    ...added.map((eventId): NewProblem => ({ kind: 'added', block: number, eventId, sequence: null })),
  ];
}

/** Heads that left this deployment, against the chains as they are now: one that was rewritten or cut off does not fit. */
export async function compareHeads(
  connection: SystemConnection,
  heads: readonly AuditHead[],
): Promise<{ tenantId: string; problem: NewProblem }[]> {
  if (heads.length === 0) return [];
  const ends = await readChainEnds(
    connection,
    heads.map(({ tenantId }) => tenantId),
  );
  const found: { tenantId: string; problem: NewProblem }[] = [];
  for (const head of heads) {
    const { tenantId, block, sequence } = head;
    const problem = { block, eventId: null, sequence };
    const end = ends.find((each) => each.tenantId === tenantId);
    if (!end || end.number < block) {
      found.push({ tenantId, problem: { kind: 'cut', ...problem } });
      continue;
    }
    const [stored] = await readBlocks(connection, tenantId, { from: block, limit: 1 });
    if (stored?.number !== block || stored.hash !== head.hash)
      found.push({ tenantId, problem: { kind: 'head', ...problem } });
  }
  return found;
}
