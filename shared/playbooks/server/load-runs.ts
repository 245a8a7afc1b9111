import type { TenantConnection } from '../../platform/db/database.ts';
import { InterlockError } from '../../platform/error-codes.ts';
import { isUuid } from '../../platform/ids.ts';
import { type RunRow, readRun } from '../db/playbook-runs.ts';
import { listAccepted } from '../db/step-completions.ts';
import { listStepRuns, type StepRow } from '../db/step-runs.ts';
import { allSteps } from '../playbook-document.ts';
import type { RunSummary } from '../playbook-schemas.ts';
import { loadDocument } from './run-document.ts';
import { type ExceptionRef, loadStepTools, toRunSummary, type WholeRun } from './run-view.ts';

/** @throws InterlockError `not_found`, for another tenant's run alike */
export async function mustReadRun(connection: TenantConnection, runId: string): Promise<RunRow> {
  const run = isUuid(runId) ? await readRun(connection, runId) : null;
  if (!run) throw new InterlockError('not_found', 'There is no such run.');
  return run;
}

/** A run with its document, steps and tools. @throws InterlockError `not_found` */
export async function loadWholeRun(connection: TenantConnection, runId: string): Promise<WholeRun> {
  const run = await mustReadRun(connection, runId);
  const document = await loadDocument(connection, run);
  const steps = await listStepRuns(connection, [run.id]);
  const exceptions = await readExceptionRefs(connection, [run]);
  return {
    run,
    document,
    steps,
    accepted: await listAccepted(connection, run.id),
    exception: exceptions.get(run.exception_id ?? '') ?? null,
    tools: await loadStepTools(connection, allSteps(document), steps),
  };
}

export async function summarize(connection: TenantConnection, runs: RunRow[]): Promise<RunSummary[]> {
  const steps = await listStepRuns(
    connection,
    runs.map((run) => run.id),
  );
  const exceptions = await readExceptionRefs(connection, runs);
  const byRun = Map.groupBy(steps, (step: StepRow) => step.run_id);
  const summaries: RunSummary[] = [];
  for (const run of runs) {
    summaries.push(
      toRunSummary({
        run,
        document: await loadDocument(connection, run),
        steps: byRun.get(run.id) ?? [],
        exception: exceptions.get(run.exception_id ?? '') ?? null,
      }),
    );
  }
  return summaries;
}

async function readExceptionRefs(
  connection: TenantConnection,
  runs: RunRow[],
): Promise<Map<string, ExceptionRef>> {
  const ids = [...new Set(runs.flatMap((run) => (run.exception_id ? [run.exception_id] : [])))];
  if (ids.length === 0) return new Map();
  const rows = await connection.query<ExceptionRef & Record<string, unknown>>({
    name: 'exception_refs',
    text: 'SELECT id, number, title, severity, domain FROM exception WHERE tenant_id = $1 AND id = ANY($2::uuid[])',
    values: [connection.tenantId, ids],
  });
  return new Map(rows.map((row) => [row.id, row]));
}
