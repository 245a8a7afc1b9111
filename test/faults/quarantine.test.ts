import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { eventually } from '../support/eventually.ts';
import { createOwnDatabase } from '../support/own-database.ts';
import { complete, publishPlaybook, runWhen, startRun, stepWhen } from '../support/playbook-runs.ts';
import { type ProviderServer, sendJson, startProvider } from '../support/provider-server.ts';
import { startTestApi, type TestApi, type TestTenant, testAuthSecret } from '../support/test-api.ts';
import '../support/toys/killer/register.ts';
import { startWorkerProcess, type WorkerProcess } from '../support/worker-process.ts';

/** Temporal gives the task of a lost worker to another one after ten seconds. */
const takeoverMs = 60_000;

describe('work that ends its worker process', () => {
  const dir = mkdtempSync(join(tmpdir(), 'interlock-killer-'));
  let api: TestApi;
  /** Of its own, because what its vault seals no other process opens. */
  let databaseUrl: string;
  let acme: TestTenant;
  let globex: TestTenant;
  let globexTool: string;
  let provider: ProviderServer;
  const keyRing = JSON.stringify({ keys: [{ id: 'test', key: randomBytes(32).toString('base64') }] });

  beforeAll(async () => {
    const env = { INTERLOCK_AUTH_SECRET: testAuthSecret, INTERLOCK_VAULT_KEYS: keyRing };
    ({ databaseUrl } = await createOwnDatabase());
    api = await startTestApi({ worker: false, databaseUrl, env });
    // Slower than a worker lives beside the killer.
    provider = await startProvider((_request, response) => {
      setTimeout(() => sendJson(response, 200, { ok: true }), 5000);
    });
    [acme, globex] = [await api.tenant(), await api.tenant({ privateHosts: [provider.host] })];
    globexTool = await tool(globex, { name: 'works', type: 'dummy', config: { response: { ok: true } } });
  });
  afterAll(async () => {
    await api?.close();
    await provider?.close();
    rmSync(dir, { recursive: true, force: true });
  });

  async function tool(tenant: TestTenant, definition: Record<string, unknown>): Promise<string> {
    const { status, body } = await tenant.as.tool_admin('POST', '/api/tools', definition);
    expect([status, body.error]).toEqual([201, undefined]);
    return body.id;
  }

  /** While the returned file exists, the work that is made with it kills its process. */
  function killingFile(): string {
    const file = join(dir, randomUUID());
    writeFileSync(file, '');
    return file;
  }

  /** A worker is started whenever one has died, until `until` resolves. @returns how many died */
  async function workersUntil(until: () => Promise<unknown>): Promise<number> {
    const servers = inject('servers');
    let [died, over] = [0, false];
    let current: WorkerProcess | null = null;
    const supervised = (async () => {
      while (!over) {
        current = await startWorkerProcess({
          INTERLOCK_TASK_QUEUE: api.taskQueue,
          INTERLOCK_AUTH_SECRET: testAuthSecret,
          INTERLOCK_VAULT_KEYS: keyRing,
          DATABASE_URL: databaseUrl,
          TEMPORAL_ADDRESS: servers.temporalAddress,
          INTERLOCK_PUBLIC_URL: 'http://interlock.test',
          NODE_OPTIONS: `--import=${join(import.meta.dirname, '../support/toys/killer/register.ts')}`,
        });
        await current.exited;
        if (!over) died += 1;
      }
    })();
    try {
      await until();
    } finally {
      over = true;
      (current as WorkerProcess | null)?.kill('SIGKILL');
      await supervised;
    }
    return died;
  }

  const works = () =>
    eventually(
      async () => (await globex.as.operator('POST', `/api/tools/${globexTool}/execute`, {})).status === 200,
      { timeoutMs: takeoverMs },
    );

  test('an execution that has killed two workers is quarantined, others go on, and its release tries once more', async () => {
    const whileFile = killingFile();
    const slow = await tool(globex, {
      name: 'slow',
      type: 'http',
      timeoutMs: 10_000,
      config: { method: 'GET', url: provider.url },
    });
    const beside = await Promise.all(
      Array.from({ length: 4 }, () =>
        globex.as.operator('POST', `/api/tools/${slow}/execute`, {}, { prefer: 'respond-async' }),
      ),
    );
    const killer = await tool(acme, { name: 'killer', type: 'toy_killer', config: { whileFile } });
    const { body: started } = await acme.as.operator(
      'POST',
      `/api/tools/${killer}/execute`,
      {},
      { prefer: 'respond-async' },
    );
    const read = async (id: string) => (await acme.as.operator('GET', `/api/tools/executions/${id}`)).body;
    const quarantined = (id: string) =>
      eventually(async () => (await read(id)).quarantined !== null, { timeoutMs: takeoverMs });
    const release = (id: string) =>
      acme.as.operator('POST', `/api/tools/executions/${id}/release`, {}, { prefer: 'respond-async' });

    const died = await workersUntil(async () => {
      await quarantined(started.id);
      await works();
      // Those that were in progress in both lost workers are not to blame.
      for (const { body } of beside)
        await eventually(
          async () => {
            const { body: now } = await globex.as.operator('GET', `/api/tools/executions/${body.id}`);
            expect(now.quarantined).toBeNull();
            return now.status === 'succeeded';
          },
          { timeoutMs: takeoverMs },
        );
    });
    expect(died).toBe(2);
    const execution = await read(started.id);
    expect(execution).toMatchObject({
      status: 'failed',
      failure: { code: 'internal', retryable: true, message: expect.stringContaining('quarantined') },
      attempts: [{ status: 'unknown' }, { status: 'unknown' }],
    });

    // The release is one more execution, which is quarantined when it kills its first worker.
    const { status, body: second } = await release(started.id);
    expect([status, second.rerunOf]).toEqual([202, started.id]);
    expect((await read(started.id)).quarantined).toBeNull();
    expect((await release(started.id)).status).toBe(409);
    expect(await workersUntil(() => quarantined(second.id))).toBe(1);

    rmSync(whileFile);
    const { body: third } = await release(second.id);
    await workersUntil(() =>
      eventually(async () => (await read(third.id)).status === 'succeeded', { timeoutMs: takeoverMs }),
    );
    const { body: events } = await acme.as.operator('GET', `/api/events?subjectId=${started.id}&limit=50`);
    const types = events.items.map(({ type }: { type: string }) => type);
    expect(types.filter((type: string) => /Quarantined|Released/.test(type)).toSorted()).toEqual([
      'ToolExecutionQuarantined',
      'ToolExecutionReleased',
    ]);
  }, 600_000);

  test('a run that has killed two workers is quarantined, others go on, and its release tries once more', async () => {
    const whileFile = killingFile();
    const playbook = await publishPlaybook(acme.as.tool_admin, {
      name: 'kills',
      steps: [
        { id: 'kill', type: 'toy_killer', title: 'Kill', whileFile },
        { id: 'after', type: 'manual', title: 'After' },
      ],
    });
    const runId = await startRun(acme.as.operator, playbook);
    const quarantined = () => runWhen(acme.as.operator, runId, (run) => run.quarantined !== null, takeoverMs);
    const release = () => acme.as.operator('POST', `/api/playbook-runs/${runId}/release`, {});

    const died = await workersUntil(async () => {
      const run = await quarantined();
      expect(run.paused.reason).toContain('quarantined');
      await works();
      expect((await acme.as.operator('POST', `/api/playbook-runs/${runId}/resume`, {})).status).toBe(409);
      expect((await acme.as.viewer('POST', `/api/playbook-runs/${runId}/release`, {})).status).toBe(403);
      expect((await release()).status).toBe(200);
      // It kills one more worker, and is quarantined at once.
      await runWhen(acme.as.operator, runId, (each) => each.quarantined === null);
      await quarantined();
      rmSync(whileFile);
      expect(await release()).toMatchObject({ status: 200, body: { quarantined: null, paused: null } });
      await stepWhen(acme.as.operator, runId, 'kill', 'waiting');
      expect((await complete(acme.as.operator, runId, 'kill')).status).toBe(200);
      await stepWhen(acme.as.operator, runId, 'after', 'waiting');
      expect((await release()).status).toBe(409);
    });
    expect(died).toBe(3);
    const { body: events } = await acme.as.operator('GET', `/api/events?subjectId=${runId}&limit=50`);
    const types = events.items.map(({ type }: { type: string }) => type);
    expect(types.filter((type: string) => /Quarantined|Released/.test(type))).toHaveLength(4);
  }, 600_000);
});
