import { isDeepStrictEqual } from 'node:util';
import { readBatchResult } from '../../batches/server/batch-result.ts';
import { readExecution } from '../../executions/db/executions-read.ts';
import { isTerminal } from '../../executions/db/executions-row.ts';
import type { TenantConnection } from '../../platform/db/database.ts';
import type { JsonValue } from '../../platform/json.ts';
import { isRunOpen, type RunRow, readRun } from '../db/playbook-runs.ts';
import { type CompletionRow, listAccepted } from '../db/step-completions.ts';
import { listStepRuns, readStepRun, type StepRow } from '../db/step-runs.ts';
import type { StepState } from '../playbook-contract.ts';
import { definitionOf, type Step } from '../steps/registry.ts';
import { type PlaybookContext, playbookActor } from './run-context.ts';
import { loadStep } from './run-document.ts';
import { runningExecution } from './running-execution.ts';
import type { Cause, StepEffect } from './step-runner.ts';
import { runnerOf } from './step-runners.ts';
import { stepState } from './step-state.ts';
import { actorOf } from './step-subject.ts';
import { changeStep, eventsOf, type StepAddress } from './step-transitions.ts';

/** Records the result of the step's execution. An execution that has not ended changes nothing. */
export function settleToolStep(
  context: PlaybookContext,
  { executionId, ...address }: StepAddress & { executionId: string },
): Promise<StepState> {
  return settle(context, address, async ({ connection, run, row, step }) => {
    if (runningExecution(row) !== executionId) return null;
    const execution = await readExecution(connection, run.tenant_id, executionId);
    if (!execution || !isTerminal(execution)) return null;
    const requested = (await listAccepted(connection, [run.id])).find(
      (each) => each.execution_id === executionId,
    );
    const by = requested ? causeOf(requested) : { actor: playbookActor };
    return () => runnerOf(step).toolEnded?.(step, { row, execution, by });
  });
}

/** Records the result of the run that the step started. A run that has not ended changes nothing. */
export function settleRunStep(context: PlaybookContext, address: StepAddress): Promise<StepState> {
  return settle(context, address, async ({ connection, row, step }) => {
    const child = row.child_run_id ? await readRun(connection, row.child_run_id) : null;
    if (!child || isRunOpen(child)) return null;
    const steps = await listStepRuns(connection, [child.id]);
    const outputs = steps.flatMap(({ step_id, output }): [string, JsonValue][] =>
      output === null ? [] : [[step_id, output]],
    );
    return () => runnerOf(step).runEnded?.(step, { child, outputs: Object.fromEntries(outputs) });
  });
}

/** Records the result of the step's batch. A batch that has not ended changes nothing. */
export function settleBatchStep(context: PlaybookContext, address: StepAddress): Promise<StepState> {
  return settle(context, address, async ({ connection, run, row, step }) => {
    const result = row.batch_id ? await readBatchResult(connection, row.batch_id) : null;
    if (!result) return null;
    const requested = (await listAccepted(connection, [run.id])).findLast(
      (each) => each.step_run_id === row.id,
    );
    const by = requested ? causeOf(requested) : { actor: playbookActor };
    return () => runnerOf(step).batchEnded?.(step, { result, by });
  });
}

/** Completes a step whose groups have all ended. */
export function settleGroups(context: PlaybookContext, address: StepAddress): Promise<StepState> {
  return settle(context, address, async ({ step }) =>
    definitionOf(step).inside?.together
      ? () => ({ change: { status: 'completed', outcome: 'completed' } })
      : null,
  );
}

export const causeOf = (completion: CompletionRow, requestId: string | null = null): Cause => ({
  actor: actorOf(completion),
  person: completion.person,
  requestId,
});

type Decision = () => StepEffect | null | undefined | Promise<StepEffect | null | undefined>;

/**
 * Changes a running step, once. `read` loads what the decision needs and returns the decision. Deciding may be slow, so it
 * gets no connection and no lock. A step that has changed meanwhile stays as it is.
 */
async function settle(
  context: PlaybookContext,
  address: StepAddress,
  read: (seen: {
    connection: TenantConnection;
    run: RunRow;
    row: StepRow;
    step: Step;
  }) => Promise<Decision | null>,
): Promise<StepState> {
  const { tenantId, runId, stepId } = address;
  const seen = await context.db.tenant(tenantId, async (connection) => {
    const run = (await readRun(connection, runId))!;
    const row = (await readStepRun(connection, runId, stepId))!;
    if (row.status !== 'running') return { run, row, decide: null };
    const step = await loadStep(connection, run, stepId);
    return { run, row, decide: await read({ connection, run, row, step }) };
  });
  const effect = await seen.decide?.();
  if (!effect) return stepState(context, seen.run, seen.row);
  const { change, events = [], also } = effect;
  const { run, row } = await changeStep(context, address, (locked) =>
    isDeepStrictEqual(locked.row, seen.row)
      ? {
          change,
          by: effect.by ?? { actor: playbookActor },
          events: [...events, ...eventsOf(change.status, effect.data)],
          also,
        }
      : null,
  );
  return stepState(context, run, row);
}
