import type { EventType } from '../../events/event-types.ts';
import type { Teller } from '../../events/server/tell.ts';
import type { Actor } from '../../identity/roles.ts';
import { originOf } from '../../identity/server/request-origin.ts';
import type { TenantConnection } from '../../platform/db/database.ts';
import { InterlockError } from '../../platform/error-codes.ts';
import { isUuid } from '../../platform/ids.ts';
import type { JsonObject } from '../../platform/json.ts';
import { listSeries } from '../../undo/db/undo-series.ts';
import type { Batch, BatchCallStatus } from '../batch-schemas.ts';
import {
  type BatchCallRow,
  type BatchRow,
  countOpenBatches,
  lockBatch,
  readCalls,
  readOutcomes,
  resetCalls,
  updateBatch,
} from '../db/batches.ts';
import type { BatchChange } from './batch-context.ts';
import { batchNotFound, readBatchView } from './batch-view.ts';
import { waitForBatch } from './create-batch.ts';
import { maxOpenBatches, tooMany } from './prepare-batch.ts';
import { startAfterMs, startBatchWorkflow } from './start-batch-workflow.ts';
import { tellBatch } from './tell-batch.ts';
import { wakeBatch } from './wake-batch.ts';

interface Changed {
  change: Partial<BatchRow>;
  type: EventType;
  data: JsonObject;
}

type Decide = (connection: TenantConnection, row: BatchRow) => Changed | Promise<Changed>;

/** Decides under the lock of the row, and writes the event with the change. @throws InterlockError `not_found` */
async function changeOn(
  connection: TenantConnection,
  teller: Teller,
  id: string,
  decide: Decide,
): Promise<BatchRow> {
  const row = isUuid(id) ? await lockBatch(connection, id) : null;
  if (!row) throw batchNotFound();
  const { change, type, data } = await decide(connection, row);
  await updateBatch(connection, id, change);
  await tellBatch(connection, teller, row, type, data);
  return { ...row, ...change };
}

const changeBatch = (
  { services, identity, requestId }: BatchChange,
  id: string,
  decide: Decide,
): Promise<BatchRow> =>
  services.db.tenantTransaction(identity.tenantId, (connection) =>
    changeOn(connection, { identity, requestId }, id, decide),
  );

const soon = (): Date => new Date(Date.now() + startAfterMs);

const runBy = (actor: Actor) => ({
  run_by_type: actor.type,
  run_by_id: actor.id,
  run_by_name: actor.name,
  ...originOf(actor),
});

const conflict = (message: string) => new InterlockError('conflict', `${message} Nothing was changed.`);

/**
 * Cancels a batch: no further call begins, and those in progress are asked to end.
 * @throws InterlockError `not_found`; `conflict` when it has ended
 */
export async function cancelBatch(context: BatchChange, id: string): Promise<Batch> {
  const { services, identity } = context;
  const row = await changeBatch(context, id, (_, batch) => {
    if (batch.ended_at) throw conflict(`This batch has already ended (${batch.status}).`);
    return cancelled(identity.actor, `Cancelled by ${identity.actor.name}.`);
  });
  await wakeBatch(services, row).catch(startedLater(services, id));
  return waitForBatch(context, id, 2000);
}

const cancelled = (actor: Actor, reason: string): Changed => ({
  change: { status: 'cancelling', reason, ...runBy(actor), start_at: soon() },
  type: 'BatchCancelRequested',
  data: {},
});

/**
 * The same in the transaction of another change; wake the batch afterwards.
 * @returns null when it has ended, or is being cancelled
 */
export async function cancelBatchOn(
  connection: TenantConnection,
  teller: Teller,
  id: string,
  reason: string,
): Promise<BatchRow | null> {
  const row = await lockBatch(connection, id);
  if (!row || row.ended_at || row.status === 'cancelling') return null;
  return changeOn(connection, teller, id, () => cancelled(teller.identity.actor, reason));
}

/**
 * No further call begins until someone resumes the batch; calls in progress end.
 * @throws InterlockError `not_found`; `conflict` when it is not running
 */
export async function pauseBatch(context: BatchChange, id: string): Promise<Batch> {
  const reason = `Paused by ${context.identity.actor.name}.`;
  await changeBatch(context, id, (_, { status }) => {
    if (status !== 'running') throw conflict(`Only a running batch can be paused; this one is ${status}.`);
    return { change: { status: 'paused', reason }, type: 'BatchPaused', data: { reason } };
  });
  return readBatchView(context, id);
}

/**
 * Goes on with a paused batch, without a further sample. Its calls are those of whoever resumes it.
 * @throws InterlockError `not_found`; `conflict` when it is not paused; `rate_limited`
 */
export async function resumeBatch(context: BatchChange, id: string): Promise<Batch> {
  const { services, identity } = context;
  const row = await changeBatch(context, id, async (connection, batch) => {
    if (batch.status !== 'paused')
      throw conflict(`Only a paused batch can be resumed; this one is ${batch.status}.`);
    return { change: await goOn(connection, batch, identity.actor), type: 'BatchResumed', data: {} };
  });
  await startBatchWorkflow(services, startOf(row)).catch(startedLater(services, id));
  return readBatchView(context, id);
}

/** @throws InterlockError `rate_limited` */
async function goOn(
  connection: TenantConnection,
  { round }: BatchRow,
  actor: Actor,
): Promise<Partial<BatchRow>> {
  if ((await countOpenBatches(connection)) >= maxOpenBatches) throw tooMany();
  return {
    status: 'running',
    reason: null,
    round: round + 1,
    sample: null,
    ended_at: null,
    ...runBy(actor),
    start_at: soon(),
  };
}

const startOf = ({ id, tenant_id: tenantId, round, total }: BatchRow) => ({ id, tenantId, round, total });

const startedLater =
  ({ log }: BatchChange['services'], batchId: string) =>
  (error: unknown) =>
    log.warn({ err: error, batchId }, 'the workflow of a batch could not be told; it will be');

/**
 * Makes the calls again that have not succeeded, with the tools as they are now; those that have succeeded stay. A call of
 * unknown outcome is settled first.
 * @throws InterlockError `not_found`; `conflict` when it has not ended, or nothing has failed; `unsettled` when only calls
 * of unknown outcome are left; `rate_limited`
 */
export async function retryFailedCalls(
  context: BatchChange,
  id: string,
  waitMs: number | undefined,
): Promise<Batch> {
  const { services, identity } = context;
  const row = await changeBatch(context, id, retried(identity.actor));
  await startBatchWorkflow(services, startOf(row)).catch(startedLater(services, id));
  return waitForBatch(context, id, waitMs);
}

/** The same in the transaction of another change; start its workflow afterwards. @throws InterlockError alike */
export function retryBatchOn(connection: TenantConnection, teller: Teller, id: string): Promise<BatchRow> {
  return changeOn(connection, teller, id, retried(teller.identity.actor));
}

const retried =
  (actor: Actor): Decide =>
  async (connection, batch) => {
    if (!batch.ended_at) throw conflict(`This batch has not ended (${batch.status}).`);
    if (!batch.definition_sealed)
      throw conflict('This batch ended more than a week ago, so its payloads are no longer kept.');
    if ((await listSeries(connection, 'batch', batch.id)).length > 0)
      throw conflict('What this batch has done was undone, or is being undone: start another batch.');
    const before = await readCalls(connection, batch.id);
    const calls = await settled(connection, before);
    const again = callsToRetry(calls);
    const happened = before.some(({ status }, index) => status !== calls[index]!.status);
    if (again.length === 0 && !happened) {
      if (!calls.some(isUnknown)) throw conflict('Nothing of this batch has failed.');
      throw new InterlockError(
        'unsettled',
        'Every call that has failed is of unknown outcome. Nothing was sent. Settle their executions first: did they happen?',
      );
    }
    await resetCalls(
      connection,
      batch.id,
      again.map(({ position }) => position),
    );
    // A person has looked at what failed, and tools may have been repaired: the preview does not bind these calls.
    const change = { ...(await goOn(connection, batch, actor)), bound: false, deadline_at: null };
    return { change, type: 'BatchRetried', data: { calls: again.length } };
  };

const isUnknown = ({ status, failure }: Pick<BatchCallRow, 'status' | 'failure'>): boolean =>
  status === 'failed' && failure?.code === 'outcome_unknown';

/** The calls as they are now: an execution of unknown outcome may have been settled since. */
async function settled(connection: TenantConnection, calls: BatchCallRow[]): Promise<BatchCallRow[]> {
  const unknown = calls.filter(isUnknown);
  if (unknown.length === 0) return calls;
  const outcomes = await readOutcomes(
    connection,
    unknown.flatMap(({ execution_id }) => execution_id ?? []),
  );
  const byId = new Map(outcomes.map((outcome) => [outcome.id, outcome]));
  const now = calls.map((call): BatchCallRow => {
    const outcome = isUnknown(call) && call.execution_id ? byId.get(call.execution_id) : undefined;
    if (!outcome || outcome.failure_code === 'outcome_unknown') return call;
    return outcome.status === 'succeeded'
      ? { ...call, status: 'succeeded', failure: null }
      : {
          ...call,
          failure: { code: outcome.failure_code ?? 'internal', message: outcome.error_message ?? '' },
        };
  });
  const happened = now.filter((call, index) => call.status !== calls[index]!.status);
  if (happened.length > 0)
    await connection.query({
      text: `UPDATE batch_call SET status = 'succeeded', failure = NULL
        WHERE tenant_id = $1 AND batch_id = $2 AND position = ANY ($3::int[])`,
      values: [connection.tenantId, happened[0]!.batch_id, happened.map(({ position }) => position)],
    });
  return now;
}

const notMade: ReadonlySet<BatchCallStatus> = new Set(['skipped', 'cancelled']);

/** Those that have failed or were not made, and conditions that have looked at one of them. */
export function callsToRetry<C extends Pick<BatchCallRow, 'call_id' | 'status' | 'failure' | 'needs'>>(
  calls: readonly C[],
): C[] {
  const again = new Set<string>();
  for (const call of calls) {
    const byCondition = call.status === 'skipped' && call.failure?.code === 'condition';
    if ((call.status === 'failed' && !isUnknown(call)) || (notMade.has(call.status) && !byCondition))
      again.add(call.call_id);
  }
  const unknown = new Set(calls.filter(isUnknown).map(({ call_id }) => call_id));
  for (let found = true; found; ) {
    found = false;
    for (const { call_id, status, needs } of calls) {
      if (again.has(call_id) || !notMade.has(status) || !needs.some((id) => again.has(id))) continue;
      again.add(call_id);
      found = true;
    }
  }
  // What needs a call of unknown outcome would be skipped again: it alone is no reason to go on.
  const useful = calls.filter(
    ({ call_id, needs, status }) =>
      again.has(call_id) && !(notMade.has(status) && needs.some((id) => unknown.has(id))),
  );
  return useful.length === 0 ? [] : calls.filter(({ call_id }) => again.has(call_id));
}
