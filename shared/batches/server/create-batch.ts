import { setTimeout as sleep } from 'node:timers/promises';
import type { z } from 'zod';
import type { ReadContext } from '../../events/server/change-context.ts';
import type { ExecutionContext } from '../../executions/server/execution-context.ts';
import { shownCall } from '../../executions/server/shown-call.ts';
import { undoableOf } from '../../executions/undoable.ts';
import { readTenantEgress } from '../../identity/db/tenant-settings.ts';
import { createdBefore } from '../../platform/db/request-keys.ts';
import { listWarnings } from '../../platform/egress-rules.ts';
import { InterlockError } from '../../platform/error-codes.ts';
import type { JsonValue } from '../../platform/json.ts';
import { calledPlaces } from '../../tools/called-places.ts';
import type { Batch, BatchInput, BatchPreview, createBatchSchema } from '../batch-schemas.ts';
import { readRest } from '../db/batches.ts';
import type { BatchChange, BatchRead } from './batch-context.ts';
import { readBatchView } from './batch-view.ts';
import { batchDigest, checkBatch } from './check-batch.ts';
import { prepareBatch } from './prepare-batch.ts';
import { startBatchWorkflow } from './start-batch-workflow.ts';

const defaultWaitMs = 30_000;
const lookMs = 100;

/**
 * What a batch would do: every call with its request and what the policies say, and one digest for all.
 * @throws InterlockError as `checkBatch`, or `rate_limited`
 */
export async function previewBatch(
  { services, identity }: ReadContext<ExecutionContext>,
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
  const { tenantId } = identity;
  const { db, digest } = services;
  const exceptionId =
    input.exceptionId === undefined ? null : await services.findException(tenantId, input.exceptionId);
  if (input.exceptionId !== undefined && exceptionId === null)
    throw new InterlockError('not_found', 'Exception not found. Nothing was started.');
  if (previewDigest !== undefined) services.previewLimits.beforeDigest(identity, 'batch');
  const { id, total, write } = await prepareBatch(services, identity, { input, exceptionId, previewDigest });
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
    if (!before) await write(connection, { identity, requestId });
    return { before };
  });
  if (created.before) return created.before;
  // Without Temporal it is started later: it is written.
  await startBatchWorkflow(services, { id, tenantId, round: 0, total }).catch((error: unknown) =>
    services.log.warn({ err: error, batchId: id }, 'a batch could not be started; it will be'),
  );
  return id;
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
