import type { SystemConnection } from '../../platform/db/database.ts';
import { stepStateSql } from '../../playbooks/db/step-state.ts';
import { doorMeasure, type Measure, noId } from '../measures.ts';
import { binGrowth } from '../time-bins.ts';

/** Where the rows of a measure are, and as what each counts. `ms`: how long it took; null: that is not counted. */
interface Source {
  table: string;
  /** Columns: id, tenant_id, at, subject_id, version, group_id, part, outcome, ms; with `doors` door too. `$1`: ids. */
  facts: string;
  /** How many come through each door is counted beside. */
  doors?: true;
}

const between = (from: string, to: string) => `extract(epoch FROM ${to} - ${from}) * 1000`;
const none = `'${noId}'::uuid`;

/**
 * What does not change of a row says where it counts; only `at`, `outcome` and `ms` may change. A call that a person has
 * settled, or whose outcome is unknown, has no time.
 */
const sources: Record<Measure, Source> = {
  execution: {
    table: 'tool_execution',
    facts: `SELECT e.id, e.tenant_id, interlock_uuid_time(e.id) AS at, e.tool_id AS subject_id, e.tool_version AS version,
        coalesce(e.connector_id, ${none}) AS group_id,
        CASE WHEN r.playbook_id IS NOT NULL THEN 'playbook:' || r.playbook_id
          WHEN e.requested_by_actor_type = 'user' THEN 'people'
          WHEN e.requested_by_actor_type = 'api_key' THEN 'api_key:' || e.requested_by_actor_id ELSE 'system' END AS part, e.door,
        CASE e.status WHEN 'failed' THEN 'failed:' || e.failure_code WHEN 'succeeded' THEN 'succeeded' ELSE 'open' END AS outcome,
        CASE WHEN e.status IN ('succeeded', 'failed') AND e.settlement IS NULL
          AND e.failure_code IS DISTINCT FROM 'outcome_unknown' THEN ${between('e.started_at', 'e.completed_at')} END AS ms
      FROM tool_execution e
        LEFT JOIN playbook_step_run s ON s.id = e.playbook_step_run_id AND s.tenant_id = e.tenant_id
        LEFT JOIN playbook_run r ON r.id = s.run_id AND r.tenant_id = e.tenant_id
      WHERE e.id = ANY($1::uuid[]) AND NOT e.test`,
    doors: true,
  },
  run: {
    table: 'playbook_run',
    facts: `SELECT id, tenant_id, interlock_uuid_time(id) AS at, playbook_id AS subject_id, playbook_version AS version,
        ${none} AS group_id, '' AS part,
        CASE WHEN status IN ('running', 'waiting') THEN 'open' ELSE status END AS outcome,
        CASE WHEN status = 'completed' THEN ${between('created_at', 'completed_at')} END AS ms
      FROM playbook_run WHERE id = ANY($1::uuid[])`,
  },
  step: {
    table: 'playbook_step_run',
    facts: `SELECT s.id, s.tenant_id, s.opened_at AS at, r.playbook_id AS subject_id, r.playbook_version AS version,
        ${none} AS group_id, s.step_id AS part,
        CASE state WHEN 'completed' THEN 'completed:' || coalesce(s.outcome, '') ELSE state END AS outcome,
        CASE WHEN s.status IN ('completed', 'failed') THEN ${between('s.opened_at', 's.completed_at')} END AS ms
      FROM playbook_step_run s JOIN playbook_run r ON r.id = s.run_id AND r.tenant_id = s.tenant_id
        CROSS JOIN LATERAL (SELECT ${stepStateSql('s', 'r')} AS state) AS came
      WHERE s.id = ANY($1::uuid[])`,
  },
  exception_opened: {
    table: 'exception',
    facts: `SELECT id, tenant_id, interlock_uuid_time(id) AS at, ${none} AS subject_id, 0 AS version, ${none} AS group_id,
        '' AS part, CASE WHEN status = 'resolved' THEN 'resolved' ELSE 'open' END AS outcome, NULL::numeric AS ms
      FROM exception WHERE id = ANY($1::uuid[])`,
  },
  exception_resolved: {
    table: 'exception',
    facts: `SELECT id, tenant_id, coalesce(resolved_at, created_at) AS at, ${none} AS subject_id, 0 AS version,
        ${none} AS group_id, '' AS part, CASE WHEN status = 'resolved' THEN 'resolved' ELSE 'open' END AS outcome,
        CASE WHEN status = 'resolved' THEN ${between('created_at', 'resolved_at')} END AS ms
      FROM exception WHERE id = ANY($1::uuid[])`,
  },
};

const dimensions = 'tenant_id, measure, grain, start, subject_id, version, group_id, part';
const grained = (
  of: string,
) => `delta.tenant_id, $2, grain.name, date_trunc(grain.name, delta.start, 'UTC'), ${of}.subject_id,
  ${of}.version, ${of}.group_id`;
const grains = `CROSS JOIN unnest(ARRAY['hour', 'day']) AS grain(name)`;
/** Executions are also counted together, so that a picture of all tools reads few counts. */
const countLevels = `CROSS JOIN LATERAL (
    SELECT delta.subject_id, delta.version, delta.group_id, delta.part
    UNION ALL SELECT delta.subject_id, 0, delta.group_id, '*' WHERE $2 = 'execution'
    UNION ALL SELECT ${none}, 0, ${none}, '*' WHERE $2 = 'execution') AS level(subject_id, version, group_id, part)`;

/**
 * Doors are counted beside callers, in rows that a process of the version before neither reads nor writes. Such a process may
 * count a row without its door: `door_outcome` says as what its door was counted, so the next look at the row mends that.
 */
const doorCounts = `, doors AS (
  INSERT INTO usage_count (${dimensions}, outcome, count, timed, micros)
  SELECT tenant_id, '${doorMeasure}', grain.name, date_trunc(grain.name, start, 'UTC'), subject_id, 0, group_id,
    part || '@' || door, outcome, sum(n), 0, 0
  FROM (
    SELECT tenant_id, start, subject_id, group_id, part, door, outcome, 1 AS n FROM changed
    UNION ALL
    SELECT tenant_id, start, subject_id, group_id, part, door, old_door_outcome, -1 FROM changed
    WHERE old_door_outcome IS NOT NULL) AS door_delta ${grains}
  WHERE door IS NOT NULL
  GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9 HAVING sum(n) <> 0
  ON CONFLICT (${dimensions}, outcome) DO UPDATE SET count = usage_count.count + excluded.count
)`;

/** A row that counts differently than before is taken from where it was and added where it is now. */
const textOf = ({ facts, doors }: Source) => `
WITH now_is AS (
  SELECT id, tenant_id, date_trunc('hour', at, 'UTC') AS start, subject_id, version, group_id, part, outcome,
    ${doors ? 'door' : 'NULL'} AS door,
    (CASE WHEN ms <= 1 THEN 0 ELSE ceil(ln(ms::float8) / ln($3::float8)) END)::int AS bin, round(ms * 1000)::bigint AS micros
  FROM (${facts}) AS facts
), changed AS (
  SELECT n.*, b.start AS old_start, b.outcome AS old_outcome, b.bin AS old_bin, b.micros AS old_micros,
    b.door_outcome AS old_door_outcome
  FROM now_is n LEFT JOIN usage_counted b ON b.measure = $2 AND b.row_id = n.id
  WHERE (n.start, n.outcome, n.micros) IS DISTINCT FROM (b.start, b.outcome, b.micros)
    OR (n.door IS NOT NULL AND n.outcome IS DISTINCT FROM b.door_outcome)
), marked AS (
  INSERT INTO usage_counted (measure, row_id, tenant_id, start, outcome, bin, micros, door_outcome)
  SELECT $2, id, tenant_id, start, outcome, bin, micros, CASE WHEN door IS NOT NULL THEN outcome END FROM changed
  ON CONFLICT (measure, row_id) DO UPDATE SET start = excluded.start, outcome = excluded.outcome, bin = excluded.bin,
    micros = excluded.micros, door_outcome = excluded.door_outcome
), delta AS (
  SELECT tenant_id, start, subject_id, version, group_id, part, outcome, bin, micros, 1 AS n FROM changed
  UNION ALL
  SELECT tenant_id, old_start, subject_id, version, group_id, part, old_outcome, old_bin, -old_micros, -1 FROM changed
  WHERE old_start IS NOT NULL
), counted AS (
  INSERT INTO usage_count (${dimensions}, outcome, count, timed, micros)
  SELECT ${grained('level')}, level.part, delta.outcome, sum(n), sum(CASE WHEN bin IS NULL THEN 0 ELSE n END), sum(coalesce(micros, 0))
  FROM delta ${grains} ${countLevels}
  GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9 HAVING sum(n) <> 0 OR sum(coalesce(micros, 0)) <> 0
  ON CONFLICT (${dimensions}, outcome) DO UPDATE SET count = usage_count.count + excluded.count,
    timed = usage_count.timed + excluded.timed, micros = usage_count.micros + excluded.micros
), timed AS (
  INSERT INTO usage_time (${dimensions}, bins, counts)
  SELECT ${dimensions}, array_agg(bin), array_agg(n) FROM (
    SELECT ${grained('delta')}, CASE WHEN $2 = 'execution' THEN '' ELSE delta.part END, delta.bin, sum(n)
    FROM delta ${grains}
    WHERE delta.bin IS NOT NULL
    GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9 HAVING sum(n) <> 0) AS each(${dimensions}, bin, n)
  GROUP BY 1, 2, 3, 4, 5, 6, 7, 8
  ON CONFLICT (${dimensions}) DO UPDATE SET (bins, counts) = (
    SELECT coalesce(array_agg(bin), '{}'), coalesce(array_agg(n), '{}') FROM (
      SELECT bin, sum(n)::bigint FROM (
        SELECT * FROM unnest(usage_time.bins, usage_time.counts)
        UNION ALL SELECT * FROM unnest(excluded.bins, excluded.counts)) AS both_have(bin, n)
      GROUP BY bin HAVING sum(n) <> 0) AS sums(bin, n))
)${doors ? doorCounts : ''}
SELECT count(*)::int AS changed FROM changed`;

/** Counts these rows as what they are now. Counting them again changes nothing. @returns how many count differently */
export async function countRows(
  connection: SystemConnection,
  measure: Measure,
  ids: readonly string[],
): Promise<number> {
  if (ids.length === 0) return 0;
  const [row] = await connection.query<{ changed: number }>({
    name: `usage_count_${measure}`,
    text: textOf(sources[measure]),
    values: [ids, measure, binGrowth],
  });
  return row!.changed;
}

/** The next rows of a measure, by id. */
export async function nextRows(
  connection: SystemConnection,
  measure: Measure,
  after: string,
  limit: number,
): Promise<string[]> {
  const rows = await connection.query<{ id: string }>({
    name: `usage_rows_${measure}`,
    text: `SELECT id FROM ${sources[measure].table} WHERE id > $1 ORDER BY id LIMIT $2`,
    values: [after, limit],
  });
  return rows.map(({ id }) => id);
}

/** The steps of some runs. */
export async function stepsOf(connection: SystemConnection, runIds: readonly string[]): Promise<string[]> {
  if (runIds.length === 0) return [];
  const rows = await connection.query<{ id: string }>({
    name: 'usage_steps',
    text: 'SELECT id FROM playbook_step_run WHERE run_id = ANY($1::uuid[])',
    values: [runIds],
  });
  return rows.map(({ id }) => id);
}
