import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { freePort } from '../../dev/free-port.ts';
import { projectRoot } from '../../dev/paths.ts';
// Its counter is exported by every process.
import '../../shared/platform/server/tracing/start-tracing.ts';
import { eventually } from '../support/eventually.ts';
import { createOwnDatabase } from '../support/own-database.ts';
import { publishPlaybook, startRun, stepWhen } from '../support/playbook-runs.ts';
import { type ProviderServer, sendJson, startProvider } from '../support/provider-server.ts';
import { createTcpGate, type TcpGate } from '../support/tcp-gate.ts';
import { startTestApi, type TestApi, type TestTenant } from '../support/test-api.ts';

const patience = { timeoutMs: 60_000, everyMs: 100 };

describe('the metrics', () => {
  let database: TcpGate;
  let provider: ProviderServer;
  let api: TestApi;
  let acme: TestTenant;

  beforeAll(async () => {
    const { databaseUrl } = await createOwnDatabase();
    const url = new URL(databaseUrl);
    const port = await freePort('the database', 0);
    database = createTcpGate(port, { host: url.hostname, port: Number(url.port) });
    await database.open();
    url.host = `127.0.0.1:${port}`;
    provider = await startProvider((request, response) => {
      if (request.url === '/lost') request.method === 'POST' && response.destroy();
      else sendJson(response, 200, { ok: true });
    });
    api = await startTestApi({ databaseUrl: url.href, reconcile: true });
    acme = await api.tenant({ privateHosts: [provider.host] });
  });
  afterAll(async () => {
    await api?.close();
    await provider?.close();
    await database?.shut();
  });

  const scrape = async () => {
    const response = await fetch(`${api.url}/metrics`);
    return { status: response.status, text: await response.text() };
  };
  /** The value of one series; undefined when it is not there. */
  const valueIn = (text: string, series: string): number | undefined => {
    const line = text.split('\n').find((each) => each.startsWith(`${series} `));
    return line === undefined ? undefined : Number(line.slice(series.length));
  };
  const becomes = (series: string, wanted: (value: number | undefined) => boolean) =>
    eventually(async () => wanted(valueIn((await scrape()).text, series)), patience);

  async function execute(path: string): Promise<void> {
    const { body: tool } = await acme.as.tool_admin('POST', '/api/tools', {
      name: path,
      type: 'http',
      retry: { maxAttempts: 1 },
      config: { method: 'POST', url: `${provider.url}/${path}` },
    });
    await acme.as.operator('POST', `/api/tools/${tool.id}/execute`, { payload: {} });
  }

  test('executions are counted by type and outcome; what waits for a person is shown, without tenants and hosts', async () => {
    const ended = 'interlock_executions_ended_total{tool_type="http",outcome=';
    // The process counts: other test files have run in it.
    const before = (await scrape()).text;
    const oneMore = (series: string) =>
      becomes(series, (value) => value === (valueIn(before, series) ?? 0) + 1);
    await execute('fine');
    await execute('lost');
    const playbook = await publishPlaybook(acme.as.tool_admin, {
      name: 'late',
      steps: [{ id: 'look', type: 'manual', title: 'Look', due: 'PT0.01S' }],
    });
    const runId = await startRun(acme.as.operator, playbook);
    await stepWhen(acme.as.operator, runId, 'look', 'waiting');
    await oneMore(`${ended}"succeeded"}`);
    await oneMore(`${ended}"outcome_unknown"}`);
    await becomes('interlock_outcome_unknown_open', (value) => value === 1);
    await becomes('interlock_steps_overdue', (value) => value === 1);
    const { text } = await scrape();
    for (const hidden of [acme.id, acme.slug, provider.host]) expect(text).not.toContain(hidden);
    for (const part of ['database', 'temporal'])
      expect(valueIn(text, `interlock_up{part="${part}"}`), part).toBe(1);
    expect(text).toMatch(/^interlock_build_info\{version="[^"]+",node="v\d+/m);
    expect(valueIn(text, 'interlock_database_connections_max{role="app"}')).toBe(12);
    expect(text).toMatch(/^interlock_log_reader_behind_seconds\{reader="search"\} \d/m);
  });

  test('every metric of the dashboard and of the alert rules is one that the product exports', async () => {
    const { text } = await scrape();
    const exported = new Set([...text.matchAll(/^# TYPE (\S+) /gm)].map(([, name]) => name));
    const files = ['deploy/grafana/interlock.json', 'deploy/prometheus/interlock.rules.yml'];
    const used = new Set(
      files.flatMap((file) =>
        [...readFileSync(join(projectRoot, file), 'utf8').matchAll(/\binterlock_[a-z0-9_]+/g)].map(([name]) =>
          name.replace(/(?<=_seconds)_(bucket|count|sum)$/, ''),
        ),
      ),
    );
    expect(used.size).toBeGreaterThan(25);
    expect([...used].filter((name) => !exported.has(name))).toEqual([]);
  });

  test('a scrape without the database succeeds, and says that it is away', async () => {
    await database.shut();
    await becomes('interlock_up{part="database"}', (value) => value === 0);
    // Not 0: it is not known.
    await becomes('interlock_outcome_unknown_open', (value) => value === undefined);
    expect((await scrape()).status).toBe(200);
    await database.open();
    await becomes('interlock_up{part="database"}', (value) => value === 1);
    await becomes('interlock_outcome_unknown_open', (value) => value === 1);
  });
});
