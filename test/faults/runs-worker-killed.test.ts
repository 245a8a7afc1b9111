import { randomBytes, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { eventually } from '../support/eventually.ts';
import { complete, publishPlaybook, runWhen, startRun, stepWhen } from '../support/playbook-runs.ts';
import { type ProviderServer, sendJson, startProvider } from '../support/provider-server.ts';
import { startTestApi, type TestApi, type TestTenant, testAuthSecret } from '../support/test-api.ts';
import { startWorkerProcess, type WorkerProcess } from '../support/worker-process.ts';

/** Temporal gives the task of a lost worker to another one after ten seconds. */
const takeoverMs = 40_000;

describe('the worker of a run is killed', () => {
  let api: TestApi;
  let acme: TestTenant;
  let provider: ProviderServer;
  const workers: WorkerProcess[] = [];
  let worker: () => Promise<WorkerProcess>;
  /** Milliseconds that the first call of each path takes. */
  const hangMs: Record<string, number> = { '/during': 2500, '/during-once': 2500 };

  beforeAll(async () => {
    provider = await startProvider((request, response) => {
      const calls = provider.requests.filter((each) => each.url === request.url).length;
      setTimeout(() => sendJson(response, 200, { ok: true }), calls === 1 ? (hangMs[request.url] ?? 0) : 0);
    });
    const servers = inject('servers');
    const taskQueue = `killed-${randomUUID()}`;
    const env = {
      INTERLOCK_TASK_QUEUE: taskQueue,
      INTERLOCK_AUTH_SECRET: testAuthSecret,
      INTERLOCK_VAULT_KEYS: JSON.stringify({
        keys: [{ id: 'test', key: randomBytes(32).toString('base64') }],
      }),
    };
    api = await startTestApi({ worker: false, env });
    acme = await api.tenant({ privateHosts: [provider.host] });
    worker = async () => {
      const started = await startWorkerProcess({
        ...env,
        DATABASE_URL: servers.databaseUrl,
        TEMPORAL_ADDRESS: servers.temporalAddress,
        INTERLOCK_PUBLIC_URL: 'http://interlock.test',
      });
      workers.push(started);
      return started;
    };
    for (const [name, idempotent] of [
      ['during', true],
      ['during_once', false],
      ['at_once', false],
    ] as const) {
      await acme.as.tool_admin('POST', '/api/tools', {
        name,
        type: 'http',
        idempotent,
        timeoutMs: 5000,
        config: { method: 'POST', url: `${provider.url}/${name.replace('_', '-')}` },
      });
      await publishPlaybook(acme.as.tool_admin, {
        name: `calls_${name}`,
        steps: [
          { id: 'call', type: 'call_tool', title: 'Call', tool: name },
          { id: 'after', type: 'manual', title: 'After' },
        ],
      });
    }
  });
  afterAll(async () => {
    for (const each of workers) each.kill('SIGKILL');
    await api?.close();
    await provider?.close();
  });

  const calls = (path: string) => provider.requests.filter((request) => request.url === path);

  async function killAll(): Promise<void> {
    for (const each of workers.splice(0)) {
      each.kill('SIGKILL');
      await each.exited;
    }
  }

  async function completeAndKill(playbookId: string, when: () => Promise<unknown>): Promise<string> {
    await killAll();
    await worker();
    const runId = await startRun(acme.as.operator, playbookId);
    await stepWhen(acme.as.operator, runId, 'call', 'waiting');
    const { status } = await complete(acme.as.operator, runId, 'call', { requestId: 'once' });
    expect(status).toBe(200);
    await when();
    await killAll();
    await worker();
    return runId;
  }
  const settled = (runId: string) =>
    runWhen(
      acme.as.operator,
      runId,
      (run) => run.steps[0].status === 'outcome_unknown' || run.steps[1].status === 'waiting',
      takeoverMs,
    );

  test('when the worker is killed during the call of an idempotent tool, the call is retried with the same key, and the run continues', async () => {
    const runId = await completeAndKill('calls_during', () =>
      eventually(() => calls('/during').length === 1),
    );
    const run = await settled(runId);
    expect(run.steps[0]).toMatchObject({ status: 'completed', executionIds: [expect.any(String)] });
    const [executionId] = run.steps[0].executionIds;
    const keys = calls('/during').map((call) => call.headers['idempotency-key']);
    expect(keys).toEqual([executionId, executionId]);
    await complete(acme.as.operator, runId, 'after');
    await runWhen(acme.as.operator, runId, (each) => each.status === 'completed', takeoverMs);
  }, 90_000);

  test('when the worker is killed during a call that is not safe to retry, a person settles its outcome', async () => {
    const runId = await completeAndKill('calls_during_once', () =>
      eventually(() => calls('/during-once').length === 1),
    );
    const run = await settled(runId);
    expect(run.steps[0]).toMatchObject({ status: 'outcome_unknown', failure: { code: 'outcome_unknown' } });
    const settlement = await complete(acme.as.operator, runId, 'call', {
      outcome: 'happened',
      reason: 'seen in the ledger',
    });
    expect(settlement.status).toBe(200);
    await stepWhen(acme.as.operator, runId, 'after', 'waiting');
    expect(calls('/during-once')).toHaveLength(1);
  }, 90_000);

  test('when the worker is killed right after a completion or a response, there is at most one call, and no one completes the step twice', async () => {
    const before = calls('/at-once').length;
    const runId = await completeAndKill('calls_at_once', async () => {});
    const run = await settled(runId);
    const made = calls('/at-once').length - before;
    expect(made).toBeLessThanOrEqual(1);
    if (run.steps[0].status === 'completed') expect(made).toBe(1);
    expect(run.steps[0].executionIds).toHaveLength(1);

    const second = await completeAndKill('calls_at_once', () =>
      eventually(() => calls('/at-once').length === before + made + 1),
    );
    await settled(second);
    expect(calls('/at-once')).toHaveLength(before + made + 1);
    // The same request gets the same response from any worker.
    expect((await complete(acme.as.operator, second, 'call', { requestId: 'once' })).status).toBe(200);
  }, 120_000);

  test('when the worker is killed while a step waits, a new worker completes the step', async () => {
    const runId = await startRun(acme.as.operator, 'calls_during');
    await stepWhen(acme.as.operator, runId, 'call', 'waiting');
    await killAll();
    await worker();
    const completed = await eventually(
      async () => {
        const response = await complete(acme.as.operator, runId, 'call', { requestId: 'again' });
        if (response.status !== 200) throw new Error(JSON.stringify(response.body));
        return response;
      },
      { timeoutMs: takeoverMs },
    );
    expect(completed.status).toBe(200);
    await stepWhen(acme.as.operator, runId, 'after', 'waiting');
  }, 90_000);
});
