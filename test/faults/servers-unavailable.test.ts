import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '../../dev/embedded-postgres.ts';
import { freePort } from '../../dev/free-port.ts';
import { startTemporalServer, type TemporalServer } from '../../dev/temporal-server.ts';
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
      setTimeout(() => sendJson(response, 200, { ok: true }), delayMs);
    });
    await stack.allowHosts(provider.host);
    tools.act = await stack.createTool({
      name: 'act',
      type: 'http',
      config: { method: 'POST', url: provider.url },
    });
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

  test('without Temporal a call is accepted fast, and is made as soon as Temporal is back', async () => {
    await temporal.stop();
    provider.requests.length = 0;
    const at = performance.now();
    const accepted = await stack.execute(tools.act!, { n: 1 });
    expect(performance.now() - at).toBeLessThan(3500);
    expect(accepted.status).toBe('requested');
    const next = performance.now();
    const more = await stack.execute(tools.act!, { n: 2 });
    expect(performance.now() - next).toBeLessThan(3500);
    temporal = await startTemporal();
    await succeeded(accepted.id, 20_000);
    await succeeded(more.id, 20_000);
    expect(provider.requests).toHaveLength(2);
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
