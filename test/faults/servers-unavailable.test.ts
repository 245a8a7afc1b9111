import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '../../dev/embedded-postgres.ts';
import { freePort } from '../../dev/free-port.ts';
import { startTemporalServer, type TemporalServer } from '../../dev/temporal-server.ts';
import { owedStart } from '../../shared/executions/db/tables.ts';
import { isDatabaseUnavailable } from '../../shared/platform/db/database-errors.ts';
import { migrate } from '../../shared/platform/db/migrate.ts';
import { eventually } from '../support/eventually.ts';
import { type ExecutionStack, startExecutionStack } from '../support/execution-stack.ts';
import { type ProviderServer, sendJson, startProvider } from '../support/provider-server.ts';

describe('executions while PostgreSQL or Temporal is unavailable', () => {
  const dir = mkdtempSync(join(tmpdir(), 'interlock-faults-'));
  let postgres: EmbeddedPostgres;
  let temporal: TemporalServer;
  let startPostgres: () => Promise<EmbeddedPostgres>;
  let startTemporal: () => Promise<TemporalServer>;
  let stack: ExecutionStack;
  let provider: ProviderServer;
  let delayMs = 0;
  /** How many of the next requests fail. */
  let refuse = 0;
  /** Responses that the provider has sent. */
  let responded = 0;
  const tools: Record<string, string> = {};

  beforeAll(async () => {
    const port = (what: string) => freePort(what, 0);
    const pgPort = await port('PostgreSQL');
    const ports = { port: await port('Temporal'), uiPort: await port('Web'), httpPort: await port('HTTP') };
    startPostgres = () => startEmbeddedPostgres({ dataDir: join(dir, 'postgres'), port: pgPort });
    startTemporal = () =>
      startTemporalServer({
        cli: inject('servers').temporalCli,
        ...ports,
        dbFilename: join(dir, 'temporal.db'),
        logFile: join(dir, 'temporal.log'),
        searchAttributes: Object.fromEntries(
          ['TenantId', 'ToolId', 'ToolName', 'ExceptionId', 'PlaybookId', 'StepId'].map((name) => [
            name,
            'Keyword',
          ]),
        ),
      });
    [postgres, temporal] = await Promise.all([startPostgres(), startTemporal()]);
    const { appUrl } = await migrate(postgres.adminUrl);
    stack = await startExecutionStack({
      databaseUrl: appUrl,
      temporalAddress: temporal.address,
      reconcile: true,
    });
    provider = await startProvider((_request, response) => {
      response.on('finish', () => responded++);
      const status = refuse > 0 ? 503 : 200;
      refuse -= 1;
      setTimeout(() => sendJson(response, status, { ok: true }), delayMs);
    });
    await stack.allowHosts(provider.host);
    tools.act = await stack.createTool({
      name: 'act',
      type: 'http',
      config: { method: 'POST', url: provider.url },
    });
    const config = { method: 'GET' as const, url: provider.url };
    tools.read = await stack.createTool({ name: 'read', type: 'http', config });
    tools.long = await stack.createTool({ name: 'read_long', type: 'http', timeoutMs: 20_000, config });
  });
  afterAll(async () => {
    await stack?.close();
    await provider?.close();
    await Promise.all([postgres?.stop(), temporal?.stop()]);
    rmSync(dir, { recursive: true, force: true });
  });

  const succeeded = (id: string, timeoutMs: number) =>
    eventually(async () => (await stack.read(id)).status === 'succeeded', {
      timeoutMs,
      everyMs: 100,
    });

  const workflowStatus = async (workflowId: string) =>
    stack.temporal.client.workflow
      .getHandle(workflowId)
      .describe()
      .then(
        ({ status }) => status.name,
        () => 'MISSING',
      );

  test('without Temporal first attempts are made, retries and long calls wait, and every execution gets its workflow', async () => {
    await temporal.stop();
    provider.requests.length = 0;
    const at = performance.now();
    const made = await stack.execute(tools.act!, { n: 1 });
    expect(performance.now() - at).toBeLessThan(3500);
    expect(made).toMatchObject({ status: 'succeeded', attempts: [{ number: 1, status: 'succeeded' }] });
    refuse = 1;
    const failed = await stack.execute(tools.read!, {});
    expect(failed).toMatchObject({ status: 'running', attempts: [{ number: 1, status: 'failed' }] });
    const long = await stack.execute(tools.long!, {}, { waitMs: 5000 });
    expect(long).toMatchObject({ status: 'requested', attempts: [] });
    expect(provider.requests).toHaveLength(2);

    temporal = await startTemporal();
    await succeeded(failed.id, 30_000);
    await succeeded(long.id, 30_000);
    expect((await stack.read(failed.id)).attempts).toHaveLength(2);
    expect(provider.requests).toHaveLength(4);
    for (const { workflowId } of [made, failed, long])
      await eventually(async () => (await workflowStatus(workflowId)) === 'COMPLETED');
    await eventually(async () => {
      const owed = await stack.services.db.system(({ orm }) => orm.select().from(owedStart));
      return owed.length === 0;
    });
  });

  test('when PostgreSQL is killed during a call, the response is recorded as soon as it is back, and the call is not retried', async () => {
    delayMs = 1000;
    provider.requests.length = 0;
    responded = 0;
    const { id } = await stack.execute(tools.act!, { n: 3 }, { waitMs: 0 });
    await eventually(() => provider.requests.length === 1);
    process.kill(postgres.child.pid!, 'SIGKILL');
    await postgres.child.exited;
    // Its backends live a moment longer and still run statements.
    await eventually(() => {
      const ping = () =>
        stack.services.db.ping().then(
          () => false,
          () => true,
        );
      return Promise.all([ping(), ping(), ping()]).then((gone) => gone.every(Boolean));
    });
    const at = performance.now();
    await expect(stack.execute(tools.act!, { n: 4 }, { waitMs: 0 })).rejects.toSatisfy(isDatabaseUnavailable);
    expect(performance.now() - at).toBeLessThan(4000);
    // The response arrives while there is no database to record it in.
    await eventually(() => responded === 1);
    postgres = await startPostgres();
    await succeeded(id, 20_000);
    expect(provider.requests).toHaveLength(1);
    const { items } = await stack.executor.list(stack.identity, { limit: 1 });
    expect(items[0]!.id).toBe(id);
  });
});
