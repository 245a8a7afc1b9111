import { v7 as uuidv7 } from 'uuid';
import { readRun } from '../db/playbook-runs.ts';
import { readStepRun, type StepRow } from '../db/step-runs.ts';
import type { StepState } from '../playbook-contract.ts';
import type { StepType } from '../steps/registry.ts';
import type { Opening } from './evaluate-opening.ts';
import { findOpening } from './find-opening.ts';
import { receiveKept } from './kept-events.ts';
import type { PlaybookContext } from './run-context.ts';
import { loadStep } from './run-document.ts';
import { loadScope } from './run-scope.ts';
import { stepState } from './step-state.ts';
import { openStepRow, type StepAddress } from './step-transitions.ts';

/** Opens a step of a run, once: evaluates its condition, its assignee and its input. */
export async function openStep(context: PlaybookContext, address: StepAddress): Promise<StepState> {
  const { tenantId, runId, stepId } = address;
  const { run, row, step, scope } = await context.db.tenant(tenantId, async (connection) => {
    const run = await readRun(connection, runId);
    if (!run) throw new Error('Run not found');
    const row = await readStepRun(connection, runId, stepId);
    return {
      run,
      row,
      step: await loadStep(connection, run, stepId),
      scope: await loadScope(connection, run),
    };
  });
  const opened = row ?? (await open(context, { run, step, scope }));
  if (await receiveKept(context, { run, step, row: opened })) return lookAtStep(context, address);
  return stepState(context, run, opened);
}

async function open(context: PlaybookContext, opening: Omit<Opening, 'stepRunId'>): Promise<StepRow> {
  const { run, step } = opening;
  const id = uuidv7();
  const { status, transition } = await findOpening(context, { ...opening, stepRunId: id });
  return context.db.tenantTransaction(run.tenant_id, async (connection) => {
    // A parsed document has registered types only.
    const type = step.type as StepType;
    const fields = { id, step_id: step.id, type, title: step.title, status };
    const opened =
      (await openStepRow(connection, run, fields, transition)) ??
      (await readStepRun(connection, run.id, step.id));
    return opened!;
  });
}

/** The state of an open step, for its workflow. */
export async function lookAtStep(context: PlaybookContext, address: StepAddress): Promise<StepState> {
  const { tenantId, runId, stepId } = address;
  const [run, row] = await context.db.tenant(tenantId, async (connection) => [
    await readRun(connection, runId),
    await readStepRun(connection, runId, stepId),
  ]);
  if (!run || !row) throw new Error('Step not found');
  return stepState(context, run, row);
}
