import type { TenantConnection } from '../../platform/db/database.ts';
import type { StepType } from '../steps/registry.ts';

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
  /** Step types that wait for people from the start; the others once they have failed. */
  forPeople: readonly StepType[];
}

/** As `step_addressee` names them. */
const personalTo = ({ actorId, person }: InboxReader): string[] => [
  `actor:${actorId}`,
  ...(person === null ? [] : [`user:${person}`]),
];
const toRoles = ({ roles }: InboxReader): string[] => roles.map((role) => `role:${role}`);
/** An execution waits for people too. */
const typesOf = (forPeople: readonly StepType[]): string[] => ['', ...forPeople, 'execution'];
const toAll = (types: readonly string[]): string[] => types.map((type) => `all:${type}`);

/**
 * What waits first for each addressee in `to`, which has its own part of the index. $1: the tenant; $2: at most so many; $3:
 * types.
 */
const addressed = (to: string, after: string) => `${to} CROSS JOIN LATERAL (
  SELECT due_at, step_run_id, type FROM step_addressee
  WHERE tenant_id = $1 AND addressee = addressee_of.name AND type = ANY($3::text[]) ${after}
  ORDER BY due_at, step_run_id LIMIT $2) AS first`;

/** What waits for people: a step, or an execution that they have to approve. */
export interface InboxKey {
  id: string;
  isExecution: boolean;
  /** Null: it has no due date. */
  dueAt: Date | null;
}

/** The steps and executions that wait for people, by due date; those without one come last. Key: due date and id. */
export function listInbox(
  connection: TenantConnection,
  { mine, after, limit, forPeople }: InboxFilter,
): Promise<InboxKey[]> {
  const types = typesOf(forPeople);
  const names = mine ? [...personalTo(mine), ...toRoles(mine)] : toAll(types);
  const values: unknown[] = [connection.tenantId, limit, types, names];
  if (after) values.push(after.dueAt, after.id);
  const found = addressed(
    'unnest($4::text[]) AS addressee_of(name)',
    after ? 'AND (due_at, step_run_id) > ($5::timestamptz, $6::uuid)' : '',
  );
  return connection.query<InboxKey & Record<string, unknown>>({
    text: `SELECT step_run_id AS id, bool_or(type = 'execution') AS "isExecution",
        CASE WHEN due_at < 'infinity' THEN due_at END AS "dueAt"
      FROM ${found}
      GROUP BY due_at, step_run_id ORDER BY due_at, step_run_id LIMIT $2`,
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
  { limit, forPeople }: Pick<InboxFilter, 'limit' | 'forPeople'>,
): Promise<InboxCount> {
  const types = typesOf(forPeople);
  const to = `(SELECT name, true AS personal FROM unnest($4::text[]) AS name
    UNION ALL SELECT name, false FROM unnest($5::text[]) AS name) AS addressee_of`;
  const [row] = await connection.query<InboxCount>({
    name: 'inbox_count',
    text: `SELECT least(count(*) FILTER (WHERE personal), $2)::int AS mine, least(count(*), $2)::int AS roles,
        least(count(*) FILTER (WHERE due_at < now()), $2)::int AS overdue,
        (SELECT least(count(*), $2)::int FROM ${addressed('unnest($6::text[]) AS addressee_of(name)', '')}) AS all
      FROM (SELECT due_at, bool_or(personal) AS personal FROM ${addressed(to, '')} GROUP BY due_at, step_run_id) AS found`,
    values: [connection.tenantId, limit, types, personalTo(me), toRoles(me), toAll(types)],
  });
  return row!;
}
