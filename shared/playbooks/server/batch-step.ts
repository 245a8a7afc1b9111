import { type BatchInput, maxBatchBytes } from '../../batches/batch-schemas.ts';
import { retryBatchOn } from '../../batches/server/control-batch.ts';
import { isSystem } from '../../identity/roles.ts';
import { InterlockError } from '../../platform/error-codes.ts';
import type { JsonValue } from '../../platform/json.ts';
import { ExpressionError } from '../../platform/server/expressions.ts';
import { checkStorable } from '../../platform/server/json-schema.ts';
import type { BatchFields } from '../steps/batch-fields.ts';
import type { DryRunResult, StepEffect, StepRunner } from './step-runner.ts';
import { loadStepTool, openStepInput, sealStepInput } from './step-tool.ts';

/** What steps with many calls have in common. The batch has its calls and how far they are; the step has the batch. */

const noFailure = { failure_code: null, failure_message: null };

/** The calls of an open step, resolved. */
export type StepCalls = NonNullable<BatchInput['calls']>;

/**
 * The step with its calls, sealed: their requests are shown by the preview, redacted.
 * @throws ExpressionError when they cannot be stored
 */
export async function openWith(
  { context, run, stepRunId }: Parameters<StepRunner['open']>[1],
  calls: StepCalls,
  path: string,
): Promise<StepEffect> {
  const stored = { calls } as unknown as JsonValue;
  if (checkStorable(stored).length > 0) throw new ExpressionError('The inputs cannot be stored', path);
  if (JSON.stringify(stored).length > maxBatchBytes)
    throw new ExpressionError(`The inputs have more than ${maxBatchBytes / 2 ** 20} MB`, path);
  const ids = { tenantId: run.tenant_id, stepRunId };
  return {
    change: {
      status: 'waiting',
      input: { calls: calls.length },
      input_sealed: await sealStepInput(context, ids, stored),
    },
  };
}

/** The half of a runner that does not depend on how the calls were made. */
export const batchRunner: Pick<
  StepRunner<{ id: string; type: string; title: string; instructions: string } & BatchFields>,
  'complete' | 'batchRequest' | 'batchEnded'
> = {
  async batchRequest(step, { context, run, row, outcome }) {
    if (outcome !== 'run') return null;
    const { calls } = (await openStepInput(context, row)) as unknown as {
      calls: (StepCalls[number] & { tool: string })[];
    };
    const names = [...new Set(calls.map(({ tool }) => tool))];
    // The tools that had these names when the playbook was published.
    const ids = await context.db.tenant(run.tenant_id, async (connection) => {
      const found = new Map<string, string>();
      for (const tool of names) found.set(tool, (await loadStepTool(connection, run, { tool })).toolId);
      return found;
    });
    const { concurrency, perMinute, sample, onCallFailure } = step;
    return {
      title: `${row.title} · ${run.playbook_title}`.slice(0, 200),
      calls: calls.map(({ tool, ...call }) => ({ ...call, toolId: ids.get(tool)! })),
      concurrency,
      perMinute,
      sample,
      onFailure: onCallFailure,
    };
  },

  complete(_, { row, completion, by, batch }) {
    if (isSystem(by.actor))
      throw new InterlockError('forbidden', 'The calls of a batch are those of an identified person.');
    const teller = {
      identity: { tenantId: row.tenant_id, actor: by.actor },
      requestId: by.requestId ?? null,
    };
    if (completion.outcome === 'retry_failed' && row.batch_id) {
      const batchId = row.batch_id;
      return {
        change: { status: 'running', ...noFailure },
        data: { batchId },
        also: async (connection) => {
          await retryBatchOn(connection, teller, batchId);
        },
      };
    }
    if (!batch) throw new Error('A step with many calls has no batch');
    return {
      change: { status: 'running', batch_id: batch.id, ...noFailure },
      data: { batchId: batch.id },
      also: (connection) => batch.write(connection, teller),
    };
  },

  batchEnded(step, { result: { batch, problem, output }, by }) {
    const data = { batchId: batch.id };
    if (problem === null)
      return { change: { ...noFailure, status: 'completed', outcome: 'run', output }, by, data };
    const code = batch.status === 'cancelled' ? 'cancelled' : 'batch_failed';
    const failure = { failure_code: code, failure_message: problem, output };
    const told = { ...data, code, message: problem };
    if (step.onFailure === 'stay_open')
      return { change: { ...failure, status: 'waiting' }, events: [{ type: 'StepFailed', data: told }] };
    const status = step.onFailure === 'skip' ? 'skipped' : 'failed';
    return { change: { ...failure, status, outcome: 'failed', reason: problem }, data: told };
  },
};

/** What a dry run says of such a step. */
export const dryBatch = (who: string, what: string): DryRunResult => ({
  result: 'would_wait',
  message: `Waits for ${who} to run ${what}`,
});
