import { columnsOf } from '../../platform/db/columns-of.ts';
import type { TenantConnection } from '../../platform/db/database.ts';
import type { StepType } from '../steps/registry.ts';
import type { StepRow } from './step-runs.ts';
import { playbookStepRun } from './tables.ts';

/** Who looks into the inbox. */
export interface InboxReader {
  actorId: string;
  person: string | null;
  roles: string[];
}

export interface InboxFilter {
  /** Null: everyone's. */
  mine: InboxReader | null;
  after: { dueAt: string; id: string } | null;
  limit: number;
  /** Step types that wait for people only once they have failed. */
  notForPeople: StepType[];
}

/** As `step_addressee` names them. */
const personalTo = ({ actorId, person }: InboxReader): string[] => [
  `actor:${actorId}`,
  ...(person === null ? [] : [`user:${person}`]),
];
const toRoles = ({ roles }: InboxReader): string[] => roles.map((role) => `role:${role}`);

/** $1: the tenant; $2: types that are not for people; $3: at most so many. */
const waiting = `s.tenant_id = $1 AND s.status IN ('waiting', 'outcome_unknown')
  AND r.tenant_id = $1 AND r.status IN ('running', 'waiting') AND (s.type <> ALL($2::text[]) OR s.failure_code IS NOT NULL)`;
const step = 'playbook_step_run s JOIN playbook_run r ON r.id = s.run_id';

/** The first steps of each addressee in `to`, which has its own part of the index. */
const addressed = (to: string, after: string) => `${to} CROSS JOIN LATERAL (
  SELECT a.due_at, a.step_run_id FROM step_addressee a JOIN ${step} ON s.id = a.step_run_id
  WHERE a.tenant_id = $1 AND a.addressee = addressee.name AND ${waiting} ${after}
  ORDER BY a.due_at, a.step_run_id LIMIT $3) AS first`;

/** As the index has it: row-level security keeps `coalesce` out of index conditions, since it is not leakproof. */
const due = "CASE WHEN s.due_at IS NULL THEN 'infinity' ELSE s.due_at END";

/** Steps that wait for people, by due date; those without one come last. Key: due date and id. */
export function listInbox(
  connection: TenantConnection,
  { mine, after, limit, notForPeople }: InboxFilter,
): Promise<StepRow[]> {
  const values: unknown[] = [connection.tenantId, notForPeople, limit];
  const put = (value: unknown) => `$${values.push(value)}`;
  const key = after && `(${put(after.dueAt)}::timestamptz, ${put(after.id)}::uuid)`;
  const columns = columnsOf(playbookStepRun, 's');
  if (!mine)
    return connection.query<StepRow>({
      text: `SELECT ${columns} FROM ${step} WHERE ${waiting} ${key ? `AND (${due}, s.id) > ${key}` : ''}
        ORDER BY ${due}, s.id LIMIT $3`,
      values,
    });
  const to = `unnest(${put([...personalTo(mine), ...toRoles(mine)])}::text[]) AS addressee(name)`;
  return connection.query<StepRow>({
    text: `SELECT ${columns} FROM (
        SELECT step_run_id FROM ${addressed(to, key ? `AND (a.due_at, a.step_run_id) > ${key}` : '')}
        GROUP BY due_at, step_run_id ORDER BY due_at, step_run_id LIMIT $3) AS page
      JOIN playbook_step_run s ON s.id = page.step_run_id AND s.tenant_id = $1 ORDER BY ${due}, s.id`,
    values,
  });
}

export interface InboxCount {
  mine: number;
  roles: number;
  all: number;
  overdue: number;
}

/** Each number counts up to `limit`. */
export async function countInbox(
  connection: TenantConnection,
  me: InboxReader,
  { limit, notForPeople }: Pick<InboxFilter, 'limit' | 'notForPeople'>,
): Promise<InboxCount> {
  const to = `(SELECT name, true AS personal FROM unnest($4::text[]) AS name
    UNION ALL SELECT name, false FROM unnest($5::text[]) AS name) AS addressee`;
  const [row] = await connection.query<InboxCount>({
    name: 'inbox_count',
    text: `SELECT least(count(*) FILTER (WHERE personal), $3)::int AS mine, least(count(*), $3)::int AS roles,
        least(count(*) FILTER (WHERE due_at < now()), $3)::int AS overdue,
        (SELECT count(*)::int FROM (SELECT FROM ${step} WHERE ${waiting} LIMIT $3) AS open) AS all
      FROM (SELECT due_at, bool_or(personal) AS personal FROM ${addressed(to, '')} GROUP BY due_at, step_run_id) AS found`,
    values: [connection.tenantId, notForPeople, limit, personalTo(me), toRoles(me)],
  });
  return row!;
}
