import { and, eq, sql } from 'drizzle-orm';
import { columnsOf } from '../../platform/db/columns-of.ts';
import type { TenantConnection } from '../../platform/db/database.ts';
import { playbookStepRun } from './tables.ts';

export type StepRow = typeof playbookStepRun.$inferSelect;

/** Columns that a change sets; undefined leaves a column as it is. */
export type StepChange = Partial<
  Omit<StepRow, 'id' | 'tenant_id' | 'run_id' | 'step_id' | 'type' | 'revision' | 'opened_at' | 'updated_at'>
>;

export const isStepOpen = (step: Pick<StepRow, 'status'>): boolean =>
  step.status === 'waiting' || step.status === 'outcome_unknown';
export const isStepFinal = (step: Pick<StepRow, 'status'>): boolean =>
  step.status === 'completed' || step.status === 'failed' || step.status === 'skipped';

/** The columns of a step that no one has claimed. */
export const unclaimed = {
  claimed_by_id: null,
  claimed_by_name: null,
  claimed_by_person: null,
  claimed_at: null,
} satisfies StepChange;

/** @returns null when the step has opened before: then nothing was written */
export async function insertStepRun(
  connection: TenantConnection,
  step: Pick<StepRow, 'id' | 'run_id' | 'step_id' | 'type' | 'title' | 'status'> & StepChange,
): Promise<StepRow | null> {
  const [row] = await connection.orm
    .insert(playbookStepRun)
    .values({ ...step, tenant_id: connection.tenantId })
    .onConflictDoNothing({ target: [playbookStepRun.run_id, playbookStepRun.step_id] })
    .returning();
  return row ?? null;
}

export async function readStepRun(
  connection: TenantConnection,
  runId: string,
  stepId: string,
  lock: 'lock' | null = null,
): Promise<StepRow | null> {
  const [row] = await connection.query<StepRow>({
    name: lock ? 'step_run_lock' : 'step_run_read',
    text: `SELECT ${columnsOf(playbookStepRun, 's')} FROM playbook_step_run s WHERE run_id = $2 AND step_id = $3 AND tenant_id = $1
      ${lock ? 'FOR UPDATE' : ''}`,
    values: [connection.tenantId, runId, stepId],
  });
  return row ?? null;
}

/** The step that runs or waits for the outcome of an execution, while that outcome is unknown. */
export async function readDecidingStep(
  connection: TenantConnection,
  executionId: string,
): Promise<Pick<StepRow, 'run_id' | 'step_id' | 'title'> | null> {
  const [row] = await connection.query<Pick<StepRow, 'run_id' | 'step_id' | 'title'>>({
    name: 'step_run_deciding',
    text: `SELECT s.run_id, s.step_id, s.title FROM tool_execution e
      JOIN playbook_step_run s ON s.id = e.playbook_step_run_id AND s.tenant_id = e.tenant_id
      WHERE e.id = $2 AND e.tenant_id = $1 AND e.failure_code = 'outcome_unknown'
        AND s.status IN ('running', 'outcome_unknown')`,
    values: [connection.tenantId, executionId],
  });
  return row ?? null;
}

/** The open step whose batch has ended, while people decide about it. */
export async function readStepOfBatch(
  connection: TenantConnection,
  batchId: string,
): Promise<Pick<StepRow, 'run_id' | 'step_id' | 'title'> | null> {
  const [row] = await connection.query<Pick<StepRow, 'run_id' | 'step_id' | 'title'>>({
    name: 'step_run_of_batch',
    text: `SELECT s.run_id, s.step_id, s.title FROM batch b
      JOIN playbook_step_run s ON s.id = b.playbook_step_run_id AND s.tenant_id = b.tenant_id
      WHERE b.id = $2 AND b.tenant_id = $1 AND b.ended_at IS NOT NULL AND s.status IN ('waiting', 'running')`,
    values: [connection.tenantId, batchId],
  });
  return row ?? null;
}

/** Every step that has opened in these runs, in the order of opening. */
export function listStepRuns(connection: TenantConnection, runIds: string[]): Promise<StepRow[]> {
  return connection.query<StepRow>({
    name: 'step_runs_of',
    text: `SELECT ${columnsOf(playbookStepRun, 's')} FROM playbook_step_run s WHERE tenant_id = $1 AND run_id = ANY($2::uuid[]) ORDER BY opened_at, id`,
    values: [connection.tenantId, runIds],
  });
}

export function readStepRuns(connection: TenantConnection, ids: string[]): Promise<StepRow[]> {
  return connection.query<StepRow>({
    name: 'step_runs_by_id',
    text: `SELECT ${columnsOf(playbookStepRun, 's')} FROM playbook_step_run s WHERE tenant_id = $1 AND id = ANY($2::uuid[])`,
    values: [connection.tenantId, ids],
  });
}

/** @throws Error when the step is not found */
export async function updateStepRun(
  connection: TenantConnection,
  stepRunId: string,
  change: StepChange,
): Promise<StepRow> {
  const [row] = await connection.orm
    .update(playbookStepRun)
    .set({ ...change, revision: sql`${playbookStepRun.revision} + 1`, updated_at: sql`now()` })
    .where(and(eq(playbookStepRun.id, stepRunId), eq(playbookStepRun.tenant_id, connection.tenantId)))
    .returning();
  if (!row) throw new Error('Step not found');
  return row;
}
