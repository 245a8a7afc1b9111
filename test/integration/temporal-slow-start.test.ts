import { setTimeout as sleep } from 'node:timers/promises';
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
import { stackEnvironment } from '../support/execution-stack.ts';

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
  let foundation: Foundation;
  let composition: Composition;

  beforeAll(async () => {
    const env = stackEnvironment({});
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
              if (tenantId === acme.tenantId) await sleep(6000, undefined, { ref: false });
              return next(input);
            },
          },
        ],
      },
    });
    composition = compose(foundation, { ...connected, client });
    await composition.startWorker({ drainMs: 500, reconcile: false });
  });
  afterAll(async () => {
    await composition?.stop();
    await foundation?.db.close();
  });

  async function toolOf(identity: Identity): Promise<string> {
    const context = { services: composition.services, identity, requestId: 'test' };
    return createTool(context, { name: 'works', type: 'dummy', config: { response: { ok: true } } });
  }
  const execute = (identity: Identity, toolId: string) =>
    composition.services.executor.execute({
      identity,
      toolId,
      payload: {},
      waitMs: 10_000,
      requestId: 'test',
    });

  test('the requests of other tenants are started and get their outcome', async () => {
    const [slow, fast] = [await toolOf(acme), await toolOf(globex)];
    expect((await execute(acme, slow)).status).toBe('requested');
    expect((await execute(globex, fast)).status).toBe('succeeded');
    // Its own next request does not wait for another timeout.
    const at = performance.now();
    expect((await execute(acme, slow)).status).toBe('requested');
    expect(performance.now() - at).toBeLessThan(1000);
  });
});
