import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { z } from 'zod';
import type { TenantConnection } from '../../../platform/db/database.ts';
import { writeJson } from '../../../platform/json-text.ts';
import type { auditListInputSchema } from '../../audit-schemas.ts';
import { readHeads } from '../../db/audit-heads.ts';
import {
  firstBlockSince,
  lookAtLog,
  readBlocks,
  readClock,
  readEventsById,
  readSequenceOf,
  type StoredBlock,
  type StoredEvent,
} from '../../db/audit-seal.ts';
import { findUnsealed } from '../../db/audit-unsealed.ts';
import { tailNow } from '../../db/events.ts';
import { readLastRemoval } from '../../db/removed-events.ts';
import type { ChangeContext } from '../change-context.ts';
import { tell } from '../tell.ts';
import { addParts, announcedIn, type EventParts } from './announced-erasure.ts';
import { auditFormat, erasedParts, type Opening, type SealedEvent, saltAt } from './audit-digest.ts';
import type { AuditSeal } from './audit-seal.ts';
import { signExport } from './audit-signature.ts';

export type ExportFilter = Omit<z.output<typeof auditListInputSchema>, 'limit' | 'cursor'> & {
  exceptionId?: string;
};
type ExportContext = ChangeContext<{ auditSeal: AuditSeal }>;

/** How long an export waits for transactions that were open when it began: longer than one of ours may idle. */
const patienceMs = 12_000;
/** An event has the time at which its transaction began, and is sealed at most this much later. */
const slackMs = 10 * 60_000;

/** An export is an event of the trail too. */
export async function tellExport(
  context: ExportContext,
  data: { format: string; filters: string[] },
): Promise<void> {
  await context.services.db.tenant(context.identity.tenantId, (connection) =>
    tell(connection, context, { type: 'AuditExported', subjectType: 'audit', subjectId: 'log', data }),
  );
}

/** Seals whatever has committed so far, and signs it. Transactions that stay open may hold the last events back. */
export async function sealEverything({ services: { db, auditSeal } }: ExportContext): Promise<void> {
  const { next } = await db.system(lookAtLog);
  const until = performance.now() + patienceMs;
  let ended = (await db.system(tailNow)).xid;
  while (BigInt(ended) < BigInt(next) && performance.now() < until) {
    await sleep(20);
    ended = (await db.system(tailNow)).xid;
  }
  await auditSeal.seal({ ended });
  await auditSeal.signHeads();
}

/**
 * The sealed events of a tenant with everything that `verifyExport` needs, a line each. Times choose whole blocks, so that
 * events shortly before and after are part of it; other filters leave events out, and only their digests stay.
 */
export async function* exportAudit(context: ExportContext, filter: ExportFilter): AsyncGenerator<string> {
  const { services, identity } = context;
  const { tenantId } = identity;
  const { from, to, ...others } = filter;
  const chosen = Object.values(others).some((value) => value !== undefined);
  const key = await services.auditSeal.keys.signing();
  const digest = createHash('sha256');
  const line = (value: object): string => {
    const text = `${writeJson(value)}\n`;
    digest.update(text);
    return text;
  };
  const onTenant = <T>(work: (connection: TenantConnection) => Promise<T>) =>
    services.db.tenant(tenantId, work);
  let number = from === undefined ? 1 : await onTenant((c) => firstBlockSince(c, new Date(from)));
  let before = number > 1 ? (await onTenant((c) => readBlocks(c, tenantId, one(number - 1))))[0] : undefined;
  const removed = await onTenant((c) => readRemoved(c, before));
  yield line({
    kind: 'export',
    format: auditFormat,
    tenantId,
    tenant: identity.tenantSlug,
    exportedAt: await services.db.tenant(tenantId, readClock),
    /** Times, and what leaves events out. */
    range: from === undefined && to === undefined ? null : { from, to },
    filter: chosen ? others : null,
    /** The event that says what retention has removed: the file goes on until it. */
    removed,
    keyId: key.id,
    publicKey: key.publicKeyPem,
  });
  const counts = { blocks: 0, events: 0 };
  /** Parts that are erased and, so far, not announced. The file goes on until they are. */
  const unproven: EventParts = new Map();
  for (;;) {
    const part = await onTenant((connection) => readPart(connection, number, before));
    if (!part) break;
    const needed = part.block.firstSequence <= (removed?.sequence ?? 0) || unproven.size > 0;
    if (isLater(part.block, to) && !needed) break;
    let text = line(blockLine(part.block));
    for (const event of part.events) {
      const proves = prove(unproven, event) || event.sequence === removed?.sequence;
      if (chosen && !proves && !isWanted(event, others)) continue;
      const erased = erasedParts(event.opening ?? '');
      if (erased.length > 0 && (event.sequence ?? 0) > (removed?.throughSequence ?? 0))
        addParts(unproven, event.id, erased);
      text += line(event);
      counts.events += 1;
    }
    for (const head of part.heads) text += line({ kind: 'head', ...head });
    counts.blocks += 1;
    yield text;
    before = part.block;
    number = before.number + 1;
  }
  const signature = signExport(digest.digest('hex'), key.privateKey);
  yield `${writeJson({ kind: 'end', ...counts, signature })}\n`;
}

async function readPart(connection: TenantConnection, from: number, before: StoredBlock | undefined) {
  const { tenantId } = connection;
  const [block, next] = await readBlocks(connection, tenantId, { from, limit: 2 });
  if (!block) return null;
  const rows = await readEventsById(connection, tenantId, block.eventIds);
  const byId = Map.groupBy(rows, ({ id }) => id);
  const range = { above: before?.highId ?? null, upTo: next ? block.highId : null, except: block.eventIds };
  const added = await readEventsById(connection, tenantId, await findUnsealed(connection, tenantId, range));
  return {
    block,
    events: [
      ...block.eventIds.flatMap((id, index) => {
        const sequence = block.firstSequence + index;
        const salt = saltAt(block.salts, index);
        return (byId.get(id) ?? []).map((row) => lineOf(row, sequence, salt));
      }),
      // The one who added them knows nothing that would make them fit.
      ...added.map((row) => lineOf(row, null, null)),
    ],
    heads: await readHeads(connection, tenantId, [block.number]),
  };
}

/** With its salt or, once parts are erased, with what opens its digest. */
const lineOf = (
  { opening, announcedBy: _by, ...row }: StoredEvent,
  sequence: number | null,
  salt: string | null,
): EventLine => ({ kind: 'event', sequence, ...(opening ? { opening } : { salt }), ...row });

type EventLine = SealedEvent & {
  kind: 'event';
  sequence: number | null;
  salt?: string | null;
  opening?: Opening;
};

/** Takes from these parts what the event announces. @returns whether it announces any */
function prove(unproven: EventParts, event: SealedEvent): boolean {
  let proves = false;
  for (const [id, parts] of announcedIn([event])) {
    const known = unproven.get(id);
    if (!known) continue;
    proves = true;
    for (const part of parts) known.delete(part);
    if (known.size === 0) unproven.delete(id);
  }
  return proves;
}

/** The last event about removed events, and its place; null when it says nothing about what comes after this block. */
async function readRemoved(connection: TenantConnection, before: StoredBlock | undefined) {
  const { tenantId } = connection;
  const removal = await readLastRemoval(connection, tenantId);
  if (!removal || (before && removal.throughSequence < before.firstSequence + before.eventIds.length))
    return null;
  const sequence = await readSequenceOf(connection, tenantId, removal.eventId);
  return sequence === null ? null : { sequence, throughSequence: removal.throughSequence };
}

const one = (from: number) => ({ from, limit: 1 });

/** Whether none of its events can be from before this time. */
function isLater({ sealedAt }: StoredBlock, to: string | undefined): boolean {
  return to !== undefined && Date.parse(sealedAt) > Date.parse(to) + slackMs;
}

const blockLine = ({
  lowId: _low,
  highId: _high,
  salts: _salts,
  eventIds,
  digests,
  ...block
}: StoredBlock) => ({
  kind: 'block',
  ...block,
  count: eventIds.length,
  eventIds,
  digests: digests.toString('base64'),
});

function isWanted(event: SealedEvent, filter: Omit<ExportFilter, 'from' | 'to'>): boolean {
  const { actor, ...equal } = filter;
  const fits = Object.entries(equal).every(
    ([name, value]) => value === undefined || event[name as keyof typeof equal] === value,
  );
  return (
    fits &&
    (actor === undefined ||
      event.actor.id === actor ||
      event.actor.name.toLowerCase().includes(actor.toLowerCase()))
  );
}
