import type { Actor } from '../../identity/roles.ts';
import type { TenantConnection } from '../../platform/db/database.ts';
import { InterlockError } from '../../platform/error-codes.ts';
import type { ReadSource, UndoSource } from '../../undo/server/undo-context.ts';
import { isRunOpen, listRunTree, type RunRow, starterOf } from '../db/playbook-runs.ts';
import { documentKey, readDocumentsOf } from '../db/playbook-versions.ts';
import { listStepRuns, type StepRow } from '../db/step-runs.ts';
import { allSteps } from '../playbook-document.ts';
import { definitionOf } from '../steps/registry.ts';
import { mustReadRun } from './load-runs.ts';

/** What a run has done, to be undone once it has ended. */
export function undoOfRun(id: string): ReadSource {
  return async (connection) => {
    const run = await mustReadRun(connection, id, 'lock');
    if (isRunOpen(run))
      throw new InterlockError(
        'conflict',
        `This run has not ended (${run.status}). Nothing was sent. Cancel it first, or complete it.`,
      );
    return sourceOfRun(connection, run, 'all');
  };
}

/** The same to look at. Of an open run: what would be undone if it were aborted or cancelled now. */
export function undoableOfRun(id: string): ReadSource {
  return async (connection) => {
    const run = await mustReadRun(connection, id);
    return sourceOfRun(connection, run, isRunOpen(run) ? 'on abort' : 'all');
  };
}

/** The executions of a run, and of the ended runs that it started. `on abort`: of steps that say so. */
export async function sourceOfRun(
  connection: TenantConnection,
  run: RunRow,
  which: 'all' | 'on abort',
): Promise<UndoSource> {
  const runs = await listRunTree(connection, run.id);
  const steps = (
    await listStepRuns(
      connection,
      runs.map(({ id }) => id),
    )
  ).filter(({ execution_ids }) => execution_ids.length > 0);
  const chosen = which === 'all' ? steps : await undoneOnAbort(connection, runs, steps);
  return {
    type: 'run',
    id: run.id,
    exceptionId: run.exception_id,
    executions: chosen.flatMap(({ execution_ids, title }) =>
      execution_ids.map((id) => ({ id, label: title })),
    ),
  };
}

async function undoneOnAbort(
  connection: TenantConnection,
  runs: readonly RunRow[],
  steps: readonly StepRow[],
): Promise<StepRow[]> {
  if (steps.length === 0) return [];
  const documents = await readDocumentsOf(connection, [...runs]);
  const flagged = new Map(
    runs.map((run) => {
      const { document } = documents.get(documentKey(run))!;
      const ids = allSteps(document)
        .filter(({ step }) =>
          definitionOf(step)
            .toolCalls(step)
            .some((call) => call.undoOnAbort),
        )
        .map(({ step }) => step.id);
      return [run.id, new Set(ids)];
    }),
  );
  return steps.filter(({ run_id, step_id }) => flagged.get(run_id)?.has(step_id));
}

/** Who has aborted or cancelled a run: what it undoes is theirs. Not known: whoever started it. */
export function endedBy(run: RunRow, steps: readonly StepRow[]): Actor {
  const { cancelled_by_type: type, cancelled_by_id: id, cancelled_by_name: name } = run;
  if (run.status === 'cancelled' && type && id && name) return { type, id, name };
  const failed = run.status === 'failed' ? steps.findLast(({ status }) => status === 'failed') : undefined;
  const { completed_by_type, completed_by_id, completed_by_name } = failed ?? {};
  return completed_by_type && completed_by_type !== 'system' && completed_by_id && completed_by_name
    ? { type: completed_by_type, id: completed_by_id, name: completed_by_name }
    : starterOf(run);
}
