import type pg from 'pg';
import { v7 as uuidv7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openDatabase } from '../../shared/platform/db/database.ts';
import { countLog } from '../../shared/usage/server/count-log.ts';
import { startCounting } from '../../shared/usage/server/start-counting.ts';
import type {
  ConnectorUsage,
  HomeUsage,
  PlaybookUsage,
  StepUsage,
  ToolUsage,
} from '../../shared/usage/usage-schemas.ts';
import { requireApproval } from '../support/approvals.ts';
import { connectTo } from '../support/connect-admin.ts';
import { eventually } from '../support/eventually.ts';
import { createOwnDatabase } from '../support/own-database.ts';
import { complete, publishPlaybook, runWhen, startRun, stepWhen } from '../support/playbook-runs.ts';
import { type ProviderServer, sendJson, startProvider } from '../support/provider-server.ts';
import { type ApiResponse, startTestApi, type TestApi, type TestTenant } from '../support/test-api.ts';

const hour = 3_600_000;

/** A database of its own: the counts are those of every tenant. */
describe('the counts of usage', () => {
  let api: TestApi;
  let acme: TestTenant;
  let globex: TestTenant;
  let provider: ProviderServer;
  let admin: pg.Client;
  let databaseUrl: string;
  const tools: Record<string, string> = {};

  beforeAll(async () => {
    const own = await createOwnDatabase();
    databaseUrl = own.databaseUrl;
    [api, provider, admin] = await Promise.all([
      startTestApi({ databaseUrl }),
      startProvider(),
      connectTo(own.adminUrl),
    ]);
    [acme, globex] = await Promise.all([
      api.tenant({ privateHosts: [provider.host] }),
      api.tenant({ privateHosts: [provider.host] }),
    ]);
    let flaky = 0;
    provider.respond = ({ url }, response) => {
      if (url.includes('/lost')) return response.destroy();
      if (url.includes('/broken')) return sendJson(response, 422, { message: 'no' });
      if (url.includes('/flaky') && flaky++ % 2 === 0) return sendJson(response, 503, {});
      return sendJson(response, 200, { ok: true });
    };
    const connector = await created(
      acme.as.tool_admin('POST', '/api/connectors', {
        name: 'payments',
        title: 'Payments',
        baseUrl: provider.url,
      }),
    );
    tools.connector = connector.id;
    for (const name of ['good', 'lost', 'broken', 'flaky', 'asked'])
      tools[name] = (
        await created(
          acme.as.tool_admin('POST', '/api/tools', {
            name,
            title: `The ${name} tool`,
            type: 'http',
            inputSchema: { type: 'object', properties: { n: { type: 'integer' } } },
            ...(name === 'good'
              ? { config: { method: 'POST', connectorId: connector.id, path: '/good' } }
              : { config: { method: 'POST', url: `${provider.url}/${name}` } }),
            idempotent: name === 'flaky',
            retry: { maxAttempts: name === 'flaky' ? 3 : 1 },
          }),
        )
      ).id;
    await requireApproval(acme, tools.asked!, { fourEyes: false });
  });
  afterAll(async () => {
    await api?.close();
    await provider?.close();
    await admin?.end();
  });

  async function created(sent: Promise<ApiResponse>) {
    const { status, body } = await sent;
    expect(status, JSON.stringify(body)).toBe(201);
    return body;
  }
  const execute = (tool: string, as = acme.as.operator, body: Record<string, unknown> = {}) =>
    as('POST', `/api/tools/${tools[tool]}/execute`, { payload: { n: 1 }, ...body });
  const count = () => countLog(api.services.db);
  const home = async (as = acme.as.viewer, query = ''): Promise<HomeUsage> =>
    (await as('GET', `/api/usage/home${query}`)).body;
  const toolUsage = async (tool: string, query = ''): Promise<ToolUsage> =>
    (await acme.as.viewer('GET', `/api/usage/tools/${tools[tool]}${query}`)).body;

  /** Every row, counted as it is now. */
  async function rowsOf(grain: 'hour' | 'day') {
    const { rows } = await admin.query(
      `SELECT e.tenant_id, 'execution' AS measure, date_trunc($1, interlock_uuid_time(e.id), 'UTC') AS start, e.tool_id AS subject_id,
         e.tool_version AS version, e.connector_id AS group_id, (CASE WHEN r.id IS NOT NULL THEN 'playbook:' || r.playbook_id
           WHEN e.requested_by_actor_type = 'api_key' THEN 'api_key:' || e.requested_by_actor_id
           WHEN e.requested_by_actor_type = 'user' THEN 'people' ELSE 'system' END) AS part,
         CASE WHEN e.status IN ('requested', 'running') THEN 'open' WHEN e.status = 'failed' THEN 'failed:' || e.failure_code ELSE e.status END AS outcome,
         count(*)::int AS count
       FROM tool_execution e LEFT JOIN playbook_step_run s ON s.id = e.playbook_step_run_id LEFT JOIN playbook_run r ON r.id = s.run_id
       GROUP BY 1, 2, 3, 4, 5, 6, 7, 8
       UNION ALL
       SELECT e.tenant_id, 'execution_door', date_trunc($1, interlock_uuid_time(e.id), 'UTC'), e.tool_id, 0, e.connector_id,
         (CASE WHEN r.id IS NOT NULL THEN 'playbook:' || r.playbook_id
           WHEN e.requested_by_actor_type = 'api_key' THEN 'api_key:' || e.requested_by_actor_id
           WHEN e.requested_by_actor_type = 'user' THEN 'people' ELSE 'system' END) || '@' || e.door,
         CASE WHEN e.status IN ('requested', 'running') THEN 'open' WHEN e.status = 'failed' THEN 'failed:' || e.failure_code ELSE e.status END,
         count(*)::int
       FROM tool_execution e LEFT JOIN playbook_step_run s ON s.id = e.playbook_step_run_id LEFT JOIN playbook_run r ON r.id = s.run_id
       WHERE e.door IS NOT NULL GROUP BY 1, 2, 3, 4, 5, 6, 7, 8
       UNION ALL
       SELECT tenant_id, 'run', date_trunc($1, interlock_uuid_time(id), 'UTC'), playbook_id, playbook_version, NULL::uuid, '',
         CASE WHEN status IN ('running', 'waiting') THEN 'open' ELSE status END, count(*)::int
       FROM playbook_run GROUP BY 1, 2, 3, 4, 5, 6, 7, 8
       UNION ALL
       SELECT s.tenant_id, 'step', date_trunc($1, s.opened_at, 'UTC'), r.playbook_id, r.playbook_version, NULL::uuid, s.step_id,
         CASE WHEN s.status IN ('running', 'waiting') THEN 'open' WHEN s.status = 'completed' THEN 'completed:' || s.outcome
           WHEN s.reason = 'The run was cancelled.' THEN 'dropped'
           WHEN s.status = 'failed' AND r.status = 'failed' THEN 'dropped' ELSE s.status END, count(*)::int
       FROM playbook_step_run s JOIN playbook_run r ON r.id = s.run_id GROUP BY 1, 2, 3, 4, 5, 6, 7, 8
       UNION ALL
       SELECT tenant_id, 'exception_opened', date_trunc($1, interlock_uuid_time(id), 'UTC'), NULL::uuid, 0, NULL::uuid, '',
         CASE WHEN status = 'resolved' THEN status ELSE 'open' END, count(*)::int FROM exception GROUP BY 1, 2, 3, 4, 5, 6, 7, 8
       UNION ALL
       SELECT tenant_id, 'exception_resolved', date_trunc($1, coalesce(resolved_at, created_at), 'UTC'), NULL::uuid, 0, NULL::uuid, '',
         CASE WHEN status = 'resolved' THEN status ELSE 'open' END, count(*)::int FROM exception GROUP BY 1, 2, 3, 4, 5, 6, 7, 8`,
      [grain],
    );
    return rows.map((row) => JSON.stringify(row)).sort();
  }

  async function countsOf(grain: 'hour' | 'day') {
    const { rows } = await admin.query(
      `SELECT tenant_id, measure, start, nullif(subject_id, '00000000-0000-0000-0000-000000000000') AS subject_id, version,
         nullif(group_id, '00000000-0000-0000-0000-000000000000') AS group_id, part, outcome, count::int
       FROM usage_count WHERE grain = $1 AND count <> 0 AND part <> '*'`,
      [grain],
    );
    return rows.map((row) => JSON.stringify(row)).sort();
  }

  async function agree() {
    expect(await countsOf('hour')).toEqual(await rowsOf('hour'));
    expect(await countsOf('day')).toEqual(await rowsOf('day'));
    const { rows } = await admin.query(
      `SELECT grain, sum(each.count)::int AS count, bool_or(each.count <= 0) AS below
       FROM usage_time, unnest(bins, counts) AS each(bin, count) WHERE measure = 'execution' GROUP BY grain`,
    );
    const { rows: timed } = await admin.query(
      `SELECT count(*)::int AS count FROM tool_execution WHERE status IN ('succeeded', 'failed') AND settlement IS NULL
         AND started_at IS NOT NULL AND failure_code IS DISTINCT FROM 'outcome_unknown'`,
    );
    // Counted together, by tool and in all, they are as many and took as long.
    const { rows: sums } = await admin.query(
      `SELECT grain, tenant_id, start, outcome, sum(count)::int AS count, sum(timed)::int AS timed, sum(micros)::text AS micros
       FROM usage_count WHERE measure = 'execution'
       GROUP BY CASE WHEN part <> '*' THEN 1 WHEN subject_id <> '00000000-0000-0000-0000-000000000000' THEN 2 ELSE 3 END, 1, 2, 3, 4
       ORDER BY 1, 2, 3, 4`,
    );
    expect(sums.length % 3).toBe(0);
    for (const [i, sum] of sums.entries()) expect(sum).toEqual(sums[i - (i % 3)]);
    for (const each of rows) expect(each).toMatchObject({ count: timed[0].count, below: false });
  }

  test('agree with the rows for successes, retries, failures, settled and approved calls, batches, runs and exceptions', async () => {
    const lost = [];
    for (let i = 0; i < 4; i++) lost.push((await execute('lost')).body.id as string);
    await Promise.all([
      ...Array.from({ length: 7 }, () => execute('good')),
      ...Array.from({ length: 3 }, () => execute('good', acme.as.tool_admin)),
      ...Array.from({ length: 3 }, () => execute('broken')),
      ...Array.from({ length: 4 }, () => execute('flaky')),
    ]);
    const [waiting, approved, rejected] = await Promise.all([
      execute('asked', undefined, { waitMs: 0 }),
      execute('asked', undefined, { waitMs: 0 }),
      execute('asked', undefined, { waitMs: 0 }),
    ]);
    expect(waiting.status, JSON.stringify(waiting.body)).toBe(202);
    await count();
    await agree();
    expect((await toolUsage('lost')).calls.total).toMatchObject({
      count: 4,
      failed: 4,
      unknown: 4,
      p50Ms: null,
    });
    expect((await toolUsage('asked')).calls.total).toMatchObject({ count: 3, open: 3 });

    const settle = (id: string, happened: boolean) =>
      acme.as.operator('POST', `/api/tools/executions/${id}/settle`, { happened, note: 'looked' });
    expect((await settle(lost[0]!, true)).status).toBe(200);
    expect((await settle(lost[1]!, false)).status).toBe(200);
    const decide = (id: string, how: string) =>
      acme.as.approver('POST', `/api/tools/executions/${id}/${how}`, { reason: 'x' });
    expect((await decide(approved.body.id, 'approve')).status).toBe(200);
    expect((await decide(rejected.body.id, 'reject')).status).toBe(200);
    await eventually(
      async () =>
        (await acme.as.viewer('GET', `/api/tools/executions/${approved.body.id}`)).body.status ===
        'succeeded',
    );
    await created(
      acme.as.operator('POST', '/api/exceptions', { title: 'Open', domain: 'general', severity: 'low' }),
    );
    const again = await created(
      acme.as.operator('POST', '/api/exceptions', { title: 'Again', domain: 'general', severity: 'low' }),
    );
    const resolved = await created(
      acme.as.operator('POST', '/api/exceptions', { title: 'Done', domain: 'general', severity: 'low' }),
    );
    for (const { id } of [again, resolved])
      expect(
        (await acme.as.operator('POST', `/api/exceptions/${id}/resolve`, { code: 'fixed' })).status,
      ).toBe(200);
    await count();
    await agree();
    await acme.as.operator('POST', `/api/exceptions/${again.id}/reopen`, { reason: 'x' });
    const batch = await acme.as.operator('POST', '/api/batches', {
      forEach: { tool: 'good', rows: [{ n: 1 }, { n: 2 }, { n: 3 }] },
    });
    expect(batch.body.status, JSON.stringify(batch.body)).toBe('succeeded');
    await count();
    await agree();
    expect((await toolUsage('lost')).calls.total).toMatchObject({
      count: 4,
      succeeded: 1,
      failed: 3,
      unknown: 2,
    });
    expect((await toolUsage('asked')).failures).toEqual([{ code: 'denied', count: 1, previous: 0 }]);
    const { exceptions } = await home();
    expect(exceptions.total).toMatchObject({ opened: 3, resolved: 1 });
  });

  test('say of a playbook where its runs wait, branch and drop out', async () => {
    const id = await publishPlaybook(acme.as.tool_admin, {
      name: 'refund',
      inputSchema: { type: 'object', properties: { amount: { type: 'number' } } },
      steps: [
        { id: 'check', type: 'manual', title: 'Check', assignee: { role: 'operator' } },
        { id: 'pay', type: 'call_tool', title: 'Pay', tool: 'good', input: { n: 1 } },
        {
          id: 'never',
          type: 'manual',
          title: 'Never',
          assignee: { role: 'operator' },
          when: '${{ input.amount > 5 }}',
        },
        { id: 'tell', type: 'manual', title: 'Tell', assignee: { role: 'operator' } },
      ],
    });
    const [done, cancelled, open] = await Promise.all([
      startRun(acme.as.operator, id, { input: { amount: 1 } }),
      startRun(acme.as.operator, id, { input: { amount: 1 } }),
      startRun(acme.as.operator, id, { input: { amount: 1 } }),
    ]);
    for (const run of [done, cancelled]) {
      await stepWhen(acme.as.viewer, run!, 'check', 'waiting');
      expect((await complete(acme.as.operator, run!, 'check')).status).toBe(200);
      await stepWhen(acme.as.viewer, run!, 'pay', 'waiting');
      expect((await complete(acme.as.operator, run!, 'pay')).status).toBeLessThan(300);
      await stepWhen(acme.as.viewer, run!, 'tell', 'waiting');
    }
    await complete(acme.as.operator, done!, 'tell');
    await acme.as.operator('POST', `/api/playbook-runs/${cancelled}/cancel`, { reason: 'x' });
    await runWhen(acme.as.viewer, done!, ({ status }) => status === 'completed');
    await runWhen(acme.as.viewer, cancelled!, ({ status }) => status === 'cancelled');
    await stepWhen(acme.as.viewer, open!, 'check', 'waiting');
    await count();
    await agree();
    const { body } = await acme.as.viewer('GET', `/api/usage/playbooks/${id}`);
    const usage: PlaybookUsage = body;
    expect(usage.runs.total).toMatchObject({ count: 3, completed: 1, cancelled: 1, open: 1 });
    expect(usage.runs.total.p50Ms).toBeGreaterThan(0);
    const step = (stepId: string): StepUsage => usage.steps.find((each) => each.stepId === stepId)!;
    expect(step('check')).toMatchObject({ opened: 3, completed: 2, open: 1, dropped: 0 });
    expect(step('check').p95Ms).toBeGreaterThan(0);
    expect(step('tell')).toMatchObject({ opened: 2, completed: 1, dropped: 1 });
    expect(step('never')).toMatchObject({ opened: 2, skipped: 2 });
    expect(usage.versions).toMatchObject([{ version: 1, count: 3 }]);
    const { callers } = await toolUsage('good');
    expect(callers).toContainEqual(
      expect.objectContaining({ kind: 'playbook', id, name: 'refund', count: 2 }),
    );
    expect(callers.find(({ name }) => name === 'tool_admin key')).toMatchObject({
      kind: 'api_key',
      count: 3,
    });
  });

  test('say through which door each caller came, and every number is that of its list', async () => {
    const sent = { payload: { n: 1 } };
    const path = `/api/tools/${tools.good}/execute`;
    const cli = { 'user-agent': 'interlock-cli' };
    expect((await acme.as.operator('POST', path, sent, cli)).status).toBe(200);
    const trpc = await acme.as.operator('POST', '/trpc/tools.execute', { id: tools.good, ...sent });
    expect(trpc.status, JSON.stringify(trpc.body)).toBe(200);
    await admin.query(
      `UPDATE tool_execution SET door = NULL WHERE id = (SELECT id FROM tool_execution
      WHERE tool_id = $1 AND door = 'trpc')`,
      [tools.good],
    );
    await count();
    await agree();
    const usage = await toolUsage('good');
    const found = Object.fromEntries(usage.doors.map(({ door, count: calls }) => [door, calls]));
    expect(found).toEqual({ rest: 10, batch: 3, playbook: 2, cli: 1, null: 1 });
    const list = async (query: string) => {
      const { body } = await acme.as.viewer(
        'GET',
        `/api/tools/executions?toolId=${tools.good}&limit=200${query}`,
      );
      return body.items.length as number;
    };
    for (const each of usage.doors) {
      const door = each.door ?? 'not_recorded';
      expect(await list(`&door=${door}`), door).toBe(each.count);
      expect(await list(`&door=${door}&status=failed`), door).toBe(each.failed);
    }
    for (const { kind, id, count: calls, doors } of usage.callers) {
      expect(doors.reduce((sum, each) => sum + each.count, 0)).toBe(calls);
      const of = kind === 'playbook' ? `&playbookId=${id}` : `&caller=${kind}${id ? `&actor=${id}` : ''}`;
      expect(await list(of)).toBe(calls);
      for (const each of doors)
        expect(await list(`${of}&door=${each.door ?? 'not_recorded'}`), `${kind} ${each.door}`).toBe(
          each.count,
        );
    }
    expect((await acme.as.viewer('GET', '/api/tools/executions?door=window')).status).toBe(422);
  });

  test('are right when a process of the version before counts beside this one, which knows no doors', async () => {
    const sent = await execute('good');
    expect(sent.status).toBe(200);
    // As that version counts an execution: while it was open, without its door.
    await admin.query(
      `WITH seen AS (
         INSERT INTO usage_counted (measure, row_id, tenant_id, start, outcome, bin, micros)
         SELECT 'execution', id, tenant_id, date_trunc('hour', interlock_uuid_time(id), 'UTC'), 'open', NULL, NULL
         FROM tool_execution WHERE id = $1
         ON CONFLICT (measure, row_id) DO UPDATE SET outcome = excluded.outcome, bin = excluded.bin
         RETURNING tenant_id, start)
       INSERT INTO usage_count (tenant_id, measure, grain, start, subject_id, version, group_id, part, outcome, count, timed, micros)
       SELECT seen.tenant_id, 'execution', grain, date_trunc(grain, seen.start, 'UTC'), level.*, 'open', 1, 0, 0
       FROM seen, tool_execution e, unnest(ARRAY['hour', 'day']) AS grain, LATERAL (
         SELECT e.tool_id, e.tool_version, coalesce(e.connector_id, $2), 'api_key:' || e.requested_by_actor_id
         UNION ALL SELECT e.tool_id, 0, coalesce(e.connector_id, $2), '*'
         UNION ALL SELECT $2::uuid, 0, $2::uuid, '*') AS level
       WHERE e.id = $1
       ON CONFLICT (tenant_id, measure, grain, start, subject_id, version, group_id, part, outcome)
         DO UPDATE SET count = usage_count.count + 1`,
      [sent.body.id, '00000000-0000-0000-0000-000000000000'],
    );
    const usage = await toolUsage('good');
    expect(usage.calls.total).toMatchObject({ open: 1 });
    const caller = usage.callers.find(({ doors }) => doors.some(({ door }) => door === null))!;
    expect(caller.doors.find(({ door }) => door === null)).toMatchObject({ open: 1 });
    expect(caller.doors.reduce((sum, each) => sum + each.count, 0)).toBe(caller.count);
    await count();
    await agree();
    // What that version knows: callers without doors.
    const { rows } = await admin.query(
      `SELECT DISTINCT part FROM usage_count WHERE measure = 'execution' AND part LIKE '%@%'`,
    );
    expect(rows).toEqual([]);
  });

  test('are the same numbers as CSV, asked for by format or by Accept', async () => {
    const of = {
      total: `/api/usage/tools/${tools.good}`,
      tool: `/api/usage/connectors/${tools.connector}`,
      connector: '/api/usage/home',
      time: '/api/stats',
    };
    for (const [part, path] of Object.entries(of)) {
      const csv = await acme.as.viewer('GET', `${path}?format=csv`);
      expect(csv.status, path).toBe(200);
      expect(csv.headers.get('content-type')).toBe('text/csv; charset=utf-8');
      expect(
        csv.body.split('\r\n').some((line: string) => line.startsWith(`${part},`)),
        path,
      ).toBe(true);
    }
    const usage = await toolUsage('good');
    const text: string = (await acme.as.viewer('GET', of.total, undefined, { accept: 'text/csv' })).body;
    const [head = '', ...lines] = text.trim().split('\r\n');
    const table = lines.map((line) => {
      const cells = line.split(',');
      return Object.fromEntries(head.split(',').map((name, index) => [name, cells[index]]));
    });
    const counts = (part: string) =>
      table.filter((row) => row.part === part).map(({ count: calls }) => Number(calls));
    expect(counts('total')).toEqual([usage.calls.total.count]);
    expect(counts('time')).toEqual(usage.calls.buckets.map((bucket) => bucket.count));
    expect(counts('door')).toEqual(usage.doors.map((each) => each.count));
    expect(counts('caller')).toEqual(usage.callers.flatMap(({ doors }) => doors.map((each) => each.count)));
    const json = await acme.as.viewer('GET', `${of.total}?format=json`, undefined, { accept: 'text/csv' });
    expect(json.body.doors).toEqual(usage.doors);
    expect((await acme.as.viewer('GET', `${of.total}?format=xls`)).status).toBe(400);
    expect((await acme.as.viewer('GET', '/api/tools?format=csv')).status).toBe(400);
    expect((await globex.as.viewer('GET', `${of.total}?format=csv`)).status).toBe(404);
  });

  test('lead from a connector to its tools, and from home to what waits', async () => {
    const connector: ConnectorUsage = (
      await acme.as.viewer('GET', `/api/usage/connectors/${tools.connector}`)
    ).body;
    expect(connector.tools).toMatchObject([
      { id: tools.good, name: 'good', title: 'The good tool', failed: 0 },
    ]);
    expect(connector.calls.total.count).toBe(connector.tools[0]!.count);
    const since = new Date(Date.now() - hour).toISOString();
    const usage = await home(undefined, `?since=${encodeURIComponent(since)}`);
    expect(usage.tools[0]).toMatchObject({ failed: 3, previousCount: 0 });
    expect(usage.connectors).toMatchObject([{ id: tools.connector, name: 'payments' }]);
    expect(usage.waiting).toMatchObject({ steps: 2, stepsOverdue: 0, exceptions: 2, exceptionsOverdue: 0 });
    expect(usage.waiting.ages[0]).toMatchObject({ fromHours: 0, toHours: 1, steps: 2, exceptions: 2 });
    expect(usage.changes).toContainEqual({ type: 'ExceptionCreated', count: 3 });
    expect(usage.complete).toBe(true);
    expect(usage.calls.total.count).toBe(usage.calls.buckets.reduce((sum, each) => sum + each.count, 0));
  });

  test('of one tenant are not those of another', async () => {
    await execute('good', globex.as.operator);
    const usage = await home(globex.as.viewer);
    expect(usage).toMatchObject({ calls: { total: { count: 0 } }, tools: [], waiting: { steps: 0 } });
    expect((await globex.as.viewer('GET', `/api/usage/tools/${tools.good}`)).status).toBe(404);
    expect((await globex.as.viewer('GET', '/api/usage/tools/no-id')).status).toBe(404);
    expect((await globex.as.viewer('GET', `/api/usage/connectors/${tools.connector}`)).status).toBe(404);
    const rows = await api.services.db.tenant(globex.id, (connection) =>
      connection.query({ text: 'SELECT FROM usage_count' }),
    );
    expect(rows).toEqual([]);
  });

  /** Writes an execution that has taken so long, with its events. */
  async function write(
    client: pg.Client,
    { at = new Date(), ms = 5, tool = tools.good!, code = null as string | null, id = '' } = {},
  ) {
    const execution = id || uuidv7({ msecs: at.getTime() });
    await client.query(
      `INSERT INTO tool_execution (id, tenant_id, tool_id, tool_name, tool_title, tool_version, status, failure_code,
         requested_by_actor_type, requested_by_actor_id, requested_by_actor_name, attempts, max_attempts, deadline_at, created_at,
         started_at, completed_at)
       VALUES ($1, $2, $3, 'good', 'Good', 9, CASE WHEN $4::text IS NULL THEN 'succeeded' ELSE 'failed' END, $4, 'user', 'u', 'U', 1, 1,
         $5, $5, $5, $5::timestamptz + $6 * interval '1 ms')`,
      [execution, acme.id, tool, code, at, ms],
    );
    for (const type of ['ToolExecutionRequested', code ? 'ToolExecutionFailed' : 'ToolExecutionCompleted'])
      await client.query(
        `INSERT INTO event (tenant_id, type, subject_type, subject_id, actor_type, actor_id, actor_name, created_at)
         VALUES ($1, $2, 'execution', $3, 'user', 'u', 'U', $4)`,
        [acme.id, type, execution, at],
      );
  }

  test('have each row once while several processes count, their connections are cut, and transactions commit late', async () => {
    const others = [openDatabase(databaseUrl), openDatabase(databaseUrl)];
    const writers = await Promise.all(
      Array.from({ length: 4 }, async () => {
        const client = await connectTo(adminUrl());
        await client.query('SET session_replication_role = replica');
        return client;
      }),
    );
    let writing = true;
    let cut = 0;
    const counting = [api.services.db, ...others].map(async (db) => {
      while (writing) await countLog(db).catch(() => {});
    });
    const cutting = (async () => {
      while (writing) {
        const { rows } = await admin.query(
          `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'interlock_system'
             AND xact_start IS NOT NULL AND random() < 0.2`,
        );
        cut += rows.length;
        await new Promise((resolve) => setImmediate(resolve));
      }
    })();
    await Promise.all(
      writers.map(async (client, writer) => {
        for (let round = 0; round < 40; round++) {
          await client.query('BEGIN');
          for (let i = 0; i <= round % 5; i++)
            await write(client, { code: (round + writer) % 3 ? null : 'timeout', ms: 1 + round * 10 });
          // It keeps its number while those of others that began later commit.
          if (round % 4 === writer) await client.query('SELECT pg_sleep(0.02)');
          await client.query(round % 10 === 9 ? 'ROLLBACK' : 'COMMIT');
        }
      }),
    );
    writing = false;
    await Promise.all([...counting, cutting]);
    expect(cut).toBeGreaterThan(0);
    await eventually(() => count().catch(() => false));
    await agree();
    await Promise.all([...others.map((db) => db.close()), ...writers.map((client) => client.end())]);
  });

  const adminUrl = () =>
    `postgres://${admin.user}:${encodeURIComponent(String(admin.password))}@${admin.host}:${admin.port}/${admin.database}`;

  test('have percentiles within 2 % of the exact ones, by bucket, and the totals of the period before', async () => {
    const { id: tool } = await created(
      acme.as.tool_admin('POST', '/api/tools', {
        name: 'measured',
        type: 'http',
        config: { method: 'GET', url: provider.url },
      }),
    );
    tools.measured = tool;
    await admin.query('SET session_replication_role = replica');
    const times = Array.from({ length: 400 }, (_, i) => Math.round(2 + 1.03 ** i));
    for (const [i, ms] of times.entries())
      await write(admin, {
        tool,
        ms,
        at: new Date(Date.now() - (i % 20) * hour),
        code: i % 100 ? null : 'timeout',
      });
    for (let i = 0; i < 30; i++)
      await write(admin, { tool, ms: 100, at: new Date(Date.now() - (30 + (i % 3)) * hour) });
    await admin.query('SET session_replication_role = DEFAULT');
    await count();
    await agree();
    const usage = await toolUsage('measured', '?period=24h');
    expect(usage.calls.total).toMatchObject({ count: 400, failed: 4, succeeded: 396 });
    expect(usage.calls.previous).toMatchObject({ count: 30, failed: 0 });
    const sorted = times.toSorted((a, b) => a - b);
    for (const [share, found] of [
      [0.5, usage.calls.total.p50Ms],
      [0.95, usage.calls.total.p95Ms],
      [0.99, usage.calls.total.p99Ms],
    ] as const) {
      const exact = sorted[Math.ceil(400 * share) - 1]!;
      expect(Math.abs(found! - exact) / exact).toBeLessThanOrEqual(0.0201);
    }
    expect(usage.calls.buckets).toHaveLength(24);
    expect(usage.calls.buckets.reduce((sum, each) => sum + each.count, 0)).toBe(400);
    expect(usage.calls.buckets.filter((each) => each.p95Ms !== null)).toHaveLength(20);
    // Every number leads to its list: the executions of a bucket are those that the list has of these times.
    const bucket = usage.calls.buckets.find(({ failed }) => failed > 0)!;
    const list = async (query: string) =>
      (
        await acme.as.viewer(
          'GET',
          `/api/tools/executions?toolId=${tool}&from=${bucket.from}&to=${bucket.to}&limit=200${query}`,
        )
      ).body.items.length;
    expect(await list('')).toBe(bucket.count);
    expect(await list('&status=failed')).toBe(bucket.failed);
    expect(await list('&failureCode=timeout')).toBe(bucket.failed);
    const week = await toolUsage('measured', '?period=7d&timeZone=America/New_York');
    expect(week.calls.buckets).toHaveLength(7);
    expect(week.calls.total.count).toBe(430);
    // Long periods are read by days of UTC; what belongs to another day of the zone is moved there.
    for (const zone of [
      'UTC',
      'Europe/Berlin',
      'America/New_York',
      'Asia/Kolkata',
      'Etc/GMT-12',
      'Etc/GMT+12',
    ])
      for (const days of [30, 90]) {
        const { calls } = await toolUsage(
          'measured',
          `?period=${days}d&timeZone=${encodeURIComponent(zone)}`,
        );
        const { rows } = await admin.query(
          `SELECT (SELECT count(*)::int FROM tool_execution WHERE tool_id = $1 AND id >= interlock_uuid_floor(starts)
             AND id < interlock_uuid_floor(ends)) AS count
           FROM unnest($2::timestamptz[], $3::timestamptz[]) WITH ORDINALITY AS part(starts, ends, place) ORDER BY place`,
          [tool, calls.buckets.map(({ from }) => from), calls.buckets.map(({ to }) => to)],
        );
        expect(
          calls.buckets.map((bucket) => bucket.count),
          zone,
        ).toEqual(rows.map((row) => row.count));
        expect(calls.total.count).toBe(430);
      }
    expect((await acme.as.viewer('GET', '/api/usage/home?timeZone=Nowhere')).status).toBe(422);
  });

  test('are made of the rows that were there before, and again after a restore', async () => {
    await admin.query('TRUNCATE usage_count, usage_time, usage_counted');
    await admin.query(
      `UPDATE usage_position SET xid = pg_snapshot_xmin(pg_current_snapshot())::text, event_id = '0', fill_measure = 0,
         fill_after = '00000000-0000-0000-0000-000000000000', complete = false`,
    );
    expect((await home()).complete).toBe(false);
    await count();
    await agree();
    expect((await home()).complete).toBe(true);
    // A restored database counts its transactions from the start; some counts may be older than the rows.
    await admin.query(
      `UPDATE tool_execution SET status = 'failed', failure_code = 'timeout' WHERE tool_id = $1 AND status = 'succeeded'`,
      [tools.good],
    );
    await admin.query(`UPDATE usage_position SET xid = '99999999999'`);
    await count();
    await agree();
  });

  test('say of when they are, and stand still while nothing happens', async () => {
    const counting = startCounting({ db: api.services.db, log: api.services.log });
    try {
      const before = await toolUsage('broken');
      await execute('broken');
      const sent = new Date().toISOString();
      const after = await eventually(async () => {
        const usage = await toolUsage('broken');
        if (usage.calls.total.count === before.calls.total.count || usage.asOf < sent)
          throw new Error('Too early');
        return usage;
      });
      expect(after.calls.total.count).toBe(before.calls.total.count + 1);
    } finally {
      await counting.stop();
    }
  });
});
