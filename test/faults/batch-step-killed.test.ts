import { randomBytes, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { eventually } from '../support/eventually.ts';
import { createOwnDatabase } from '../support/own-database.ts';
import { complete, publishPlaybook, runWhen, startRun, stepWhen } from '../support/playbook-runs.ts';
import { type ProviderServer, sendJson, startProvider } from '../support/provider-server.ts';
import { startTestApi, type TestApi, type TestTenant, testAuthSecret } from '../support/test-api.ts';
import { startWorkerProcess, type WorkerProcess } from '../support/worker-process.ts';

const takeoverMs = 90_000;
const names = ['one', 'two', 'three', 'four'];

describe('the worker of a step with many calls is killed', () => {
  let api: TestApi;
  let acme: TestTenant;
  let provider: ProviderServer;
  let playbook: string;
  let worker: WorkerProcess | null = null;
  let start: () => Promise<void>;

  beforeAll(async () => {
    provider = await startProvider((_request, response) => sendJson(response, 200, {}));
    const servers = inject('servers');
    const taskQueue = `batch-step-${randomUUID()}`;
    const env = {
      INTERLOCK_TASK_QUEUE: taskQueue,
      INTERLOCK_AUTH_SECRET: testAuthSecret,
    };
    const key = { id: 'test', key: randomBytes(32).toString('base64') };
    const vaultKeys = JSON.stringify({ keys: [key] });
    // Of its own, because what its vault seals no other process opens.
    const { databaseUrl } = await createOwnDatabase();
    api = await startTestApi({ worker: false, env, vaultKeys, databaseUrl });
    acme = await api.tenant({ privateHosts: [provider.host] });
    start = async () => {
      worker = await startWorkerProcess({
        ...env,
        INTERLOCK_VAULT_KEYS: vaultKeys,
        DATABASE_URL: databaseUrl,
        TEMPORAL_ADDRESS: servers.temporalAddress,
        INTERLOCK_PUBLIC_URL: 'http://interlock.test',
      });
    };
    await acme.as.tool_admin('POST', '/api/tools', {
      name: 'act',
      type: 'http',
      idempotent: true,
      inputSchema: { type: 'object', properties: { text: { type: 'string' } } },
      config: { method: 'POST', url: provider.url },
    });
    const items = `\${{ ${JSON.stringify(names.map((text) => ({ text })))} }}`;
    playbook = await publishPlaybook(acme.as.tool_admin, {
      name: 'acts',
      steps: [
        { id: 'act', type: 'for_each', title: 'Act', tool: 'act', items, concurrency: 2 },
        { id: 'after', type: 'manual', title: 'After' },
      ],
    });
    await start();
  });
  afterAll(async () => {
    worker?.kill('SIGKILL');
    await api?.close();
    await provider?.close();
  });

  const count = async (text: string, runId: string) => {
    const [row] = await api.services.db.system((connection) =>
      connection.query<{ count: string }>({ text, values: [runId] }),
    );
    return Number(row!.count);
  };

  test.each([
    {
      when: 'before its completion is decided',
      seen: 'SELECT count(*) FROM step_completion WHERE run_id = $1',
    },
    {
      when: 'between its completion and the first call',
      seen: 'SELECT count(*) FROM batch WHERE playbook_run_id = $1',
    },
    {
      when: 'between the end of its batch and the end of the step',
      seen: 'SELECT count(*) FROM batch WHERE playbook_run_id = $1 AND ended_at IS NOT NULL',
    },
  ])(
    '$when: another worker goes on, with one batch and one execution for each item',
    async ({ seen }) => {
      const runId = await startRun(acme.as.operator, playbook);
      await stepWhen(acme.as.operator, runId, 'act', 'waiting');
      provider.requests.length = 0;
      const completing = complete(acme.as.operator, runId, 'act', { requestId: 'once' });
      await eventually(async () => (await count(seen, runId)) === 1, { timeoutMs: 30_000, everyMs: 1 });
      worker!.kill('SIGKILL');
      await worker!.exited;
      await start();
      await completing;
      // One that no worker has decided in time was withdrawn: the same request sends it again.
      await eventually(
        async () => (await complete(acme.as.operator, runId, 'act', { requestId: 'once' })).status === 200,
        { timeoutMs: takeoverMs, everyMs: 500 },
      );
      const run = await runWhen(
        acme.as.operator,
        runId,
        ({ steps }) => steps[1].status === 'waiting',
        takeoverMs,
      );
      expect(run.steps[0]).toMatchObject({ status: 'completed', output: { counts: { succeeded: 4 } } });
      expect(await count('SELECT count(*) FROM batch WHERE playbook_run_id = $1', runId)).toBe(1);
      // A call that was in progress is sent again with the same key: the provider acts once.
      const keys = provider.requests.map(
        ({ body, headers }) => `${JSON.parse(body).text} ${headers['idempotency-key']}`,
      );
      expect(new Set(keys).size).toBe(names.length);
    },
    240_000,
  );
});
