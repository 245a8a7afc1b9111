import { setTimeout as sleep } from 'node:timers/promises';
import { v7 as uuidv7 } from 'uuid';
import type { z } from 'zod';
import { tell } from '../../events/server/tell.ts';
import { shownCall } from '../../executions/server/shown-call.ts';
import { undoableOf } from '../../executions/undoable.ts';
import { readTenantEgress } from '../../identity/db/tenant-settings.ts';
import { createdByOf } from '../../platform/db/columns.ts';
import { createdBefore } from '../../platform/db/request-keys.ts';
import { listWarnings } from '../../platform/egress-rules.ts';
import { InterlockError } from '../../platform/error-codes.ts';
import type { JsonValue } from '../../platform/json.ts';
import { calledPlaces } from '../../tools/called-places.ts';
import {
  type Batch,
  type BatchInput,
  type BatchPreview,
  type createBatchSchema,
  defaultConcurrency,
} from '../batch-schemas.ts';
import { countOpenBatches, insertBatch, readRest } from '../db/batches.ts';
import type { BatchChange, BatchRead } from './batch-context.ts';
import { readBatchView } from './batch-view.ts';
import { batchDigest, checkBatch, checkBatchDigest, storedCall } from './check-batch.ts';
import { startAfterMs, startBatchWorkflow } from './start-batch-workflow.ts';
import { sealCalls } from './stored-batch.ts';

/** Batches of a tenant at work: each one is an activity of the worker while something moves. */
const maxOpen = 20;
const defaultWaitMs = 30_000;
const lookMs = 100;

/**
 * What a batch would do: every call with its request and what the policies say, and one digest for all.
 * @throws InterlockError as `checkBatch`, or `rate_limited`
 */
export async function previewBatch(
  { services, identity }: BatchRead,
  input: BatchInput,
): Promise<BatchPreview> {
  const { tenantId } = identity;
  services.previewLimits.beforePreview(identity, 'batch');
  const calls = await checkBatch(services, identity, input);
  const egress = await services.db.tenant(tenantId, readTenantEgress);
  const views = calls.map(({ sent, tool, needs, prepared }) => {
    const { toolId, version } = tool;
    const { name: toolName } = tool.definition;
    const undo = undoableOf(tool.definition);
    const facts = { id: sent.id, toolId, toolName, toolVersion: version, needs, undo };
    if (!prepared) return facts;
    const { toolId: _, toolVersion, undo: __, ...shown } = shownCall(prepared.call);
    const warnings = listWarnings(egress, calledPlaces(tool.definition));
    return { ...facts, preview: { ...shown, policy: prepared.policy, warnings } };
  });
  return {
    valid: true,
    digest: batchDigest(services, tenantId, input, calls),
    calls: views,
    counts: {
      total: calls.length,
      approvals: calls.filter(({ prepared }) => prepared?.policy.effect === 'require_approval').length,
      later: calls.filter(({ prepared }) => !prepared).length,
    },
  };
}

/**
 * Checks a batch whole, writes it, starts it, and waits for its end.
 * @throws InterlockError as `checkBatch`, `not_found` for its exception, `preview_changed`, `rate_limited` or
 * `idempotency_conflict`; then nothing was written
 */
export async function createBatch(
  context: BatchChange,
  { previewDigest, waitMs, idempotencyKey, ...input }: z.output<typeof createBatchSchema>,
): Promise<Batch> {
  const id = await writeBatch(context, input, previewDigest, idempotencyKey);
  return waitForBatch(context, id, waitMs);
}

async function writeBatch(
  { services, identity, requestId }: BatchChange,
  input: BatchInput,
  previewDigest: string | undefined,
  idempotencyKey: string | undefined,
): Promise<string> {
  const { tenantId, actor } = identity;
  const { db, vault, digest } = services;
  const exceptionId =
    input.exceptionId === undefined ? null : await services.findException(tenantId, input.exceptionId);
  if (input.exceptionId !== undefined && exceptionId === null)
    throw new InterlockError('not_found', 'Exception not found. Nothing was started.');
  const calls = await checkBatch(services, identity, input);
  if (previewDigest !== undefined) {
    services.previewLimits.beforeDigest(identity, 'batch');
    checkBatchDigest(services, tenantId, input, calls, previewDigest);
  }
  const id = uuidv7();
  const bound = previewDigest !== undefined;
  const stored = calls.map((call) => storedCall(services, call, bound));
  const sealed = await sealCalls(vault, { tenantId, batchId: id }, stored);
  const title = await services.written.note(tenantId, input.title ?? titleOf(calls));
  const request =
    idempotencyKey === undefined
      ? null
      : // It was parsed from JSON.
        { key: idempotencyKey, fingerprint: digest('idempotency', ['batch', input as unknown as JsonValue]) };
  const created = await db.tenantTransaction(tenantId, async (connection) => {
    const before = await createdBefore(
      connection,
      request && { ...request, subjectType: 'batch', subjectId: id },
    );
    if (before) return { before };
    if ((await countOpenBatches(connection)) >= maxOpen) throw tooMany();
    await insertBatch(
      connection,
      {
        id,
        title,
        on_failure: input.onFailure,
        concurrency: input.concurrency ?? Math.min(defaultConcurrency, calls.length),
        per_minute: input.perMinute ?? null,
        sample: input.sample !== undefined && input.sample < calls.length ? input.sample : null,
        deadline_at: input.deadlineMs === undefined ? null : new Date(Date.now() + input.deadlineMs),
        exception_id: exceptionId,
        bound,
        total: calls.length,
        definition_sealed: sealed,
        run_by_type: actor.type,
        run_by_id: actor.id,
        run_by_name: actor.name,
        ...createdByOf(actor),
        start_at: new Date(Date.now() + startAfterMs),
      },
      calls.map(({ sent, tool, needs }, position) => ({
        position,
        call_id: sent.id,
        tool_id: tool.toolId,
        tool_name: tool.definition.name,
        tool_version: tool.version,
        needs,
      })),
    );
    await tell(
      connection,
      { identity, requestId },
      {
        type: 'BatchStarted',
        subjectType: 'batch',
        subjectId: id,
        data: { title, total: calls.length, onFailure: input.onFailure, previewed: bound },
      },
    );
    return { before: null };
  });
  if (created.before) return created.before;
  // Without Temporal it is started later: it is written.
  await startBatchWorkflow(services, { id, tenantId, round: 0, total: calls.length }).catch(
    (error: unknown) =>
      services.log.warn({ err: error, batchId: id }, 'a batch could not be started; it will be'),
  );
  return id;
}

export const tooMany = () =>
  new InterlockError(
    'rate_limited',
    `This organization has ${maxOpen} batches in progress, the most it may have at once. Nothing was started; wait until one has ended.`,
    { retryAfterSeconds: 10 },
  );

export { maxOpen as maxOpenBatches };

function titleOf(calls: Awaited<ReturnType<typeof checkBatch>>): string {
  const names = [...new Set(calls.map(({ tool }) => tool.definition.title ?? tool.definition.name))];
  return names.length === 1 ? `${names[0]} × ${calls.length}` : `${calls.length} calls`;
}

/** The batch when it has ended or is paused, or after `waitMs`. Left out: 30 s, and not while it waits for people alone. */
export async function waitForBatch(
  context: BatchRead,
  id: string,
  waitMs: number | undefined,
): Promise<Batch> {
  const until = performance.now() + (waitMs ?? defaultWaitMs);
  const { services, identity } = context;
  for (let nap = 10; ; nap = Math.min(lookMs, nap * 2)) {
    const found = await services.db.tenant(identity.tenantId, (connection) => readRest(connection, id));
    const rests = found === 'ended' || (found === 'people' && waitMs === undefined);
    if (rests || performance.now() > until) return readBatchView(context, id);
    await sleep(nap);
  }
}
