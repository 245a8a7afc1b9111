import { v7 as uuidv7 } from 'uuid';
import type { Teller } from '../../events/server/tell.ts';
import type { ExecutionContext } from '../../executions/server/execution-context.ts';
import { originOf } from '../../identity/server/request-origin.ts';
import { createdByOf } from '../../platform/db/columns.ts';
import type { TenantConnection } from '../../platform/db/database.ts';
import { InterlockError } from '../../platform/error-codes.ts';
import { type BatchInput, defaultConcurrency } from '../batch-schemas.ts';
import { countOpenBatches, insertBatch } from '../db/batches.ts';
import { type CheckedCall, type Checker, checkBatch, checkBatchDigest, storedCall } from './check-batch.ts';
import { startAfterMs } from './start-batch-workflow.ts';
import { sealCalls } from './stored-batch.ts';
import { tellBatch } from './tell-batch.ts';

/** Batches of a tenant at work: each one is an activity of the worker while something moves. */
const maxOpen = 20;

export interface BatchRequest {
  input: BatchInput;
  exceptionId: string | null;
  /** The batch must be the one that was previewed, and so must each of its calls when it is made. */
  previewDigest?: string | null | undefined;
  /** The step of a playbook that it is made for. */
  step?: { runId: string; stepRunId: string; stepId: string };
}

/** A batch that was checked, and can be written. */
export interface PreparedBatch {
  id: string;
  total: number;
  /** Writes it with its event. @throws InterlockError `rate_limited` */
  write(connection: TenantConnection, teller: Teller): Promise<void>;
}

/**
 * Checks a batch whole, so that it can be written in a short transaction.
 * @throws InterlockError as `checkBatch`, `preview_changed` or `rate_limited`; nothing is written
 */
export async function prepareBatch(
  services: ExecutionContext,
  checker: Checker,
  { input, exceptionId, previewDigest, step }: BatchRequest,
): Promise<PreparedBatch> {
  const { tenantId } = checker;
  const calls = await checkBatch(services, checker, input);
  const bound = typeof previewDigest === 'string';
  if (bound) checkBatchDigest(services, tenantId, input, calls, previewDigest);
  const id = uuidv7();
  const stored = calls.map((call) => storedCall(services, call, bound));
  const sealed = await sealCalls(services.vault, { tenantId, batchId: id }, stored);
  const title = await services.written.note(tenantId, input.title ?? titleOf(calls));
  return {
    id,
    total: calls.length,
    async write(connection, teller) {
      const { actor } = teller.identity;
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
          ...originOf(actor),
          playbook_run_id: step?.runId ?? null,
          playbook_step_run_id: step?.stepRunId ?? null,
          step_id: step?.stepId ?? null,
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
      const facts = { total: calls.length, onFailure: input.onFailure, previewed: bound };
      await tellBatch(connection, teller, { id, title, exception_id: exceptionId }, 'BatchStarted', facts);
    },
  };
}

export const tooMany = () =>
  new InterlockError(
    'rate_limited',
    `This organization has ${maxOpen} batches in progress, the most it may have at once. Nothing was started; wait until one has ended.`,
    { retryAfterSeconds: 10 },
  );

export { maxOpen as maxOpenBatches };

function titleOf(calls: readonly CheckedCall[]): string {
  const names = [...new Set(calls.map(({ tool }) => tool.definition.title ?? tool.definition.name))];
  return names.length === 1 ? `${names[0]} × ${calls.length}` : `${calls.length} calls`;
}
