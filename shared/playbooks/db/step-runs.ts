import type { Actor } from '../../identity/roles.ts';
import type { TenantConnection } from '../../platform/db/database.ts';
import type { Issue } from '../../platform/error-codes.ts';
import type { JsonValue } from '../../platform/json.ts';
import type { StepStatus } from '../playbook-schemas.ts';
import type { StepType } from '../steps/registry.ts';

export interface StepRow {
  id: string;
  tenant_id: string;
  run_id: string;
  step_id: string;
  type: StepType;
  title: string;
  status: Exclude<StepStatus, 'pending'>;
  assignee_role: string | null;
  assignee_user: string | null;
  assignee_name: string | null;
  candidate_roles: string[];
  candidate_users: string[];
  claimed_by_id: string | null;
  claimed_by_name: string | null;
  claimed_at: Date | null;
  due_at: Date | null;
  remind_at: Date | null;
  reminded: number;
  escalate_at: Date | null;
  escalated: number;
  input: JsonValue | null;
  input_sealed: Buffer | null;
  issues: Issue[] | null;
  detail: StepDetail;
  outcome: string | null;
  output: JsonValue | null;
  reason: string | null;
  failure_code: string | null;
  failure_message: string | null;
  execution_ids: string[];
  child_run_id: string | null;
  completed_by_type: Actor['type'] | null;
  completed_by_id: string | null;
  completed_by_name: string | null;
  completed_by_person: string | null;
  opened_at: Date;
  completed_at: Date | null;
  updated_at: Date;
}

/** What only some types have. Times are ISO 8601. */
export interface StepDetail {
  /** wait: the time it waits for. */
  until?: string;
  /** wait: the event it waits for, and until when. */
  event?: string;
  timeoutAt?: string;
  /** notify: what was said. */
  message?: string;
  /** call_tool: the tool's run that asks the provider about one of unknown outcome. */
  probeExecutionId?: string;
}

/** Columns that a change sets; names are the table's. */
export type StepChange = Partial<
  Omit<StepRow, 'id' | 'tenant_id' | 'run_id' | 'step_id' | 'type' | 'opened_at' | 'updated_at'>
>;

export const isStepOpen = (step: Pick<StepRow, 'status'>): boolean =>
  step.status === 'waiting' || step.status === 'outcome_unknown';
export const isStepFinal = (step: Pick<StepRow, 'status'>): boolean =>
  step.status === 'completed' || step.status === 'failed' || step.status === 'skipped';

const jsonColumns = new Set(['input', 'issues', 'detail', 'output']);
const toColumn = (name: string, value: unknown): unknown =>
  jsonColumns.has(name) && value !== null && value !== undefined ? JSON.stringify(value) : value;

/** @returns null when the step is open already, or has been: then nothing was written */
export async function insertStepRun(
  connection: TenantConnection,
  step: Pick<StepRow, 'id' | 'run_id' | 'step_id' | 'type' | 'title' | 'status'> & StepChange,
): Promise<StepRow | null> {
  const entries = Object.entries(step).filter(([, value]) => value !== undefined);
  const names = entries.map(([name]) => name);
  const [row] = await connection.query<StepRow & Record<string, unknown>>({
    text: `INSERT INTO playbook_step_run (tenant_id, ${names.join(', ')})
      VALUES ($1, ${names.map((_, index) => `$${index + 2}`).join(', ')})
      ON CONFLICT (run_id, step_id) DO NOTHING RETURNING *`,
    values: [connection.tenantId, ...entries.map(([name, value]) => toColumn(name, value))],
  });
  return row ?? null;
}

export async function readStepRun(
  connection: TenantConnection,
  runId: string,
  stepId: string,
  lock: 'lock' | null = null,
): Promise<StepRow | null> {
  const [row] = await connection.query<StepRow & Record<string, unknown>>({
    name: lock ? 'step_run_lock' : 'step_run_read',
    text: `SELECT * FROM playbook_step_run WHERE run_id = $2 AND step_id = $3 AND tenant_id = $1
      ${lock ? 'FOR UPDATE' : ''}`,
    values: [connection.tenantId, runId, stepId],
  });
  return row ?? null;
}

/** Every step of these runs that was reached, in the order of opening. */
export function listStepRuns(connection: TenantConnection, runIds: string[]): Promise<StepRow[]> {
  return connection.query<StepRow & Record<string, unknown>>({
    name: 'step_runs_of',
    text: `SELECT * FROM playbook_step_run WHERE tenant_id = $1 AND run_id = ANY($2::uuid[]) ORDER BY opened_at, id`,
    values: [connection.tenantId, runIds],
  });
}

/** The names in `change` are columns of ours, never a caller's. */
export async function updateStepRun(
  connection: TenantConnection,
  stepRunId: string,
  change: StepChange,
): Promise<StepRow> {
  const entries = Object.entries(change).filter(([, value]) => value !== undefined);
  const sets = entries.map(([name], index) => `${name} = $${index + 3}`);
  const [row] = await connection.query<StepRow & Record<string, unknown>>({
    text: `UPDATE playbook_step_run SET ${[...sets, 'updated_at = now()'].join(', ')}
      WHERE id = $2 AND tenant_id = $1 RETURNING *`,
    values: [connection.tenantId, stepRunId, ...entries.map(([name, value]) => toColumn(name, value))],
  });
  if (!row) throw new Error('There is no such step');
  return row;
}

/** Steps that wait for people, by due time; those without one come last. Key: due time and id. */
export function listInbox(
  connection: TenantConnection,
  filter: {
    /** Null: everybody's. */
    mine: { actorId: string; person: string | null; roles: string[] } | null;
    after: { dueAt: string; id: string } | null;
    limit: number;
  },
): Promise<StepRow[]> {
  const { mine, after, limit } = filter;
  return connection.query<StepRow & Record<string, unknown>>({
    text: `SELECT s.* FROM playbook_step_run s JOIN playbook_run r ON r.id = s.run_id
      WHERE s.tenant_id = $1 AND s.status IN ('waiting', 'outcome_unknown') AND r.status IN ('running', 'waiting')
        AND (s.type <> 'wait' OR s.failure_code IS NOT NULL)
        AND ($2::boolean OR s.claimed_by_id = $3 OR ($4::text = ANY(s.candidate_users) AND s.claimed_by_id IS NULL)
          OR (s.candidate_roles && $5::text[] AND s.claimed_by_id IS NULL))
        AND ($6::timestamptz IS NULL OR (coalesce(s.due_at, 'infinity'), s.id) > ($6::timestamptz, $7::uuid))
      ORDER BY coalesce(s.due_at, 'infinity'), s.id LIMIT $8`,
    values: [
      connection.tenantId,
      mine === null,
      mine?.actorId ?? '',
      mine?.person ?? null,
      mine?.roles ?? [],
      after?.dueAt ?? null,
      after?.id ?? null,
      limit,
    ],
  });
}

export interface InboxCount {
  mine: number;
  roles: number;
  all: number;
  overdue: number;
}

export async function countInbox(
  connection: TenantConnection,
  me: { actorId: string; person: string | null; roles: string[] },
): Promise<InboxCount> {
  const [row] = await connection.query<InboxCount & Record<string, unknown>>({
    name: 'inbox_count',
    text: `SELECT count(*) FILTER (WHERE personal)::int AS mine,
        count(*) FILTER (WHERE personal OR of_role)::int AS roles, count(*)::int AS all,
        count(*) FILTER (WHERE (personal OR of_role) AND due_at < now())::int AS overdue
      FROM (SELECT s.due_at,
          (s.claimed_by_id = $2 OR ($3::text = ANY(s.candidate_users) AND s.claimed_by_id IS NULL)) IS TRUE AS personal,
          s.candidate_roles && $4::text[] AND s.claimed_by_id IS NULL AS of_role
        FROM playbook_step_run s JOIN playbook_run r ON r.id = s.run_id
        WHERE s.tenant_id = $1 AND s.status IN ('waiting', 'outcome_unknown') AND r.status IN ('running', 'waiting')
          AND (s.type <> 'wait' OR s.failure_code IS NOT NULL)) open`,
    values: [connection.tenantId, me.actorId, me.person, me.roles],
  });
  return row!;
}
