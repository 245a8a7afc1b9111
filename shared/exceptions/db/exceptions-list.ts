import type { z } from 'zod';
import type { TenantConnection } from '../../platform/db/database.ts';
import { matching, type SearchMatch } from '../../search/db/search-read.ts';
import { type exceptionFilterSchema, type Severity, severities } from '../exception-schemas.ts';
import type { ExceptionRow } from './exceptions.ts';

/** With who has to act and what happened last. */
export interface ExceptionSummaryRow
  extends Omit<ExceptionRow, 'tenant_id' | 'description' | 'attributes' | 'status_at' | 'status_run_id'> {
  waiting_on: string | null;
  last_event_type: string | null;
  last_event_at: Date | null;
}

export type WholeExceptionRow = ExceptionSummaryRow & Pick<ExceptionRow, 'description' | 'attributes'>;

export type ExceptionSort = 'newest' | 'due' | 'severity';

/** A position in a sorted list: the sort key of a row, and its id. */
export interface ExceptionPlace {
  key: string | number;
  id: string;
}

export interface ExceptionListFilter extends Omit<z.output<typeof exceptionFilterSchema>, 'assignee' | 'q'> {
  /** A member's id; null: unassigned. */
  assignee?: string | null;
  /** What matches a search, and the exception that it names by its number or its id. */
  match?: { texts: SearchMatch; number: number | null; id: string | null } | undefined;
  openedFrom?: string | undefined;
  openedTo?: string | undefined;
  resolvedFrom?: string | undefined;
  resolvedTo?: string | undefined;
  sort: ExceptionSort;
  after?: ExceptionPlace;
  limit: number;
}

// As the indexes have them: row-level security keeps `coalesce` out of index conditions, since it is not leakproof.
const due = "CASE WHEN e.due_at IS NULL THEN 'infinity' ELSE e.due_at END";
const assignee = "CASE WHEN e.assignee_id IS NULL THEN '' ELSE e.assignee_id END";
const rank = `array_position(ARRAY['${severities.join("', '")}'], e.severity)`;

interface Sort {
  order: string;
  /** The order of a part, if that says it in the words of an index. */
  partOrder?: string;
  /**
   * The list is made of these parts, in order: each is a range of an index.
   * @param after only what follows this row
   */
  parts(after: ExceptionPlace | undefined, put: Put): string[];
  keyOf(row: ExceptionSummaryRow): string | number;
}

/** Adds a value to the statement. @returns its placeholder */
type Put = (value: unknown) => string;

const sorts: Record<ExceptionSort, Sort> = {
  newest: {
    order: 'e.id DESC',
    parts: (after, put) => [after ? older(after, put) : 'true'],
    keyOf: () => 0,
  },
  due: {
    order: `${due}, e.id DESC`,
    parts: (after, put) => {
      if (!after) return ['true'];
      const key = `${put(after.key)}::timestamptz`;
      return [`${due} = ${key} AND ${older(after, put)}`, `${due} > ${key}`];
    },
    keyOf: (row) => row.due_at?.toISOString() ?? 'infinity',
  },
  severity: {
    order: `${rank} DESC, e.id DESC`,
    partOrder: 'e.id DESC',
    parts: (after, put) =>
      severities.toReversed().flatMap((severity) => {
        const key = rankOf(severity);
        if (after && key > Number(after.key)) return [];
        const rest = after && key === after.key ? ` AND ${older(after, put)}` : '';
        return [`e.severity = '${severity}'${rest}`];
      }),
    keyOf: (row) => rankOf(row.severity),
  },
};

const older = ({ id }: ExceptionPlace, put: Put) => `e.id < ${put(id)}::uuid`;
const rankOf = (severity: Severity) => severities.indexOf(severity) + 1;

/** Days are in UTC. A resolved exception is never due. */
const dueConditions: Record<'overdue' | 'today' | 'week', string> = {
  overdue: `${due} < now()`,
  today: dueWithin('1 day'),
  week: dueWithin('7 days'),
};

function dueWithin(interval: string): string {
  const today = `date_trunc('day', now(), 'UTC')`;
  return `${due} >= ${today} AND ${due} < ${today} + interval '${interval}'`;
}

const summaryColumns = `e.id, e.number, e.title, e.domain, e.severity, e.status, e.assignee_id,
  e.assignee_name, e.due_at, e.source, e.resolution_code, e.resolution_note, e.resolved_at,
  e.revision, e.created_by_type, e.created_by_id, e.created_by_name, e.created_at, e.updated_at,
  waiting.who AS waiting_on, latest.type AS last_event_type, latest.created_at AS last_event_at`;

/** Of several open steps the one that is due first says who has to act: "Ana", "Bo or any approver". */
const summaryJoins = `
  LEFT JOIN LATERAL (
    SELECT who.words AS who
    FROM playbook_run r JOIN playbook_step_run s ON s.run_id = r.id AND s.tenant_id = r.tenant_id
    CROSS JOIN LATERAL (
      SELECT coalesce(s.claimed_by_name, nullif(regexp_replace(concat_ws(' or ', coalesce(s.assignee_name, s.assignee_user),
        (SELECT string_agg(u, ' or ') FROM unnest(s.candidate_users) u WHERE u IS DISTINCT FROM s.assignee_user),
        (SELECT string_agg('any ' || replace(c, '_', ' '), ' or ') FROM unnest(s.candidate_roles) c)),
        '^any ', 'Any '), '')) AS words) who
    WHERE r.tenant_id = $1 AND r.exception_id = e.id AND r.status IN ('running', 'waiting')
      AND s.status IN ('waiting', 'outcome_unknown') AND who.words IS NOT NULL
    ORDER BY s.due_at NULLS LAST, s.id LIMIT 1) waiting ON true
  LEFT JOIN LATERAL (
    SELECT v.type, v.created_at FROM event v
    WHERE v.tenant_id = $1 AND v.exception_id = e.id::text AND v.created_at >= e.created_at ORDER BY v.id DESC LIMIT 1) latest ON true`;

/** A page of the tenant's exceptions in one statement; the joins read only for the rows of the page. */
export async function listExceptions(
  connection: TenantConnection,
  filter: ExceptionListFilter,
): Promise<{ items: ExceptionSummaryRow[]; next: ExceptionPlace | null }> {
  const values: unknown[] = [connection.tenantId];
  const conditions = ['e.tenant_id = $1'];
  const put: Put = (value) => `$${values.push(value)}`;
  const sort = sorts[filter.sort];
  if (filter.status === 'unresolved') conditions.push("e.status <> 'resolved'");
  else if (filter.status) conditions.push(`e.status = ${put(filter.status)}`);
  if (filter.severity) conditions.push(`e.severity = ${put(filter.severity)}`);
  if (filter.domain) conditions.push(`e.domain = ${put(filter.domain)}`);
  if (filter.assignee !== undefined) conditions.push(`${assignee} = ${put(filter.assignee ?? '')}`);
  if (filter.due) conditions.push(`e.status <> 'resolved' AND ${dueConditions[filter.due]}`);
  const floor = (time: string) => `interlock_uuid_floor(${put(time)}::timestamptz)`;
  if (filter.openedFrom) conditions.push(`e.id >= ${floor(filter.openedFrom)}`);
  if (filter.openedTo) conditions.push(`e.id < ${floor(filter.openedTo)}`);
  if (filter.resolvedFrom)
    conditions.push(`e.status = 'resolved' AND e.resolved_at >= ${put(filter.resolvedFrom)}::timestamptz`);
  if (filter.resolvedTo)
    conditions.push(`e.status = 'resolved' AND e.resolved_at < ${put(filter.resolvedTo)}::timestamptz`);
  if (filter.match) {
    const { texts, number, id } = filter.match;
    const found = [
      matching(texts, 'e.id', '$1', put),
      ...(number === null ? [] : [`e.number = ${put(number)}`]),
      ...(id === null ? [] : [`e.id = ${put(id)}`]),
    ];
    conditions.push(`(${found.join(' OR ')})`);
  }
  const where = conditions.join(' AND ');
  const limit = put(filter.limit + 1);
  const parts = sort
    .parts(filter.after, put)
    .map(
      (part) =>
        `(SELECT * FROM exception e WHERE ${where} AND ${part} ORDER BY ${sort.partOrder ?? sort.order} LIMIT ${limit})`,
    );
  const rows = await connection.query<ExceptionSummaryRow>({
    text: `WITH page AS MATERIALIZED (
        SELECT * FROM (${parts.join(' UNION ALL ')}) e ORDER BY ${sort.order} LIMIT ${limit})
      SELECT ${summaryColumns} FROM page e ${summaryJoins} ORDER BY ${sort.order}`,
    values,
  });
  const items = rows.slice(0, filter.limit);
  const last = rows.length > filter.limit ? items.at(-1) : undefined;
  return { items, next: last ? { key: sort.keyOf(last), id: last.id } : null };
}

/** One exception with the columns of the list and the rest; null when it is not this tenant's. */
export async function readExceptionWhole(
  connection: TenantConnection,
  id: string,
): Promise<WholeExceptionRow | null> {
  const [row] = await readExceptionsWhole(connection, [id]);
  return row ?? null;
}

/** The same for several; those of other tenants are left out. */
export function readExceptionsWhole(
  connection: TenantConnection,
  ids: readonly string[],
): Promise<WholeExceptionRow[]> {
  return connection.query<WholeExceptionRow>({
    name: 'exceptions_whole',
    text: `SELECT ${summaryColumns}, e.description, e.attributes
      FROM exception e ${summaryJoins} WHERE e.tenant_id = $1 AND e.id = ANY($2::uuid[])`,
    values: [connection.tenantId, ids],
  });
}
