import { InterlockError } from '../../platform/error-codes.ts';
import type { RunRow } from '../db/playbook-runs.ts';
import { readStepRun, type StepRow } from '../db/step-runs.ts';
import { allSteps } from '../playbook-document.ts';
import type { Step } from '../steps/registry.ts';
import { mustReadRun } from './load-runs.ts';
import type { PlaybookContext } from './run-context.ts';
import { loadDocument } from './run-document.ts';

/** A step of a run: the run's id, and the id of the step in its document. */
export interface StepRef {
  runId: string;
  stepId: string;
}

export interface StepSituation {
  run: RunRow;
  step: Step;
  row: StepRow;
}

/** @throws InterlockError `not_found`, or `conflict` when the run has not reached the step */
export async function findStep(
  { db }: Pick<PlaybookContext, 'db'>,
  tenantId: string,
  { runId, stepId }: StepRef,
): Promise<StepSituation> {
  return db.tenant(tenantId, async (connection) => {
    const run = await mustReadRun(connection, runId);
    const placed = allSteps(await loadDocument(connection, run)).find(({ step }) => step.id === stepId);
    if (!placed) throw stepNotFound();
    const row = await readStepRun(connection, run.id, stepId);
    if (!row) throw new InterlockError('conflict', 'This step has not been reached.');
    return { run, step: placed.step, row };
  });
}

export const stepNotFound = () => new InterlockError('not_found', 'Step not found in this run.');
