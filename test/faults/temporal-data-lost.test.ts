import { copyFileSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { freePort } from '../../dev/free-port.ts';
import { startTemporalServer, type TemporalServer } from '../../dev/temporal-server.ts';
import { searchAttributeFlags } from '../../shared/executions/server/register-search-attributes.ts';
import { afterRestore } from '../support/after-restore.ts';
import { eventually } from '../support/eventually.ts';
import { createOwnDatabase } from '../support/own-database.ts';
import { complete, publishPlaybook, runWhen, startRun, stepWhen } from '../support/playbook-runs.ts';
import { type ProviderServer, sendJson, startProvider } from '../support/provider-server.ts';
import { type Call, startTestApi, type TestApi, type TestTenant } from '../support/test-api.ts';

describe('Temporal has lost its data', () => {
  const dir = mkdtempSync(join(tmpdir(), 'interlock-lost-'));
  let startTemporal: () => Promise<TemporalServer>;
  let temporal: TemporalServer;
  let api: TestApi;
  let acme: TestTenant;
  let operator: Call;
  let provider: ProviderServer;
  let responding = true;
  const tools: Record<string, string> = {};

  beforeAll(async () => {
    const port = (what: string) => freePort(what, 0);
    const ports = { port: await port('Temporal'), uiPort: await port('Web'), httpPort: await port('HTTP') };
    // Its data is in its memory only.
    startTemporal = () =>
      startTemporalServer({
        cli: inject('servers').temporalCli,
        ...ports,
        logFile: join(dir, 'temporal.log'),
        searchAttributes: searchAttributeFlags,
      });
    let own: { databaseUrl: string };
    [temporal, own, provider] = await Promise.all([startTemporal(), createOwnDatabase(), startProvider()]);
    provider.respond = async ({ url }, response) => {
      if (url === '/flaky' && provider.requests.filter((request) => request.url === url).length === 1)
        return sendJson(response, 503, {});
      if (url === '/slow') await eventually(() => responding, { timeoutMs: 90_000 });
      sendJson(response, 200, { ok: true });
    };
    api = await startTestApi({
      databaseUrl: own.databaseUrl,
      temporalAddress: temporal.address,
      reconcile: true,
    });
    acme = await api.tenant({ privateHosts: [provider.host] });
    operator = acme.as.operator;
    const tool = async (name: string, more: Record<string, unknown> = {}) => {
      const { status, body } = await acme.as.tool_admin('POST', '/api/tools', {
        name,
        type: 'http',
        timeoutMs: 60_000,
        config: { method: 'POST', url: `${provider.url}/${name}` },
        ...more,
      });
      expect(status, JSON.stringify(body)).toBe(201);
      tools[name] = body.id;
    };
    await tool('pay');
    await tool('slow', { deadlineMs: 120_000 });
    await tool('flaky', {
      config: { method: 'PUT', url: `${provider.url}/flaky` },
      retry: { maxAttempts: 3, initialMs: 4000, factor: 1, maxMs: 4000 },
    });
    const call = (name: string) => ({ id: 'call', type: 'call_tool', title: 'Call', tool: name });
    await publishPlaybook(acme.as.tool_admin, { name: 'pays', steps: [call('pay')] });
    await publishPlaybook(acme.as.tool_admin, { name: 'slows', steps: [call('slow')] });
    await publishPlaybook(acme.as.tool_admin, {
      name: 'outer',
      steps: [{ id: 'sub', type: 'playbook', title: 'Sub', playbook: 'pays' }],
    });
  });
  afterAll(async () => {
    await api?.close();
    await provider?.close();
    await temporal?.stop();
    rmSync(dir, { recursive: true, force: true });
  });

  const sentTo = (url: string) => provider.requests.filter((request) => request.url === url).length;
  const succeeded = (executionId: string) =>
    eventually(
      async () => {
        const { body } = await operator('GET', `/api/tools/executions/${executionId}`);
        if (body.status !== 'succeeded') throw new Error(JSON.stringify(body));
        return body;
      },
      { timeoutMs: 90_000, everyMs: 100 },
    );

  test('every open run and execution goes on to its end, and nothing is sent twice', async () => {
    const waiting = await startRun(operator, 'pays');
    const outer = await startRun(operator, 'outer');
    const calling = await startRun(operator, 'slows');
    const { childRunId: inner } = await stepWhen(operator, outer, 'sub', 'running');
    for (const runId of [waiting, inner, calling]) await stepWhen(operator, runId, 'call', 'waiting');
    responding = false;
    const execute = async (name: string): Promise<string> => {
      const { status, body } = await operator('POST', `/api/tools/${tools[name]}/execute`, {
        payload: {},
        waitMs: 0,
      });
      expect(status, JSON.stringify(body)).toBe(202);
      return body.id;
    };
    const retrying = await execute('flaky');
    const slow = await execute('slow');
    await complete(operator, calling, 'call');
    await eventually(() => sentTo('/slow') === 2 && sentTo('/flaky') === 1);

    process.kill(temporal.child.pid!, 'SIGKILL');
    await temporal.child.exited;
    temporal = await startTemporal();
    responding = true;

    const refusals: string[] = [];
    await Promise.all([
      eventually(
        async () => {
          const response = await complete(operator, waiting, 'call');
          if (response.status !== 200) refusals.push(response.body.error.message);
          return response.status === 200;
        },
        { timeoutMs: 90_000, everyMs: 200 },
      ),
      succeeded(slow),
      succeeded(retrying),
      runWhen(operator, calling, (run) => run.status === 'completed', 90_000),
    ]);
    for (const message of refusals)
      expect(message).toMatch(/^Temporal (has no open workflow for this run|is unreachable)/);
    await eventually(async () => (await complete(operator, inner, 'call')).status === 200, {
      timeoutMs: 90_000,
    });
    for (const runId of [waiting, inner, outer])
      await runWhen(operator, runId, (run) => run.status === 'completed', 90_000);
    expect([sentTo('/pay'), sentTo('/slow'), sentTo('/flaky')]).toEqual([2, 2, 2]);
  }, 180_000);
});

test('a run goes on when Temporal is restored from an older copy, in which a step of it is still open', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'interlock-older-'));
  const port = (what: string) => freePort(what, 0);
  const ports = { port: await port('Temporal'), uiPort: await port('Web'), httpPort: await port('HTTP') };
  const file = join(dir, 'temporal.db');
  const startTemporal = () =>
    startTemporalServer({
      cli: inject('servers').temporalCli,
      ...ports,
      dbFilename: file,
      logFile: join(dir, 'temporal.log'),
      searchAttributes: searchAttributeFlags,
    });
  const [{ databaseUrl }, provider] = await Promise.all([createOwnDatabase(), startProvider()]);
  provider.respond = (_request, response) => sendJson(response, 200, { ok: true });
  let temporal = await startTemporal();
  const env = { INTERLOCK_TASK_QUEUE: 'older' };
  let acme: TestTenant | undefined;
  const withApi = async (work: (operator: Call, api: TestApi) => Promise<void>) => {
    const api = await startTestApi({ databaseUrl, env, temporalAddress: temporal.address, reconcile: true });
    try {
      acme ??= await api.tenant({ privateHosts: [provider.host] });
      await work(api.call(acme.keys.operator), api);
    } finally {
      await api.close();
    }
  };
  let runId = '';
  try {
    await withApi(async (operator, api) => {
      const toolAdmin = api.call(acme!.keys.tool_admin);
      await toolAdmin('POST', '/api/tools', {
        name: 'pay',
        type: 'http',
        config: { method: 'POST', url: provider.url },
      });
      await publishPlaybook(toolAdmin, {
        name: 'pays',
        steps: [
          { id: 'call', type: 'call_tool', title: 'Call', tool: 'pay' },
          { id: 'after', type: 'manual', title: 'After' },
        ],
      });
      runId = await startRun(operator, 'pays');
      await stepWhen(operator, runId, 'call', 'waiting');
    });
    await temporal.stop();
    const copy = readdirSync(dir).filter((name) => name.startsWith('temporal.db'));
    for (const name of copy) copyFileSync(join(dir, name), join(dir, `copy-${name}`));
    temporal = await startTemporal();
    await withApi(async (operator) => {
      await eventually(async () => (await complete(operator, runId, 'call')).status === 200);
      await stepWhen(operator, runId, 'after', 'waiting');
    });
    await temporal.stop();
    for (const name of readdirSync(dir)) if (name.startsWith('temporal.db')) rmSync(join(dir, name));
    for (const name of copy) copyFileSync(join(dir, `copy-${name}`), join(dir, name));
    temporal = await startTemporal();
    expect(
      await afterRestore('temporal', {
        ...env,
        DATABASE_URL: databaseUrl,
        TEMPORAL_ADDRESS: temporal.address,
      }),
    ).toMatchObject({ terminatedWorkflows: 1, startedRuns: 1, unknownExecutions: [] });
    await withApi(async (operator) => {
      await eventually(async () => (await complete(operator, runId, 'after')).status === 200);
      await runWhen(operator, runId, (run) => run.status === 'completed');
    });
    expect(provider.requests).toHaveLength(1);
  } finally {
    await temporal.stop();
    await provider.close();
    rmSync(dir, { recursive: true, force: true });
  }
}, 180_000);
