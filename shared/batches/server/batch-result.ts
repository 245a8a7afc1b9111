import { readPayloads } from '../../executions/db/executions-of.ts';
import type { TenantConnection } from '../../platform/db/database.ts';
import type { JsonObject } from '../../platform/json.ts';
import { type BatchRow, readBatch, readCalls } from '../db/batches.ts';
import { countsOf } from './batch-view.ts';

/** All outputs together, in bytes: later steps get them with every expression. */
const outputBytes = 512 * 1024;

/** How a batch has ended, for whoever waits for it. */
export interface BatchResult {
  batch: BatchRow;
  /** Why it did not succeed, for people. */
  problem: string | null;
  /** `{status, counts, calls: {id: {status, output}}}`, redacted. A long output is left out: its execution has it. */
  output: JsonObject;
}

/** @returns null while it has not ended */
export async function readBatchResult(connection: TenantConnection, id: string): Promise<BatchResult | null> {
  const batch = await readBatch(connection, id);
  if (!batch?.ended_at) return null;
  const calls = await readCalls(connection, id);
  const made = calls.flatMap(({ execution_id, status }) =>
    execution_id && (status === 'succeeded' || status === 'failed') ? [execution_id] : [],
  );
  const longest = Math.floor(outputBytes / Math.max(1, made.length));
  const { values: outputs } = await readPayloads(connection, 'output', made, longest);
  const { succeeded = 0, failed = 0, skipped = 0, cancelled = 0 } = countsOf(calls);
  const counts = { total: batch.total, succeeded, failed, skipped, cancelled };
  const first = calls.find(({ status }) => status === 'failed');
  const why = first ? ` ${first.call_id}: ${first.failure?.message ?? 'failed.'}` : '';
  return {
    batch,
    problem:
      batch.status === 'succeeded'
        ? null
        : batch.status === 'cancelled'
          ? (batch.reason ?? 'The batch was cancelled.')
          : `${succeeded} of ${batch.total} calls succeeded, ${failed} failed.${why}`,
    output: {
      status: batch.status,
      counts,
      calls: Object.fromEntries(
        calls.map(({ call_id, status, execution_id }) => {
          const output = execution_id === null ? undefined : outputs.get(execution_id);
          return [call_id, { status, ...(output && { output: output.value }) }];
        }),
      ),
    },
  };
}
