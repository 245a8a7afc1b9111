import { Client } from '@temporalio/client';
import { v7 as uuidv7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Composition, compose, createFoundation, type Foundation } from '../../api/compose.ts';
import type { ExecuteToolArgs } from '../../shared/executions/execution-contract.ts';
import type { Identity } from '../../shared/identity/roles.ts';
import { readEnvironment } from '../../shared/platform/server/environment.ts';
import { createLogger } from '../../shared/platform/server/logger.ts';
import { createTool } from '../../shared/tools/server/write-tool.ts';
import { connectTestTemporal } from '../support/connect-test-temporal.ts';
import { eventually } from '../support/eventually.ts';
import { stackEnvironment } from '../support/execution-stack.ts';
import { createOwnDatabase } from '../support/own-database.ts';

const tenant = (slug: string): Identity => ({
  tenantId: uuidv7(),
  tenantSlug: slug,
  tenantName: slug,
  actor: { type: 'user', id: 'ana', name: 'Ana' },
  roles: ['tenant_admin'],
  person: 'ana@acme.test',
});

describe('workflows of one tenant start slowly', () => {
  const [acme, globex] = [tenant('acme'), tenant('globex')];
  /** Tenants whose starts never return. */
  const stuck = new Set([acme.tenantId]);
  let foundation: Foundation;
  let composition: Composition;

  beforeAll(async () => {
    const { databaseUrl } = await createOwnDatabase();
    const env = stackEnvironment({ databaseUrl });
    foundation = await createFoundation(readEnvironment(env), createLogger('silent'), { keys: { env } });
    const connected = await connectTestTemporal(env.TEMPORAL_ADDRESS!);
    const client = new Client({
      connection: connected.native,
      namespace: connected.namespace,
      interceptors: {
        workflow: [
          {
            async start(input, next) {
              const [{ tenantId }] = input.options.args as [ExecuteToolArgs];
              return stuck.has(tenantId) ? new Promise<never>(() => {}) : next(input);
            },
          },
        ],
      },
    });
    composition = compose(foundation, { ...connected, client });
    await composition.startWorker({ drainMs: 500, reconcile: true });
  });
  afterAll(async () => {
    await composition?.stop();
    await foundation?.db.close();
  });

  let made = 0;

  async function toolOf(identity: Identity): Promise<string> {
    const context = { services: composition.services, identity, requestId: 'test' };
    return createTool(context, {
      name: `works_${++made}`,
      type: 'dummy',
      // A long call waits for its workflow; the first attempt of a short one does not.
      timeoutMs: 20_000,
      config: { response: { ok: true } },
    });
  }
  const execute = (identity: Identity, toolId: string, waitMs = 3_000) =>
    composition.services.executor.execute({
      identity,
      toolId,
      payload: {},
      waitMs,
      requestId: 'test',
    });

  test('the requests of other tenants are started and get their outcome', async () => {
    const [slow, fast] = [await toolOf(acme), await toolOf(globex)];
    const stuckRequest = execute(acme, slow);
    expect((await execute(globex, fast, 10_000)).status).toBe('succeeded');
    expect((await stuckRequest).status).toBe('requested');
    expect((await execute(globex, fast, 10_000)).status).toBe('succeeded');
  });

  test('the reconciler starts what other tenants have written', async () => {
    const [slow, fast] = [await toolOf(acme), await toolOf(globex)];
    await Promise.all(Array.from({ length: 20 }, () => execute(acme, slow)));
    stuck.add(globex.tenantId);
    const { id, status } = await execute(globex, fast);
    expect(status).toBe('requested');
    stuck.delete(globex.tenantId);
    const { executor } = composition.services;
    await eventually(async () => (await executor.get(globex, id)).status === 'succeeded', {
      timeoutMs: 40_000,
      everyMs: 100,
    });
    const { items } = await executor.list(acme, { limit: 100, status: 'requested' });
    expect(items.length).toBeGreaterThanOrEqual(20);
  }, 60_000);
});
