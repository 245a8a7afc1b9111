import { readStalled } from '../../executions/db/stalled-workflows.ts';
import { isUuid } from '../../platform/ids.ts';
import {
  assertIdCursor,
  type Page,
  type PageOfEach,
  pageFrom,
  pagesFrom,
} from '../../platform/server/paging.ts';
import { matchStored } from '../../tools/server/match-stored.ts';
import { readSeriesOf } from '../../undo/server/series-view.ts';
import { listRuns, listRunsOf, type RunFilter, readRuns } from '../db/playbook-runs.ts';
import { listStepRuns } from '../db/step-runs.ts';
import { allSteps } from '../playbook-document.ts';
import type { RunSummary, RunView, StepView } from '../run-schemas.ts';
import { type StepRef, stepNotFound } from './find-step.ts';
import { loadWholeRun, loadWholeRuns, summarize } from './load-runs.ts';
import type { RunRead } from './run-context.ts';
import { toRunView, toStepView } from './run-view.ts';

/** A page, newest first. @throws InterlockError `invalid_input` for an invalid cursor */
export async function readRunPage(
  { services, identity }: RunRead,
  { q, ...filter }: Omit<RunFilter, 'match'> & { q?: string | undefined },
): Promise<Page<RunSummary>> {
  assertIdCursor(filter.cursor);
  const ids = [filter.playbookId, filter.exceptionId];
  if (ids.some((id) => id !== undefined && !isUuid(id))) return { items: [], nextCursor: null };
  const { limit, cursor, ...others } = filter;
  const alone = Object.values(others).every((value) => value === undefined);
  const match = q?.trim()
    ? await matchStored(services, identity.tenantId, {
        subject: 'run',
        q,
        newest: alone ? { before: cursor, limit: limit + 1 } : null,
      })
    : undefined;
  return services.db.tenant(identity.tenantId, async (connection) => {
    const rows = await listRuns(connection, { ...filter, match, limit: limit + 1 });
    const page = pageFrom(
      rows,
      filter.limit,
      (run) => run.id,
      (run) => run,
    );
    return { ...page, items: await summarize(connection, page.items) };
  });
}

/** The newest runs of each exception. @throws InterlockError `invalid_input` for an invalid cursor */
export async function readRunPagesOf(
  { services, identity }: RunRead,
  exceptionIds: readonly string[],
  { limit, cursor }: PageOfEach,
): Promise<Map<string, Page<RunSummary>>> {
  assertIdCursor(cursor);
  return services.db.tenant(identity.tenantId, async (connection) => {
    const rows = await listRunsOf(connection, exceptionIds, { cursor, limit: limit + 1 });
    const runs = await summarize(connection, rows);
    return pagesFrom(exceptionIds, runs, limit, {
      parentOf: (run) => run.exceptionId ?? '',
      cursorOf: (run) => run.id,
      view: (run) => run,
    });
  });
}

/** Runs by id. Those that the tenant does not have are left out. */
export function readRunSummaries(
  { services, identity }: RunRead,
  ids: readonly string[],
): Promise<RunSummary[]> {
  return services.db.tenant(identity.tenantId, async (connection) =>
    summarize(connection, await readRuns(connection, ids.filter(isUuid))),
  );
}

/** Runs with all their steps. The number of statements is the same for any number of runs. */
export async function readRunViews(
  { services, identity }: RunRead,
  ids: readonly string[],
): Promise<Omit<RunView, 'stalled' | 'undo'>[]> {
  const wholes = await services.db.tenant(identity.tenantId, async (connection) => {
    const runs = await readRuns(connection, ids.filter(isUuid));
    return loadWholeRuns(
      connection,
      runs,
      await listStepRuns(
        connection,
        runs.map(({ id }) => id),
      ),
    );
  });
  return wholes.map((whole) => toRunView(services, whole, identity, null));
}

/** A run with all its steps. @throws InterlockError `not_found` */
export async function readRunView({ services, identity }: RunRead, runId: string): Promise<RunView> {
  const { whole, stalled, undo } = await services.db.tenant(identity.tenantId, async (connection) => {
    const whole = await loadWholeRun(connection, runId);
    // Its own workflow, or that of a call which it waits for.
    const calls = whole.steps.flatMap((step) =>
      step.status === 'running' ? (step.execution_ids.at(-1) ?? []) : [],
    );
    const stalled = await readStalled(connection, [whole.run.id, ...calls]);
    return { whole, stalled, undo: await readSeriesOf(connection, 'run', whole.run.id) };
  });
  return { ...toRunView(services, whole, identity, stalled), undo };
}

/** A step, reached or not. @throws InterlockError `not_found` */
export async function readStepView(
  { services, identity }: RunRead,
  { runId, stepId }: StepRef,
): Promise<StepView> {
  const whole = await services.db.tenant(identity.tenantId, (connection) => loadWholeRun(connection, runId));
  const placed = allSteps(whole.document).find(({ step }) => step.id === stepId);
  if (!placed) throw stepNotFound();
  const row = whole.steps.find((each) => each.step_id === stepId);
  return toStepView(whole, placed, row, identity);
}
