import type { TenantConnection } from '../../platform/db/database.ts';
import { type doorMeasure, type Measure, noId } from '../measures.ts';
import type { Period, Span } from '../periods.ts';

/**
 * Whose counts: of a measure, or of a tool, a playbook or a connector. `together`: executions of all tools as one, or of
 * each tool as one.
 */
export interface Scope {
  measure: Measure | typeof doorMeasure;
  subjectId?: string;
  groupId?: string;
  together?: 'all' | 'tool';
}

export type CountKey = 'subject_id' | 'group_id' | 'version' | 'part';

export interface KeyedCount {
  key: string;
  outcome: string;
  count: number;
  /** Of those that have a time: how many, and how long they took together. */
  timed: number;
  micros: number;
}

/** Of each key, how many times there are in each bin. */
export type KeyedTimes = Map<string, Map<number, number>>;

const levels = {
  each: `part <> '*'`,
  tool: `part = '*' AND subject_id <> '${noId}'`,
  all: `part = '*' AND subject_id = '${noId}'`,
};
const ofScope = ({ subjectId, groupId, together }: Scope) =>
  `tenant_id = $1 AND measure = $2 AND ${levels[together ?? 'each']}${subjectId ? ' AND subject_id = $3' : ''}${groupId ? ' AND group_id = $3' : ''}`;
const valuesOf = (connection: TenantConnection, { measure, subjectId, groupId }: Scope) => {
  const id = subjectId ?? groupId;
  return [connection.tenantId, measure, ...(id ? [id] : [])];
};

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
/** More days than this are read by days of UTC. */
const mostByHours = 24;

/** What `table` has in a span, by a key: its whole days by days, the rest by hours. */
function rowsOf(
  connection: TenantConnection,
  table: 'usage_count' | 'usage_time',
  scope: Scope,
  { from, to }: Span,
  columns: string,
) {
  const values: unknown[] = valuesOf(connection, scope);
  const put = (value: unknown) => `$${values.push(value)}`;
  const firstDay = new Date(Math.ceil(from.getTime() / dayMs) * dayMs);
  const lastDay = new Date(Math.floor(to.getTime() / dayMs) * dayMs);
  const part = (grain: string, start: Date, end: Date) =>
    `SELECT ${columns} FROM ${table}
      WHERE ${ofScope(scope)} AND grain = '${grain}' AND start >= ${put(start)} AND start < ${put(end)}`;
  const parts =
    firstDay < lastDay
      ? [part('hour', from, firstDay), part('day', firstDay, lastDay), part('hour', lastDay, to)]
      : [part('hour', from, to)];
  return { rows: parts.join(' UNION ALL '), values };
}

const keySql = (keys: readonly CountKey[]) =>
  keys.length === 0 ? `''` : keys.map((key) => `${key}::text`).join(` || ' ' || `);

/** @param keys several are one, with a space between them */
export function sumCounts(
  connection: TenantConnection,
  scope: Scope,
  span: Span,
  ...keys: CountKey[]
): Promise<KeyedCount[]> {
  const columns = `${keySql(keys)} AS key, outcome, count, timed, micros`;
  const { rows, values } = rowsOf(connection, 'usage_count', scope, span, columns);
  return connection.query<KeyedCount & Record<string, unknown>>({
    text: `SELECT key, outcome, sum(count)::float8 AS count, sum(timed)::float8 AS timed, sum(micros)::float8 AS micros
      FROM (${rows}) AS found GROUP BY 1, 2 HAVING sum(count) <> 0`,
    values,
  });
}

export function sumTimes(
  connection: TenantConnection,
  scope: Scope,
  span: Span,
  ...keys: CountKey[]
): Promise<KeyedTimes> {
  const columns = `${keySql(keys)} AS key, bins, counts`;
  const { rows, values } = rowsOf(connection, 'usage_time', scope, span, columns);
  return addTimes(connection, scope, rows, values);
}

const bySql = (
  rows: string,
) => `SELECT key, array_agg(bin)::text AS bins, array_agg(count)::text AS counts FROM (
    SELECT key, bin, sum(count) AS count FROM (${rows}) AS found, unnest(bins, counts) AS each(bin, count)
    GROUP BY 1, 2 HAVING sum(count) <> 0) AS sums
  GROUP BY 1`;
const asTheyAre = (rows: string) => `SELECT key, bins::text, counts::text FROM (${rows}) AS found`;

/** An array of PostgreSQL's, such as {1,2}. */
const numbersOf = (list: string): number[] => JSON.parse(`[${list.slice(1, -1)}]`);

/**
 * Of one tool or playbook there are few rows, each with many bins: they are added here, faster than PostgreSQL does it.
 * Others may have many rows, which would hold everything else up.
 * @param rows of a key, bins and counts
 */
async function addTimes(
  connection: TenantConnection,
  { subjectId, measure }: Scope,
  rows: string,
  values: unknown[],
): Promise<KeyedTimes> {
  const few = subjectId !== undefined && measure !== 'step';
  const found = await connection.query<{ key: string; bins: string; counts: string }>({
    text: few ? asTheyAre(rows) : bySql(rows),
    values,
  });
  const times: KeyedTimes = new Map();
  for (const { key, bins, counts } of found) {
    const of = times.get(key) ?? new Map<number, number>();
    times.set(key, of);
    const each = numbersOf(counts);
    for (const [index, bin] of numbersOf(bins).entries()) of.set(bin, (of.get(bin) ?? 0) + each[index]!);
  }
  return times;
}

/** How the parts of a period are read: hours, days of UTC, or days that begin elsewhere. */
function sizeOf({ buckets }: Period): 'hour' | 'day' | 'other day' {
  const [{ from, to }] = buckets as [Span];
  if (to.getTime() - from.getTime() <= hourMs) return 'hour';
  if (buckets.every((bucket) => bucket.from.getTime() % dayMs === 0)) return 'day';
  return buckets.length > mostByHours ? 'other day' : 'hour';
}
const dayOf = (at: Date) => Math.floor(at.getTime() / dayMs) * dayMs;
const hoursBetween = (from: number, to: number) =>
  Array.from({ length: (to - from) / hourMs }, (_, index) => new Date(from + index * hourMs));

/**
 * By parts of a period, whose place is the key: 0 is the first. Days that begin elsewhere than in UTC are read by days of UTC,
 * each as where its noon is; the hours of it that belong to another part are moved there.
 */
export function countSeries(
  connection: TenantConnection,
  scope: Scope,
  period: Period,
): Promise<KeyedCount[]> {
  const starts = period.buckets.map(({ from }) => from);
  const values: unknown[] = valuesOf(connection, scope);
  const put = (value: unknown) => `$${values.push(value)}`;
  const place = (at: string) => `width_bucket(${at}, $${placed}::timestamptz[]) - 1`;
  const placed = values.push(starts);
  const part = (at: string, which: string, sign = '') =>
    `SELECT ${place(at)} AS key, outcome, ${sign}count AS count, ${sign}timed AS timed, ${sign}micros AS micros
      FROM usage_count WHERE ${ofScope(scope)} AND ${which}`;
  const between = (from: Date, to: Date) => `start >= ${put(from)} AND start < ${put(to)}`;
  const ofHours = (hours: Date[]) => `grain = 'hour' AND start = ANY(${put(hours)}::timestamptz[])`;
  const parts: string[] = [];
  const size = sizeOf(period);
  if (size !== 'other day')
    parts.push(part('start', `grain = '${size}' AND ${between(period.from, period.to)}`));
  else {
    const today = dayOf(period.to);
    const moved = starts.flatMap((start) => {
      const midnight = dayOf(new Date(start.getTime() + dayMs / 2 - 1));
      const [from, to] = [start.getTime(), midnight].sort((a, b) => a - b) as [number, number];
      return hoursBetween(from, Math.min(to, today));
    });
    parts.push(
      part(
        `start + interval '12 hours'`,
        `grain = 'day' AND ${between(new Date(dayOf(period.from)), new Date(today))}`,
      ),
      part('start', ofHours([...moved, ...hoursBetween(today, period.to.getTime())])),
      part(`date_trunc('day', start, 'UTC') + interval '12 hours'`, ofHours(moved), '-'),
    );
  }
  return connection.query<KeyedCount & Record<string, unknown>>({
    text: `SELECT key::text, outcome, sum(count)::float8 AS count, sum(timed)::float8 AS timed, sum(micros)::float8 AS micros
      FROM (${parts.join(' UNION ALL ')}) AS found WHERE key >= 0 GROUP BY 1, 2 HAVING sum(count) <> 0`,
    values,
  });
}

/** The same of times, which have many counts: no hours of them are moved. */
export function timeSeries(connection: TenantConnection, scope: Scope, period: Period): Promise<KeyedTimes> {
  const starts = period.buckets.map(({ from }) => from);
  const byDay = sizeOf(period) !== 'hour';
  const at = byDay ? `start + interval '12 hours'` : 'start';
  const values: unknown[] = valuesOf(connection, scope);
  const place = values.push(starts);
  const from = byDay ? new Date(period.from.getTime() - dayMs / 2) : period.from;
  const rows = `SELECT (width_bucket(${at}, $${place}::timestamptz[]) - 1)::text AS key, bins, counts
      FROM usage_time WHERE ${ofScope(scope)} AND grain = '${byDay ? 'day' : 'hour'}'
        AND start >= $${place + 1} AND start < $${place + 2}`;
  return addTimes(connection, scope, rows, [...values, from, period.to]);
}

export interface Named {
  id: string;
  name: string;
  title: string;
}

/** Archived ones too. */
export async function namesOf(
  connection: TenantConnection,
  table: 'tool' | 'connector' | 'playbook',
  ids: readonly string[],
): Promise<Map<string, Named>> {
  if (ids.length === 0) return new Map();
  const rows = await connection.query<Named & Record<string, unknown>>({
    text: `SELECT id, name, ${table === 'connector' ? 'name AS title' : 'title'} FROM ${table}
      WHERE id = ANY($2::uuid[]) AND (tenant_id = $1${table === 'playbook' ? '' : ' OR tenant_id IS NULL'})`,
    values: [connection.tenantId, ids],
  });
  return new Map(rows.map((row) => [row.id, row]));
}

/** As their last executions have them. */
export async function keyNamesOf(
  connection: TenantConnection,
  ids: readonly string[],
): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map();
  const rows = await connection.query<{ id: string; name: string }>({
    text: `SELECT key.id, last.name FROM unnest($2::text[]) AS key(id) CROSS JOIN LATERAL (
        SELECT requested_by_actor_name AS name FROM tool_execution
        WHERE tenant_id = $1 AND requested_by_actor_id = key.id AND status IN ('succeeded', 'failed')
        ORDER BY id DESC LIMIT 1) AS last`,
    values: [connection.tenantId, ids],
  });
  return new Map(rows.map(({ id, name }) => [id, name]));
}
