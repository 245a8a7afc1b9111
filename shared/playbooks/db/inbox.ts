import type { TenantConnection } from '../../platform/db/database.ts';
import { escapeLike } from '../../platform/db/escape-like.ts';
import { type InboxGrouping, type InboxSort, noGroup } from '../inbox-sorts.ts';
import type { StepType } from '../steps/registry.ts';

/** Who looks into the inbox. */
export interface InboxReader {
  actorId: string;
  person: string | null;
  roles: string[];
}

/** An item in its order: by rank, time and id. */
export interface InboxPosition {
  rank: string;
  /** `infinity`: it has no due date. */
  at: string;
  id: string;
  /** What was overdue at this time is ranked so on every page. Null where the order does not depend on it. */
  asOf: string | null;
}

export interface InboxFilter {
  /** Null: everyone's. */
  mine: InboxReader | null;
  after: InboxPosition | null;
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
  /** What it is ordered by, within its rank. Null: it has no due date. */
  at: Date | null;
  rank: string;
  /** When it was ranked; null where its rank does not depend on it. */
  asOf: Date | null;
  /** Of the grouping that was asked for. */
  group?: string | undefined;
  /** How the group is called, where its key does not say it. */
  groupLabel?: string | null | undefined;
  overdue?: boolean | undefined;
}

/** The steps and executions that wait for people, by due date; those without one come last. Key: due date and id. */
export function listInbox(
  connection: TenantConnection,
  { mine, after, limit, forPeople }: InboxFilter,
): Promise<InboxKey[]> {
  const types = typesOf(forPeople);
  const names = mine ? [...personalTo(mine), ...toRoles(mine)] : toAll(types);
  const values: unknown[] = [connection.tenantId, limit, types, names];
  if (after) values.push(after.at, after.id);
  const found = addressed(
    'unnest($4::text[]) AS addressee_of(name)',
    after ? 'AND (due_at, step_run_id) > ($5::timestamptz, $6::uuid)' : '',
  );
  return connection.query<InboxKey & Record<string, unknown>>({
    text: `SELECT step_run_id AS id, bool_or(type = 'execution') AS "isExecution",
        CASE WHEN due_at < 'infinity' THEN due_at END AS at, '' AS rank, NULL::timestamptz AS "asOf"
      FROM ${found}
      GROUP BY due_at, step_run_id ORDER BY due_at, step_run_id LIMIT $2`,
    values,
  });
}

export interface InboxSearch extends InboxFilter {
  sort: InboxSort;
  /** The items of a group follow each other. */
  group?: InboxGrouping | undefined;
  /** Keys of groups that are left out. */
  without?: readonly string[] | undefined;
  severity?: string | undefined;
  domain?: string | undefined;
  type?: string | undefined;
  exceptionId?: string | undefined;
  playbookId?: string | undefined;
  overdue?: boolean | undefined;
  q?: string | undefined;
}

/** The time of the first page, as precise as a cursor: what becomes overdue while one reads page after page stays in its place. */
const asOf = `coalesce($17::timestamptz, date_trunc('milliseconds', now()))`;
const bySeverity = `coalesce(array_position(ARRAY['critical', 'high', 'medium', 'low'], e.severity), 5)`;
const byDue = { rank: '0', at: 'w.due_at' };
/** As precise as a cursor. */
const since = `date_trunc('milliseconds', coalesce(s.opened_at, x.created_at))`;
const orders: Record<InboxSort, { rank: string; at: string }> = {
  due: byDue,
  urgency: {
    ...byDue,
    rank: `CASE WHEN e.severity = 'critical' THEN 0 WHEN w.due_at < ${asOf} THEN ${bySeverity} ELSE 10 + ${bySeverity} END`,
  },
  severity: { ...byDue, rank: bySeverity },
  age: { rank: '0', at: since },
  case: { ...byDue, rank: `coalesce(e.number, ${2 ** 31 - 1})` },
};

const ages = `CASE WHEN ${since} < ${asOf} - interval '7 days' THEN 'week' WHEN ${since} < ${asOf} - interval '1 day' THEN 'day' ELSE 'new' END`;
const asRank = (number: string) => `lpad((${number})::text, 10, '0')`;
/** The place of a group among the others does not depend on what is in it, so that groups stay where they are. */
const groupings: Record<InboxGrouping, { key: string; label: string; rank: string }> = {
  case: {
    key: `coalesce(e.id::text, '${noGroup}')`,
    label: `'EX-' || e.number || ' ' || e.title`,
    rank: asRank(orders.case.rank),
  },
  playbook: {
    key: `coalesce(r.playbook_id::text, '${noGroup}')`,
    label: 'r.playbook_title',
    rank: `CASE WHEN r.id IS NULL THEN '~' ELSE lower(r.playbook_title) || chr(1) || r.playbook_id END`,
  },
  severity: { key: `coalesce(e.severity, '${noGroup}')`, label: 'NULL', rank: asRank(bySeverity) },
  age: {
    key: ages,
    label: 'NULL',
    rank: `(CASE ${ages} WHEN 'week' THEN '0' WHEN 'day' THEN '1' ELSE '2' END)`,
  },
  type: { key: `coalesce(s.type, 'execution')`, label: 'NULL', rank: `coalesce(s.type, 'execution')` },
};
const ungrouped = { key: 'NULL', label: 'NULL', rank: `''` };

/** Of each addressee, what is due first. */
export const mostSearched = 5000;

/** What waits for people, by other orders than the due date, or only some of it. An execution may name an exception that is none. */
export function searchInbox(connection: TenantConnection, filter: InboxSearch): Promise<InboxKey[]> {
  const { mine, after, limit, forPeople, sort, group, without } = filter;
  const { severity, domain, type, exceptionId, playbookId, overdue, q } = filter;
  const types = typesOf(forPeople);
  const names = mine ? [...personalTo(mine), ...toRoles(mine)] : toAll(types);
  const order = orders[sort];
  const grouped = group ? groupings[group] : ungrouped;
  return connection.query<InboxKey & Record<string, unknown>>({
    text: `SELECT id, "isExecution", CASE WHEN at < 'infinity' THEN at END AS at, rank, ${asOf} AS "asOf", "group", "groupLabel", overdue FROM (
        SELECT w.id, w."isExecution", ${order.at} AS at, (${grouped.rank} || chr(1) || ${asRank(order.rank)}) COLLATE "C" AS rank,
          ${grouped.key} AS "group", ${grouped.label} AS "groupLabel", w.due_at < ${asOf} AS overdue
        FROM (
          SELECT step_run_id AS id, due_at, bool_or(type = 'execution') AS "isExecution"
          FROM ${addressed('unnest($4::text[]) AS addressee_of(name)', '')}
          GROUP BY step_run_id, due_at) AS w
        -- OFFSET 0 keeps each look-up in its index: joined, PostgreSQL reads all of a large table instead.
        LEFT JOIN LATERAL (SELECT run_id, type, title, opened_at FROM playbook_step_run
          WHERE tenant_id = $1 AND id = w.id AND NOT w."isExecution" OFFSET 0) s ON true
        LEFT JOIN LATERAL (SELECT id, playbook_id, playbook_title, exception_id FROM playbook_run
          WHERE tenant_id = $1 AND id = s.run_id OFFSET 0) r ON true
        LEFT JOIN LATERAL (SELECT exception_id, tool_title, created_at FROM tool_execution
          WHERE tenant_id = $1 AND id = w.id AND w."isExecution" OFFSET 0) x ON true
        LEFT JOIN LATERAL (SELECT id, number, title, severity, domain FROM exception
          WHERE tenant_id = $1 AND id = coalesce(r.exception_id,
            CASE WHEN x.exception_id ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' THEN x.exception_id::uuid END) OFFSET 0) e ON true
        WHERE ($5::text IS NULL OR e.severity = $5) AND ($6::text IS NULL OR e.domain = $6)
          AND ($7::text IS NULL OR coalesce(s.type, 'execution') = $7) AND ($8::uuid IS NULL OR e.id = $8)
          AND ($9::boolean IS NOT TRUE OR w.due_at < ${asOf})
          AND ($10::text IS NULL OR s.title ILIKE $10 OR x.tool_title ILIKE $10 OR e.title ILIKE $10)
          AND ($15::uuid IS NULL OR r.playbook_id = $15)) AS found
      WHERE ($11::text IS NULL OR (rank, at, id) > ($11::text COLLATE "C", $12::timestamptz, $13::uuid))
        AND ($16::text[] IS NULL OR "group" <> ALL ($16::text[]))
      ORDER BY rank, at, id LIMIT $14`,
    values: [
      connection.tenantId,
      mostSearched,
      types,
      names,
      severity ?? null,
      domain ?? null,
      type ?? null,
      exceptionId ?? null,
      overdue ?? null,
      q?.trim() ? `%${escapeLike(q.trim())}%` : null,
      after?.rank ?? null,
      after?.at ?? null,
      after?.id ?? null,
      limit,
      playbookId ?? null,
      group && without?.length ? without : null,
      after?.asOf ?? null,
    ],
  });
}

/** What is said of an open step whose run is not paused. */
export interface UnpausedStep {
  id: string;
  type: string;
  claimed: boolean;
}

/** Of these steps, those that are open and whose run accepts completions. */
export function listUnpaused(
  connection: TenantConnection,
  stepRunIds: readonly string[],
): Promise<UnpausedStep[]> {
  return connection.query<UnpausedStep & Record<string, unknown>>({
    name: 'inbox_unpaused',
    // OFFSET 0 keeps the look-up of each step and its run in its index, however many are asked for.
    text: `SELECT s.id, s.type, s.claimed FROM unnest($2::uuid[]) AS of(id), LATERAL (
        SELECT id, type, run_id, claimed_by_id IS NOT NULL AS claimed FROM playbook_step_run
        WHERE id = of.id AND tenant_id = $1 AND status IN ('waiting', 'outcome_unknown') OFFSET 0) s, LATERAL (
        SELECT FROM playbook_run WHERE id = s.run_id AND tenant_id = $1 AND paused_at IS NULL
          AND status IN ('running', 'waiting') OFFSET 0) r`,
    values: [connection.tenantId, stepRunIds],
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
