import { readPayloads, type StoredPayload } from '../../executions/db/executions-of.ts';
import type { Origin } from '../../identity/doors.ts';
import type { Actor } from '../../identity/roles.ts';
import { creatorOf } from '../../platform/db/columns.ts';
import type { TenantConnection } from '../../platform/db/database.ts';
import { InterlockError } from '../../platform/error-codes.ts';
import { isUuid } from '../../platform/ids.ts';
import { temporalWebUrl } from '../../platform/server/temporal/connect.ts';
import { readSeriesOf } from '../../undo/server/series-view.ts';
import { batchWorkflowId } from '../batch-contract.ts';
import {
  type Batch,
  type BatchCallStatus,
  type BatchCallView,
  type BatchSummary,
  batchCallStatuses,
} from '../batch-schemas.ts';
import { type BatchCallRow, type BatchRow, readBatch, readCalls, type StatusCounts } from '../db/batches.ts';
import type { BatchRead } from './batch-context.ts';

/** All outputs of one response, in bytes: of a batch with many calls each may be shorter. */
const outputBytes = 4 * 1024 * 1024;
const shortest = 4096;
/** Of an input that is shown: it tells which row a call is of. */
const longestInput = 2048;

const notFound = () => new InterlockError('not_found', 'Batch not found.');

/** @throws InterlockError `not_found` */
export async function mustReadBatch(connection: TenantConnection, id: string): Promise<BatchRow> {
  const row = isUuid(id) ? await readBatch(connection, id) : null;
  if (!row) throw notFound();
  return row;
}

export { notFound as batchNotFound };

/** A batch with its calls. @throws InterlockError `not_found` */
export async function readBatchView({ services, identity }: BatchRead, id: string): Promise<Batch> {
  const { tenantId } = identity;
  const { row, calls, inputs, outputs, undo } = await services.db.tenant(tenantId, async (connection) => {
    const row = await mustReadBatch(connection, id);
    const calls = await readCalls(connection, row.id);
    const ended = calls.flatMap(({ status, execution_id }) =>
      execution_id && (status === 'succeeded' || status === 'failed') ? [execution_id] : [],
    );
    const longest = Math.max(shortest, Math.floor(outputBytes / Math.max(1, ended.length)));
    const begun = calls.flatMap(({ execution_id }) => execution_id ?? []);
    const inputs = await readPayloads(connection, 'input', begun, longestInput);
    const outputs = await readPayloads(connection, 'output', ended, longest);
    const undo = await readSeriesOf(connection, 'batch', row.id);
    return { row, calls, inputs: inputs.values, outputs: outputs.values, undo };
  });
  const workflowId = batchWorkflowId(row);
  return {
    ...summaryOf(row, countsOf(calls)),
    onFailure: row.on_failure,
    concurrency: row.concurrency,
    perMinute: row.per_minute,
    sample: row.sample,
    deadlineAt: row.deadline_at?.toISOString() ?? null,
    retryable: row.definition_sealed !== null,
    calls: calls.map((call) => callView(call, inputs, outputs)),
    undo,
    workflowId,
    temporalUrl: temporalWebUrl(
      services.environment.INTERLOCK_TEMPORAL_UI_URL,
      services.temporal.client.options.namespace,
      workflowId,
    ),
  };
}

const runByOf = (row: Pick<BatchRow, 'run_by_type' | 'run_by_id' | 'run_by_name'>): Actor => ({
  type: row.run_by_type,
  id: row.run_by_id,
  name: row.run_by_name,
});

/** Through which door its calls come: that of whoever started, resumed or retried it last. */
const originOfBatch = ({ door, address }: Pick<BatchRow, 'door' | 'address'>): Origin => ({
  door: door ?? 'worker',
  address,
});

export { originOfBatch, runByOf };

export function summaryOf(row: Omit<BatchRow, 'definition_sealed'>, counts: StatusCounts): BatchSummary {
  return {
    id: row.id,
    title: row.title,
    status: row.status,
    reason: row.reason,
    counts: {
      total: row.total,
      ...(Object.fromEntries(batchCallStatuses.map((status) => [status, counts[status] ?? 0])) as Record<
        BatchCallStatus,
        number
      >),
    },
    exceptionId: row.exception_id,
    step:
      row.playbook_run_id === null || row.step_id === null
        ? null
        : { runId: row.playbook_run_id, stepId: row.step_id },
    actor: creatorOf(row),
    runBy: runByOf(row),
    createdAt: row.created_at.toISOString(),
    endedAt: row.ended_at?.toISOString() ?? null,
  };
}

export function countsOf(calls: readonly Pick<BatchCallRow, 'status'>[]): StatusCounts {
  const counts: StatusCounts = {};
  for (const { status } of calls) counts[status] = (counts[status] ?? 0) + 1;
  return counts;
}

export function callView(
  row: BatchCallRow,
  inputs: ReadonlyMap<string, StoredPayload> = new Map(),
  outputs: ReadonlyMap<string, StoredPayload> = new Map(),
): BatchCallView {
  const { status, execution_id: executionId, failure } = row;
  const input = executionId === null ? undefined : inputs.get(executionId);
  const output = executionId === null ? undefined : outputs.get(executionId);
  return {
    id: row.call_id,
    toolId: row.tool_id,
    toolName: row.tool_name,
    needs: row.needs,
    status,
    executionId,
    ...(input && { input: input.value }),
    ...(output && { output: output.value }),
    ...(failure && (status === 'failed' ? { failure } : { reason: failure.message })),
    startedAt: row.started_at?.toISOString() ?? null,
    endedAt: row.ended_at?.toISOString() ?? null,
  };
}
