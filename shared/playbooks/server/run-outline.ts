import { markWorkflowStarted, readRun } from '../db/playbook-runs.ts';
import { isStepFinal, listStepRuns } from '../db/step-runs.ts';
import { type RunOutline, runWorkflowId, type SettledStep, type StepOutline } from '../playbook-contract.ts';
import { allSteps } from '../playbook-document.ts';
import { definitionOf, type Step, stepGroups } from '../steps/registry.ts';
import type { PlaybookContext } from './run-context.ts';
import { loadDocument } from './run-document.ts';

/** The steps of a run for its workflow, loaded when it starts and when it continues as new. */
export async function loadOutline(
  { db, environment }: Pick<PlaybookContext, 'db' | 'environment'>,
  { tenantId, runId }: { tenantId: string; runId: string },
): Promise<RunOutline> {
  return db.tenant(tenantId, async (connection) => {
    const run = await readRun(connection, runId);
    if (!run) throw new Error('Run not found');
    await markWorkflowStarted(connection, runId);
    const document = await loadDocument(connection, run);
    const reached = await listStepRuns(connection, [runId]);
    const parent = run.parent_run_id ? await readRun(connection, run.parent_run_id) : null;
    const numbers = new Map(allSteps(document).map(({ step, number }) => [step.id, number]));
    const outline = (step: Step): StepOutline => ({
      id: step.id,
      title: step.title,
      number: numbers.get(step.id) ?? 0,
      parallel: definitionOf(step).inside?.together ?? false,
      groups: stepGroups(step).map(({ id, end, steps }) => ({ id, end, steps: steps.map(outline) })),
    });
    return {
      title: run.playbook_title,
      url: `${environment.publicUrl}/playbook-runs/${run.id}`,
      parentWorkflowId: parent && runWorkflowId({ playbookName: parent.playbook_name, id: parent.id }),
      paused: run.paused_at !== null,
      steps: document.steps.map(outline),
      total: numbers.size,
      done: Object.fromEntries(
        reached
          .filter(isStepFinal)
          .map((row): [string, SettledStep] => [
            row.step_id,
            { status: row.status as SettledStep['status'], outcome: row.outcome },
          ]),
      ),
    };
  });
}
