import { listWaiting } from '../../executions/db/executions-approval.ts';
import type { TenantConnection } from '../../platform/db/database.ts';
import { InterlockError } from '../../platform/error-codes.ts';
import { isUuid } from '../../platform/ids.ts';
import type { LoadedTool } from '../../tools/server/tool-service.ts';
import { listExceptionRefs } from '../db/exceptions-of-runs.ts';
import { listParticipants } from '../db/participants.ts';
import { isRunOpen, type RunRow, readRun } from '../db/playbook-runs.ts';
import { documentKey, readDocumentsOf } from '../db/playbook-versions.ts';
import { listAccepted } from '../db/step-completions.ts';
import { isStepFinal, isStepOpen, listStepRuns, type StepRow } from '../db/step-runs.ts';
import { allSteps } from '../playbook-document.ts';
import type { RunSummary } from '../run-schemas.ts';
import { definitionOf } from '../steps/registry.ts';
import { callOf } from './checks/covers.ts';
import { loadTools, type PinnedRef, pinned } from './checks/load-tools.ts';
import { type RunWithSteps, toRunSummary, type WholeRun } from './run-view.ts';
import { runningExecution } from './running-execution.ts';

/** @throws InterlockError `not_found`, for another tenant's run alike */
export async function mustReadRun(
  connection: TenantConnection,
  runId: string,
  lock: 'lock' | null = null,
): Promise<RunRow> {
  const run = isUuid(runId) ? await readRun(connection, runId, lock) : null;
  if (!run) throw new InterlockError('not_found', 'Run not found.');
  return run;
}

/** @throws InterlockError `not_found`, or `conflict` when the run has ended */
export async function mustReadOpenRun(
  connection: TenantConnection,
  runId: string,
  lock: 'lock' | null = null,
): Promise<RunRow> {
  const run = await mustReadRun(connection, runId, lock);
  if (!isRunOpen(run)) throw new InterlockError('conflict', `The run has ended (${run.status}).`);
  return run;
}

/** A run with its document, steps and tools. @throws InterlockError `not_found` */
export async function loadWholeRun(connection: TenantConnection, runId: string): Promise<WholeRun> {
  const run = await mustReadRun(connection, runId);
  const [whole] = await loadWholeRuns(connection, [run], await listStepRuns(connection, [run.id]));
  return whole!;
}

export async function summarize(connection: TenantConnection, runs: RunRow[]): Promise<RunSummary[]> {
  const ids = runs.map((run) => run.id);
  return (await withSteps(connection, runs, await listStepRuns(connection, ids))).map(toRunSummary);
}

/**
 * What the views of these steps need. The number of statements is the same for any number of runs and steps.
 * @param steps of the runs; only these are shown
 */
export async function loadWholeRuns(
  connection: TenantConnection,
  runs: RunRow[],
  steps: readonly StepRow[],
): Promise<WholeRun[]> {
  const withDocuments = await withSteps(connection, runs, steps);
  const ids = runs.map((run) => run.id);
  const accepted = Map.groupBy(await listAccepted(connection, ids), ({ run_id }) => run_id);
  const voting = new Set(steps.filter(isVotedOn).map((row) => row.run_id));
  const participants = voting.size === 0 ? null : await listParticipants(connection, [...voting]);
  const called = steps.flatMap((row) => (row.status === 'running' ? (runningExecution(row) ?? []) : []));
  const waiting = new Map((await listWaiting(connection, called)).map((each) => [each.id, each]));
  const calls = new Map(withDocuments.map((each) => [each.run.id, openCalls(each)]));
  const find = await loadTools(
    connection,
    [...calls.values()].flatMap((each) => [...each.values()]),
  );
  return withDocuments.map((each) => {
    const tools = new Map<string, LoadedTool>();
    for (const [stepId, call] of calls.get(each.run.id) ?? []) {
      const tool = find(call);
      if (tool && tool !== 'no_version') tools.set(stepId, tool);
    }
    return {
      ...each,
      accepted: accepted.get(each.run.id) ?? [],
      participants: participants?.get(each.run.id) ?? [],
      tools,
      waiting,
    };
  });
}

const isVotedOn = (row: StepRow): boolean => isStepOpen(row) && definitionOf(row).votes;

async function withSteps(
  connection: TenantConnection,
  runs: RunRow[],
  steps: readonly StepRow[],
): Promise<RunWithSteps[]> {
  const documents = await readDocumentsOf(connection, runs);
  const ids = [...new Set(runs.flatMap((run) => run.exception_id ?? []))];
  const refs = ids.length === 0 ? [] : await listExceptionRefs(connection, ids);
  const exceptions = new Map(refs.map((each) => [each.id, each]));
  const byRun = Map.groupBy(steps, (step) => step.run_id);
  return runs.map((run) => {
    const version = documents.get(documentKey(run));
    if (!version) throw new Error('Playbook version not found');
    const exception = exceptions.get(run.exception_id ?? '') ?? null;
    return { run, ...version, steps: byRun.get(run.id) ?? [], exception };
  });
}

/** The tool calls that completing the open steps requests, by step id. */
function openCalls({ document, toolIds, steps }: RunWithSteps): Map<string, PinnedRef> {
  const open = new Set(steps.filter((row) => !isStepFinal(row)).map((row) => row.step_id));
  const calls = allSteps(document).flatMap(({ step }): [string, PinnedRef][] => {
    const call = open.has(step.id) ? callOf(step) : undefined;
    return call ? [[step.id, pinned(call, toolIds)]] : [];
  });
  return new Map(calls);
}
