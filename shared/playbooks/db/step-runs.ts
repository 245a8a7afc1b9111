import {
  and,
  arrayContains,
  arrayOverlaps,
  eq,
  getTableColumns,
  inArray,
  isNotNull,
  isNull,
  notInArray,
  or,
  sql,
} from 'drizzle-orm';
import { columnsOf } from '../../platform/db/columns-of.ts';
import type { TenantConnection } from '../../platform/db/database.ts';
import type { StepType } from '../steps/registry.ts';
import { playbookRun, playbookStepRun } from './tables.ts';

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

/** Every step that has opened in these runs, in the order of opening. */
export function listStepRuns(connection: TenantConnection, runIds: string[]): Promise<StepRow[]> {
  return connection.query<StepRow>({
    name: 'step_runs_of',
    text: `SELECT ${columnsOf(playbookStepRun, 's')} FROM playbook_step_run s WHERE tenant_id = $1 AND run_id = ANY($2::uuid[]) ORDER BY opened_at, id`,
    values: [connection.tenantId, runIds],
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

export interface InboxFilter {
  /** Null: everyone's. */
  mine: { actorId: string; person: string | null; roles: string[] } | null;
  after: { dueAt: string; id: string } | null;
  limit: number;
  /** Step types that wait for people only once they have failed. */
  notForPeople: StepType[];
}

/** Steps that wait for people, by due date; those without one come last. Key: due date and id. */
export async function listInbox(
  connection: TenantConnection,
  { mine, after, limit, notForPeople }: InboxFilter,
): Promise<StepRow[]> {
  const step = playbookStepRun;
  // As the index has it: row-level security keeps `coalesce` out of index conditions, since it is not leakproof.
  const dueOrLast = sql`CASE WHEN ${step.due_at} IS NULL THEN 'infinity' ELSE ${step.due_at} END`;
  const forMe =
    mine &&
    or(
      eq(step.claimed_by_id, mine.actorId),
      and(
        isNull(step.claimed_by_id),
        or(
          mine.person === null ? undefined : arrayContains(step.candidate_users, [mine.person]),
          mine.roles.length === 0 ? sql`false` : arrayOverlaps(step.candidate_roles, mine.roles),
        ),
      ),
    );
  const afterKey =
    after && sql`(${dueOrLast}, ${step.id}) > (${after.dueAt}::timestamptz, ${after.id}::uuid)`;
  return connection.orm
    .select(getTableColumns(step))
    .from(step)
    .innerJoin(playbookRun, eq(playbookRun.id, step.run_id))
    .where(
      and(
        eq(step.tenant_id, connection.tenantId),
        inArray(step.status, ['waiting', 'outcome_unknown']),
        eq(playbookRun.tenant_id, connection.tenantId),
        inArray(playbookRun.status, ['running', 'waiting']),
        or(notInArray(step.type, notForPeople), isNotNull(step.failure_code)),
        forMe ?? undefined,
        afterKey ?? undefined,
      ),
    )
    .orderBy(dueOrLast, step.id)
    .limit(limit);
}

export interface InboxCount {
  mine: number;
  roles: number;
  all: number;
  overdue: number;
}

export async function countInbox(
  connection: TenantConnection,
  me: { actorId: string; person: string | null; roles: string[]; notForPeople: StepType[] },
): Promise<InboxCount> {
  const [row] = await connection.query<InboxCount>({
    name: 'inbox_count',
    text: `SELECT count(*) FILTER (WHERE personal)::int AS mine,
        count(*) FILTER (WHERE personal OR of_role)::int AS roles, count(*)::int AS all,
        count(*) FILTER (WHERE (personal OR of_role) AND due_at < now())::int AS overdue
      FROM (SELECT s.due_at,
          (s.claimed_by_id = $2 OR ($3::text = ANY(s.candidate_users) AND s.claimed_by_id IS NULL)) IS TRUE AS personal,
          s.candidate_roles && $4::text[] AND s.claimed_by_id IS NULL AS of_role
        FROM playbook_step_run s JOIN playbook_run r ON r.id = s.run_id
        WHERE s.tenant_id = $1 AND s.status IN ('waiting', 'outcome_unknown') AND r.status IN ('running', 'waiting')
          AND (s.type <> ALL($5::text[]) OR s.failure_code IS NOT NULL)) open`,
    values: [connection.tenantId, me.actorId, me.person, me.roles, me.notForPeople],
  });
  return row!;
}
