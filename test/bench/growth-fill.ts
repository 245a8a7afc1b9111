import pg from 'pg';

/** What the rows of a database of the bench refer to. It is the same in every size. */
export interface Ground {
  /** Of nine rows in ten. */
  tenantId: string;
  /** Of the tenth. */
  others: string[];
  toolIds: string[];
  playbookIds: string[];
  endpointId: string;
}

const months = 12;

/**
 * Fills a database whose schema is there and whose tables are empty: per execution 5 events and an attempt, and in
 * proportion a tenth of exceptions, a twentieth of runs and notices, a hundredth of waiting steps. The rows lie over a
 * year; values have the spread of real ones: a few that are common and some that are rare.
 */
export async function fillRows(adminUrl: string, ground: Ground, executions: number): Promise<void> {
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  try {
    await client.query(`SET synchronous_commit = off; SET maintenance_work_mem = '512MB'`);
    // Constraints of tables that refer to each other are true by construction.
    await client.query('SET session_replication_role = replica');
    const indexes = await dropIndexes(client);
    // One time for all statements: ids are made of it.
    const now = new Date().toISOString();
    for (const statement of [...functions, ...rows])
      await client.query(inline(statement, ground, executions, now));
    for (const index of indexes) await client.query(index);
    await client.query(`VACUUM ANALYZE ${filled.join(', ')}`);
  } finally {
    await client.end();
  }
}

/** Once the texts of the search are written. */
export async function analyzeTexts(adminUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  try {
    await client.query('VACUUM ANALYZE search_document, search_block');
  } finally {
    await client.end();
  }
}

const filled = [
  ...['tool_execution', 'execution_attempt', 'event', 'exception', 'comment', 'exception_editor'],
  ...['playbook_run', 'playbook_step_run', 'step_addressee', 'notice', 'webhook_delivery'],
];

/** Building an index at the end takes a fifth of the time. @returns the statements that make them */
async function dropIndexes(client: pg.Client): Promise<string[]> {
  const { rows: found } = await client.query<{ name: string; definition: string }>(
    `SELECT c.oid::regclass::text AS name, pg_get_indexdef(c.oid) AS definition
     FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
     WHERE i.indrelid = ANY($1::regclass[]) AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = c.oid)`,
    [filled],
  );
  for (const { name } of found) await client.query(`DROP INDEX ${name}`);
  return found.map(({ definition }) => definition.replace(' ON ONLY ', ' ON '));
}

function inline(statement: string, ground: Ground, executions: number, now: string): string {
  const list = (ids: string[]) => `(ARRAY['${ids.join("','")}']::uuid[])`;
  const values: Record<string, string> = {
    n: String(executions),
    now: `'${now}'::timestamptz`,
    tenant: `CASE WHEN i % 10 < 9 THEN '${ground.tenantId}'::uuid ELSE ${list(ground.others)}[1 + (i / 10 % ${ground.others.length})::int] END`,
    big: `'${ground.tenantId}'::uuid`,
    tools: list(ground.toolIds),
    playbooks: list(ground.playbookIds),
    endpoint: `'${ground.endpointId}'::uuid`,
  };
  return statement.replaceAll(/\{(\w+)\}/g, (whole, name: string) => values[name] ?? whole);
}

/** `share` says how far in the year, 0 to 1; `luck` is a number from 0 to 1 that looks random. */
const functions = [
  `DO $$ BEGIN FOR i IN 2..${months} LOOP
     DECLARE
       month timestamptz := date_trunc('month', now() AT TIME ZONE 'UTC' - make_interval(months => i)) AT TIME ZONE 'UTC';
       next_month timestamptz := date_trunc('month', now() AT TIME ZONE 'UTC' - make_interval(months => i - 1)) AT TIME ZONE 'UTC';
       suffix text := to_char(month AT TIME ZONE 'UTC', 'YYYY_MM');
       of_ids text;
     BEGIN
       FOREACH of_ids IN ARRAY ARRAY['tool_execution', 'execution_attempt'] LOOP
         EXECUTE format('CREATE TABLE %I PARTITION OF %I FOR VALUES FROM (%L) TO (%L)', of_ids || '_' || suffix, of_ids,
           interlock_uuid_floor(month), interlock_uuid_floor(next_month));
       END LOOP;
       EXECUTE format('CREATE TABLE %I PARTITION OF event FOR VALUES FROM (%L) TO (%L)', 'event_' || suffix, month, next_month);
     END;
   END LOOP; END $$`,
  'CREATE SCHEMA bench',
  `CREATE FUNCTION bench.at(share float8) RETURNS timestamptz STABLE LANGUAGE sql
     RETURN {now} - interval '${months - 1} months' * (1 - share)`,
  `CREATE FUNCTION bench.luck(kind text, i bigint) RETURNS float8 IMMUTABLE LANGUAGE sql
     RETURN (hashtextextended(kind, i) & 1048575) / 1048576.0`,
  `CREATE FUNCTION bench.id(kind text, i bigint, share float8) RETURNS uuid STABLE LANGUAGE sql
     RETURN (substr(interlock_uuid_floor(bench.at(share))::text, 1, 13) || '-7' || substr(md5(kind || i), 1, 3) || '-8'
       || substr(md5(kind || i), 4, 3) || '-' || substr(md5(kind || i), 7, 12))::uuid`,
  // Keys of two systems make most executions, forty people the others; one person acts once in twenty thousand times.
  `CREATE FUNCTION bench.actor(i bigint) RETURNS int IMMUTABLE LANGUAGE sql
     RETURN CASE WHEN i % 20000 = 777 THEN 99 WHEN bench.luck('actor', i) < 0.6 THEN 1 WHEN bench.luck('actor', i) < 0.8 THEN 2
       ELSE 3 + floor(40 * power(bench.luck('person', i), 2))::int END`,
  // Of executions i and of what hangs on it.
  `CREATE FUNCTION bench.exception_of(i bigint, n bigint) RETURNS uuid STABLE LANGUAGE sql
     RETURN bench.id('exception', i / 100 * 10 + i % 10, (i / 100 * 10 + i % 10)::float8 / (n / 10))`,
];

const actor = (i: string, prefix: string) =>
  `CASE WHEN bench.actor(${i}) < 3 THEN 'api_key' ELSE 'user' END AS ${prefix}_type,
   md5('actor' || bench.actor(${i})) AS ${prefix}_id, 'Person ' || bench.actor(${i}) AS ${prefix}_name`;

const failureCode = `CASE WHEN bench.luck('failed', i) > 0.07 THEN NULL
  WHEN i % 10000 = 123 THEN 'terminated' WHEN bench.luck('failed', i) < 0.0003 THEN 'outcome_unknown'
  WHEN bench.luck('failed', i) < 0.01 THEN 'timeout' WHEN bench.luck('failed', i) < 0.02 THEN 'invalid_input'
  ELSE 'provider_error' END`;

const rows = [
  `INSERT INTO exception (id, tenant_id, number, title, domain, severity, status, assignee_id, assignee_name, due_at,
     attributes, resolution_code, resolved_at, created_by_type, created_by_id, created_by_name, created_at, updated_at)
   SELECT bench.id('exception', i, share), {tenant}, i, 'Refund ' || i || ' is stuck at ' || md5(i::text),
     (ARRAY['refunds', 'refunds', 'refunds', 'shipping', 'shipping', 'tax', 'general'])[1 + floor(7 * bench.luck('domain', i))::int],
     CASE WHEN bench.luck('severity', i) < 0.02 THEN 'critical' WHEN bench.luck('severity', i) < 0.2 THEN 'high'
       WHEN bench.luck('severity', i) < 0.7 THEN 'medium' ELSE 'low' END,
     status, nullif(assignee, 'none'), CASE WHEN assignee <> 'none' THEN 'Somebody' END,
     CASE WHEN bench.luck('due', i) < 0.6 THEN bench.at(share) + make_interval(days => (30 * bench.luck('days', i))::int) END,
     jsonb_build_object('payment', 'pay_' || md5('payment' || i), 'amount', i % 1000),
     CASE WHEN status = 'resolved' THEN 'fixed' END, CASE WHEN status = 'resolved' THEN bench.at(share) END,
     'user', 'bench', 'Bench', bench.at(share), bench.at(share)
   FROM generate_series(0, {n} / 10 - 1) AS s(i), LATERAL (SELECT i::float8 / ({n} / 10) AS share,
     CASE WHEN bench.luck('open', i) < 0.07 THEN 'open' WHEN bench.luck('open', i) < 0.1 THEN 'in_progress' ELSE 'resolved' END AS status,
     CASE WHEN bench.luck('assigned', i) < 0.4 THEN 'none' ELSE md5('actor' || bench.actor(i * 7)) END AS assignee) AS of`,
  `INSERT INTO comment (id, tenant_id, exception_id, body, created_by_type, created_by_id, created_by_name)
   SELECT bench.id('comment', i, i::float8 / ({n} / 10)), {tenant}, bench.id('exception', i, i::float8 / ({n} / 10)),
     'Called the customer about ' || i, 'user', 'bench', 'Bench' FROM generate_series(0, {n} / 10 - 1) AS s(i)`,
  `INSERT INTO tool_execution (id, tenant_id, tool_id, tool_name, tool_title, tool_version, status, failure_code,
     failure_retryable, error_message, requested_by_actor_type, requested_by_actor_id, requested_by_actor_name, exception_id,
     input_payload, output_payload, attempts, max_attempts, deadline_at, created_at, started_at, completed_at, updated_at, approval_status)
   SELECT bench.id('execution', i, share), {tenant}, {tools}[tool], 'tool_' || tool, 'Tool ' || tool, 1, status, code,
     code IS NOT NULL, CASE WHEN code IS NOT NULL THEN 'The provider answered 500.' END, by.*,
     CASE WHEN bench.luck('case', i) < 0.3 THEN bench.exception_of(i, {n})::text END,
     jsonb_build_object('payment', 'pay_' || md5(i::text), 'amount', i % 1000), jsonb_build_object('ok', true, 'id', md5('out' || i)),
     1, 3, bench.at(share) + interval '1 minute', bench.at(share), bench.at(share),
     CASE WHEN status IN ('succeeded', 'failed') THEN bench.at(share) END, bench.at(share),
     CASE WHEN status = 'requested' THEN 'waiting' WHEN code = 'invalid_input' THEN 'rejected' END
   FROM generate_series(0, {n} - 1) AS s(i), LATERAL (SELECT i::float8 / {n} AS share, ${failureCode} AS failed,
     CASE WHEN i % 5000 = 42 THEN array_length({tools}, 1)
       ELSE 1 + floor((array_length({tools}, 1) - 1) * power(bench.luck('tool', i), 3))::int END AS tool) AS of,
     LATERAL (SELECT CASE WHEN i >= {n} - 20 THEN CASE i % 2 WHEN 0 THEN 'requested' ELSE 'running' END
       WHEN failed IS NULL THEN 'succeeded' ELSE 'failed' END AS status) AS st,
     LATERAL (SELECT CASE WHEN status = 'failed' THEN failed END AS code) AS c, LATERAL (SELECT ${actor('i', 'a')}) AS by`,
  `INSERT INTO execution_attempt (execution_id, number, tenant_id, status, http_status, worker, request, response, started_at, ended_at)
   SELECT id, 1, tenant_id, CASE status WHEN 'succeeded' THEN 'succeeded' ELSE 'failed' END, 200, 'bench',
     '{"url":"https://api.example.com/refunds"}', '{"status":200}', created_at, completed_at
   FROM tool_execution WHERE completed_at IS NOT NULL`,
  // Five for each execution: three of a worker, the request, and one of something else.
  `INSERT INTO event (id, tenant_id, type, subject_type, subject_id, exception_id, actor_type, actor_id, actor_name, data, created_at)
   OVERRIDING SYSTEM VALUE
   SELECT i * 5 + e.k, {tenant}, e.type, e.subject_type, e.subject_id, exception_id,
     CASE WHEN e.k BETWEEN 2 AND 4 THEN 'system' ELSE by.a_type END, CASE WHEN e.k BETWEEN 2 AND 4 THEN 'worker' ELSE by.a_id END,
     CASE WHEN e.k BETWEEN 2 AND 4 THEN 'Interlock' ELSE by.a_name END, e.data, bench.at(share)
   FROM generate_series(0, {n} - 1) AS s(i), LATERAL (SELECT i::float8 / {n} AS share, ${failureCode} AS failed,
       bench.id('execution', i, i::float8 / {n})::text AS execution_id,
       CASE WHEN bench.luck('case', i) < 0.3 THEN bench.exception_of(i, {n})::text END AS case_id,
       bench.exception_of(i, {n}) AS other_case) AS of,
     LATERAL (SELECT ${actor('i', 'a')}) AS by,
     LATERAL (VALUES
       (1, 'ToolExecutionRequested', 'execution', execution_id, case_id, '{"toolName":"tool_1","toolVersion":1}'::jsonb),
       (2, 'ToolExecutionStarted', 'execution', execution_id, case_id, '{"toolName":"tool_1","toolVersion":1}'),
       (3, 'ToolExecutionAttempted', 'execution', execution_id, case_id, '{"attempt":1,"httpStatus":200}'),
       (4, CASE WHEN failed IS NULL THEN 'ToolExecutionCompleted' ELSE 'ToolExecutionFailed' END, 'execution', execution_id, case_id, '{"attempts":1}'),
       (5, CASE WHEN i % 20000 = 55 THEN 'AccessDenied' WHEN i % 10 < 4 THEN 'StepOpened' WHEN i % 10 < 7 THEN 'ExceptionUpdated'
          WHEN i % 10 < 9 THEN 'ExceptionCommented' ELSE 'ExceptionCreated' END,
        CASE WHEN i % 20000 = 55 THEN 'member' WHEN i % 10 < 4 THEN 'step' ELSE 'exception' END, other_case::text, other_case::text, '{}')
     ) AS e(k, type, subject_type, subject_id, exception_id, data)`,
  `INSERT INTO playbook_run (id, tenant_id, playbook_id, playbook_version, playbook_name, playbook_title, exception_id, status,
     started_by_type, started_by_id, started_by_name, workflow_started_at, created_at, completed_at)
   SELECT bench.id('run', i, share), {tenant}, {playbooks}[1 + floor(array_length({playbooks}, 1) * power(bench.luck('playbook', i), 3))::int], 1,
     'playbook_1', 'Playbook 1', CASE WHEN i % 2 = 0 THEN bench.id('exception', i * 2, share) END, status, 'user', 'bench', 'Bench', bench.at(share), bench.at(share),
     CASE WHEN status <> 'waiting' THEN bench.at(share) END
   FROM generate_series(0, {n} / 20 - 1) AS s(i), LATERAL (SELECT i::float8 / ({n} / 20) AS share,
     CASE WHEN i % 5 = 4 OR i % 50 = 7 THEN 'waiting' WHEN i % 1000 = 1 THEN 'cancelled' WHEN i % 100 = 2 THEN 'failed' ELSE 'completed' END AS status) AS of`,
  // A waiting step for people in each open run, of whom one has few; before it one that has ended.
  `INSERT INTO playbook_step_run (id, tenant_id, run_id, step_id, type, title, status, assignee_role, assignee_user, candidate_roles,
     candidate_users, due_at, opened_at, completed_at)
   SELECT bench.id('step' || k, i, share), r.tenant_id, r.id, 's' || k, CASE WHEN i % 50 = 7 THEN 'wait' ELSE 'manual' END, 'Step ' || k,
     CASE WHEN k = 2 AND r.status = 'waiting' THEN 'waiting' ELSE 'completed' END, role, person,
     CASE WHEN role IS NULL THEN '{}' ELSE ARRAY[role] END, CASE WHEN person IS NULL THEN '{}' ELSE ARRAY[person] END,
     CASE WHEN bench.luck('stepdue', i) < 0.5 THEN bench.at(share) + make_interval(days => (30 * bench.luck('stepdays', i))::int) END,
     bench.at(share), CASE WHEN k = 2 AND r.status = 'waiting' THEN NULL ELSE bench.at(share) END
   FROM generate_series(0, {n} / 20 - 1) AS s(i), LATERAL (SELECT i::float8 / ({n} / 20) AS share) AS of,
     LATERAL (SELECT CASE i % 50 WHEN 7 THEN NULL WHEN 4 THEN 'approver' WHEN 9 THEN 'tool_admin' WHEN 14 THEN 'operator' END AS role,
       CASE WHEN i % 50 IN (4, 7, 9, 14) THEN NULL ELSE 'person' || 3 + i / 50 % 40 || '@example.com' END AS person) AS who,
     generate_series(1, 2) AS k, playbook_run r
   WHERE r.id = bench.id('run', i, share)`,
  // Its trigger does not act here.
  `INSERT INTO step_addressee SELECT tenant_id, addressee, coalesce(due_at, 'infinity'), id, type
   FROM playbook_step_run, LATERAL (VALUES ('all:' || type), ('user:' || candidate_users[1]), ('role:' || candidate_roles[1])) AS of(addressee)
   WHERE status = 'waiting' AND addressee IS NOT NULL`,
  `INSERT INTO notice (id, tenant_id, kind, to_role, to_user, text, created_at)
   SELECT bench.id('notice', i, share), {tenant}, 'notify', CASE WHEN i % 3 = 0 THEN 'approver' END,
     CASE WHEN i % 3 <> 0 THEN 'person' || bench.actor(i) || '@example.com' END, 'Look at ' || i, bench.at(share)
   FROM generate_series(0, {n} / 20 - 1) AS s(i), LATERAL (SELECT i::float8 / ({n} / 20) AS share) AS of`,
  `INSERT INTO webhook_delivery (id, tenant_id, endpoint_id, event_id, event_type, payload, status, next_attempt_at, created_at, completed_at)
   SELECT bench.id('delivery', i, share), {big}, {endpoint}, i * 5, 'ToolExecutionCompleted', '{}', status,
     CASE WHEN status = 'pending' THEN now() + interval '1 hour' END, bench.at(share), CASE WHEN status <> 'pending' THEN bench.at(share) END
   FROM generate_series(0, {n} / 10 - 1) AS s(i), LATERAL (SELECT i::float8 / ({n} / 10) AS share,
     CASE WHEN i >= {n} / 10 - 5 THEN 'pending' WHEN i % 1000 = 17 THEN 'failed' ELSE 'delivered' END AS status) AS of`,
  `SELECT setval(pg_get_serial_sequence('event', 'id'), {n}::bigint * 5 + 5)`,
];
