import type { EventType } from '../../events/event-types.ts';
import type { TenantConnection } from '../../platform/db/database.ts';
import { type RunRow, readRun, touchRun } from '../db/playbook-runs.ts';
import {
  insertStepRun,
  isStepFinal,
  readStepRun,
  type StepChange,
  type StepRow,
  updateStepRun,
} from '../db/step-runs.ts';
import type { PlaybookContext } from './run-context.ts';
import type { Cause, StepEvent } from './step-runner.ts';
import { tellStep } from './tell.ts';

/** The one module that writes step rows: every change of a step, from its opening to its end, goes through here. */

export interface StepAddress {
  tenantId: string;
  runId: string;
  stepId: string;
}

export interface Transition {
  change: StepChange;
  /** The actor of the events; also who completed the step, if the change ends it. */
  by: Cause;
  events: StepEvent[];
  /** Writes more in the same transaction, after the events. */
  also?: ((connection: TenantConnection) => Promise<void>) | undefined;
}

/** Events of a step that got this status. */
export function eventsOf(status: StepRow['status'], data: Record<string, unknown> = {}): StepEvent[] {
  const type = statusEvents[status];
  return type ? [{ type, data }] : [];
}

const statusEvents: Record<StepRow['status'], EventType | null> = {
  waiting: null,
  running: 'StepStarted',
  completed: 'StepCompleted',
  skipped: 'StepSkipped',
  failed: 'StepFailed',
  outcome_unknown: 'StepOutcomeUnknown',
};

/** @returns null when the step has been opened before: then nothing is written */
export async function openStepRow(
  connection: TenantConnection,
  run: RunRow,
  step: Pick<StepRow, 'id' | 'step_id' | 'type' | 'title' | 'status'>,
  transition: Transition,
): Promise<StepRow | null> {
  const row = await insertStepRun(connection, { ...step, run_id: run.id, ...columnsOf(transition) });
  if (row) await tellTransition(connection, run, row, transition);
  return row;
}

/** Changes a step whose row is locked. */
export async function writeStep(
  connection: TenantConnection,
  run: RunRow,
  row: StepRow,
  transition: Transition,
): Promise<StepRow> {
  const changed = await updateStepRun(connection, row.id, columnsOf(transition));
  await tellTransition(connection, run, changed, transition);
  return changed;
}

/**
 * Locks run and step, and writes the transition that `decide` returns; null changes nothing. Everyone else waits for the
 * lock: evaluate expressions, open secrets, validate and use other connections before this call.
 */
export async function changeStep(
  { db }: Pick<PlaybookContext, 'db'>,
  { tenantId, runId, stepId }: StepAddress,
  decide: (
    locked: { run: RunRow; row: StepRow },
    connection: TenantConnection,
  ) => Transition | null | Promise<Transition | null>,
): Promise<{ run: RunRow; row: StepRow }> {
  return db.tenantTransaction(tenantId, async (connection) => {
    const run = await readRun(connection, runId, 'lock');
    const row = run && (await readStepRun(connection, runId, stepId, 'lock'));
    if (!row) throw new Error('Step not found');
    const transition = await decide({ run, row }, connection);
    return { run, row: transition ? await writeStep(connection, run, row, transition) : row };
  });
}

/** When a step ends, who completed it is recorded and its clear input is deleted. */
function columnsOf({ change, by: { actor, person } }: Transition): StepChange {
  if (!change.status || !isStepFinal({ status: change.status })) return change;
  return {
    ...change,
    completed_at: new Date(),
    completed_by_type: actor.type,
    completed_by_id: actor.id,
    completed_by_name: actor.name,
    completed_by_person: person ?? null,
    input_sealed: null,
  };
}

async function tellTransition(
  connection: TenantConnection,
  run: RunRow,
  row: StepRow,
  { by, events, also }: Transition,
): Promise<void> {
  for (const { type, data } of events) await tellStep(connection, run, row, type, by, data);
  await also?.(connection);
  await touchRun(connection, run.id);
}
