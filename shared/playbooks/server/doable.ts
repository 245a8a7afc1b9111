import { listWaiting } from '../../executions/db/executions-approval.ts';
import { refusedByPerson } from '../../executions/server/approval-rules.ts';
import type { Identity } from '../../identity/roles.ts';
import type { TenantConnection } from '../../platform/db/database.ts';
import { type InboxKey, listUnpaused } from '../db/inbox.ts';
import { listParticipants } from '../db/participants.ts';
import { readRuns } from '../db/playbook-runs.ts';
import { documentKey, readDocumentsOf } from '../db/playbook-versions.ts';
import { listAccepted } from '../db/step-completions.ts';
import { readStepRuns } from '../db/step-runs.ts';
import { allSteps } from '../playbook-document.ts';
import { definitionOf } from '../steps/registry.ts';
import { refusedBySubject } from './step-rules.ts';

/**
 * Of what waits for this identity or its roles, what it can do now: its run is not paused, and the rules of the step or the
 * approval do not exclude the person. These are the rules that decide when it is done, so a list and its count agree with them.
 * The number of statements is the same for any number of keys.
 * @param keys addressed to the identity, its person or its roles @returns their ids
 */
export async function doable(
  connection: TenantConnection,
  identity: Identity,
  keys: readonly InboxKey[],
): Promise<Set<string>> {
  const ids = (executions: boolean) =>
    keys.filter(({ isExecution }) => isExecution === executions).map(({ id }) => id);
  return new Set([
    ...(await doableSteps(connection, identity, ids(false))),
    ...(await doableExecutions(connection, identity, ids(true))),
  ]);
}

async function doableSteps(
  connection: TenantConnection,
  identity: Identity,
  ids: readonly string[],
): Promise<string[]> {
  if (ids.length === 0) return [];
  const open = await listUnpaused(connection, ids);
  // An unclaimed step without votes is for every one of those to whom it is addressed.
  const judged = open.filter(({ type, claimed }) => claimed || definitionOf({ type }).votes);
  const refused = await refusedSteps(
    connection,
    identity,
    judged.map(({ id }) => id),
  );
  return open.flatMap(({ id }) => (refused.has(id) ? [] : id));
}

async function refusedSteps(
  connection: TenantConnection,
  identity: Identity,
  ids: string[],
): Promise<Set<string>> {
  if (ids.length === 0) return new Set();
  const rows = await readStepRuns(connection, ids);
  const runs = await readRuns(connection, [...new Set(rows.map(({ run_id }) => run_id))]);
  const documents = await readDocumentsOf(connection, runs);
  const votes = rows.filter((row) => definitionOf(row).votes).map(({ run_id }) => run_id);
  const participants = await listParticipants(connection, votes);
  const accepted = Map.groupBy(await listAccepted(connection, votes), ({ run_id }) => run_id);
  const byId = new Map(runs.map((run) => [run.id, run]));
  const steps = new Map(
    [...documents].map(([key, { document }]) => [
      key,
      new Map(allSteps(document).map(({ step }) => [step.id, step])),
    ]),
  );
  const refused = rows.filter((row) => {
    const run = byId.get(row.run_id)!;
    const step = steps.get(documentKey(run))?.get(row.step_id);
    if (!step) return true;
    const involved = { accepted: accepted.get(run.id) ?? [], participants: participants.get(run.id) ?? [] };
    return refusedBySubject(step, { run, row, ...involved }, identity) !== null;
  });
  return new Set(refused.map(({ id }) => id));
}

async function doableExecutions(
  connection: TenantConnection,
  identity: Identity,
  ids: string[],
): Promise<string[]> {
  const waiting = await listWaiting(connection, ids);
  return waiting.flatMap((row) => {
    const refused = refusedByPerson(row, row.approval, identity);
    return row.approval_over || refused ? [] : row.id;
  });
}
