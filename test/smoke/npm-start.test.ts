import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { eventually } from '../support/eventually.ts';
import { freshFolder, type Product, processesOf, removeFolder, startProduct } from '../support/product.ts';

describe('npm start in a fresh folder', () => {
  let dir: string;
  let product: Product;

  beforeAll(async () => {
    dir = await freshFolder();
    product = await startProduct(dir);
  });
  afterAll(async () => {
    await product?.stop('SIGTERM');
    removeFolder(dir);
  });

  const call = async (
    path: string,
    init: { method?: string; body?: unknown; tenant?: string; headers?: Record<string, string> } = {},
  ) => {
    const response = await fetch(product.dev.apiUrl + path, {
      method: init.method ?? 'GET',
      headers: {
        authorization: `Bearer ${product.dev.apiKeys[init.tenant ?? 'acme']}`,
        ...(init.body === undefined ? {} : { 'content-type': 'application/json' }),
        ...init.headers,
      },
      ...(init.body === undefined ? {} : { body: JSON.stringify(init.body) }),
    });
    return { status: response.status, body: await response.json() };
  };
  const toolNamed = async (name: string) => {
    const { body } = await call(`/api/tools?q=${name}&limit=200`);
    return body.items.find((tool: { name: string }) => tool.name === name);
  };

  test('`npm start` prints every URL, and writes a dev.json that only its owner can read', async () => {
    expect(product.output()).toContain(product.dev.webUrl);
    expect(product.output()).toContain(product.dev.temporalUiUrl);
    expect(statSync(join(dir, '.interlock', 'dev.json')).mode & 0o777).toBe(0o600);
    expect(product.dev.users.length).toBeGreaterThan(5);
    for (const url of [product.dev.webUrl, product.dev.temporalUiUrl, `${product.dev.apiUrl}/readyz`]) {
      expect((await fetch(url)).status, url).toBe(200);
    }
  });

  test('no one else may read what `npm start` stores, logs and databases included', () => {
    const root = join(dir, '.interlock');
    const entries = readdirSync(root, { recursive: true, encoding: 'utf8' });
    for (const name of [
      'dev.json',
      'vault-keys.json',
      'secrets.json',
      'logs/interlock.log',
      'temporal/temporal.db',
    ])
      expect(entries).toContain(name);
    const open = entries.filter((name) => statSync(join(root, name)).mode & 0o077);
    expect(open).toEqual([]);
    // Another user, as whom PostgreSQL runs, may pass through, but sees no names.
    expect(statSync(root).mode & 0o066).toBe(0);
  });

  test('REST and Temporal show the same result of the refund tool', async () => {
    const tool = await toolNamed('refund_payment');
    const { body: payments } = await call(`/api/tools/${(await toolNamed('list_payments')).id}/execute`, {
      method: 'POST',
      body: { payload: {} },
    });
    expect(payments.status).toBe('succeeded');
    const list = JSON.stringify(payments.output);
    const paymentId = /pay_[a-z0-9]+/.exec(list)![0];
    const response = await call(`/api/tools/${tool.id}/execute`, {
      method: 'POST',
      body: { payload: { paymentId, amount: 0.01 } },
    });
    // Some payments cannot be refunded. Then the execution fails with the response of the service.
    expect([200, 502]).toContain(response.status);
    const execution = (await call(`/api/tools/executions/${response.body.id}`)).body;
    expect(execution.status).toBe(response.body.status);
    const wanted = execution.status === 'succeeded' ? 'COMPLETED' : 'FAILED';
    await eventually(async () => {
      const found = await fetch(
        `${product.dev.temporalHttpUrl}/api/v1/namespaces/default/workflows/${execution.workflowId}`,
      );
      const { workflowExecutionInfo } = (await found.json()) as {
        workflowExecutionInfo?: { status: string };
      };
      expect(workflowExecutionInfo?.status).toBe(`WORKFLOW_EXECUTION_STATUS_${wanted}`);
      return true;
    });
  });

  test('no tenant may list a server of the stack, and the tools of Temporal read through the demo services', async () => {
    const { apiUrl, temporalUiUrl, temporalHttpUrl, temporalAddress, databaseUrl } = product.dev;
    const urls = [apiUrl, temporalUiUrl, temporalHttpUrl, databaseUrl].map((url) => new URL(url).host);
    const privateHosts = [...urls, temporalAddress];
    const { status, body } = await call('/api/settings/egress', { method: 'PUT', body: { privateHosts } });
    expect(status).toBe(422);
    expect(body.error.issues.map((issue: { keyword: string }) => issue.keyword)).toEqual(
      privateHosts.map(() => 'reserved'),
    );
    for (const name of ['temporal_cluster_info', 'temporal_namespace']) {
      const { id } = await toolNamed(name);
      const executed = await call(`/api/tools/${id}/execute`, { method: 'POST', body: { payload: {} } });
      expect([executed.status, executed.body.status], name).toEqual([200, 'succeeded']);
    }
  });

  test('the example engine handles a whole case, as docs/engines.md says', async () => {
    const engine = spawnSync(process.execPath, ['dev/example-engine.ts'], {
      cwd: dir,
      encoding: 'utf8',
      timeout: 60_000,
    });
    expect(engine.stdout + engine.stderr).toMatch(/StepCompleted by .* decide\n(.|\n)*EX-\d+ is resolved\n$/);
    const { body: found } = await call('/api/exceptions?q=Card%20payment%20failed%20twice');
    const { body: runs } = await call(`/api/playbook-runs?exceptionId=${found.items[0].id}`);
    const { body: run } = await call(`/api/playbook-runs/${runs.items[0].id}`);
    const step = (id: string) => run.steps.find((each: { id: string }) => each.id === id);
    expect([run.status, step('decide').outcome, step('refund').status]).toEqual([
      'completed',
      'refund',
      'completed',
    ]);
  });

  test('both tenants have executions, some of them failed', async () => {
    for (const tenant of ['acme', 'globex']) {
      const { body } = await call('/api/tools/executions?limit=200', { tenant });
      expect(body.items.length, tenant).toBeGreaterThan(5);
      expect(body.items.some((each: { status: string }) => each.status === 'failed')).toBe(true);
    }
  });

  test('both tenants have exceptions, runs and waiting steps in every state', async () => {
    expect(readFileSync(join(dir, '.interlock/logs/demo-data.log'), 'utf8')).not.toMatch(
      /The case \S+ failed/,
    );
    const all = [];
    for (const tenant of ['acme', 'globex']) {
      const exceptions = (await call('/api/exceptions?limit=100', { tenant })).body.items;
      const runs = (await call('/api/playbook-runs?limit=100', { tenant })).body.items;
      expect(new Set(exceptions.map((each: { status: string }) => each.status)), tenant).toEqual(
        new Set(['open', 'in_progress', 'resolved']),
      );
      expect(new Set(runs.map((each: { status: string }) => each.status))).toContain('completed');
      const { body: inbox } = await call('/api/inbox?scope=all&limit=100', { tenant });
      expect(inbox.items.length, tenant).toBeGreaterThan(2);
      all.push(...inbox.items);
    }
    const steps = all.map(({ step }) => step);
    expect(new Set(steps.map(({ waitingOn }) => waitingOn)).size).toBeGreaterThan(2);
    expect(steps.some((step) => step.status === 'outcome_unknown')).toBe(true);
    expect(steps.some((step) => step.status === 'waiting' && step.failure)).toBe(true);
    expect(steps.some((step) => step.approvals?.given.length === 1 && step.approvals.required === 2)).toBe(
      true,
    );
    expect(all.some(({ run }) => run.paused)).toBe(true);
  });

  test('the demo shows a label that was undone, and a batch that undid what it had done', {
    timeout: 180_000,
  }, async () => {
    const globex = { tenant: 'globex' };
    await eventually(
      async () => {
        const { body } = await call('/api/batches?q=Labels', globex);
        const batch = await call(`/api/batches/${body.items[0]?.id}`, globex);
        expect(batch.body).toMatchObject({
          status: 'failed',
          undo: [{ status: 'succeeded', items: [{ status: 'undone' }, { status: 'undone' }] }],
        });
        return true;
      },
      { timeoutMs: 150_000, everyMs: 1000 },
    );
    const { body } = await call('/api/tools/executions?q=void_label&limit=50', globex);
    const { body: undo } = await call(`/api/tools/executions/${body.items.at(-1).id}`, globex);
    const { body: undone } = await call(`/api/tools/executions/${undo.undoOf}`, globex);
    expect(undone).toMatchObject({
      toolName: 'create_label',
      undoneBy: { id: undo.id, status: 'succeeded' },
    });
  });

  test('a second `npm start` says that it is already running, and exits', () => {
    const second = spawnSync('npm', ['start', '--silent'], { cwd: dir, encoding: 'utf8', timeout: 60_000 });
    expect(second.status).toBe(1);
    expect(second.stdout + second.stderr).toContain('already running');
  });

  test('Ctrl-C ends every child, and the next start has the same data', async () => {
    const before = await call('/api/tools/executions?limit=200');
    await product.stop('SIGINT');
    await eventually(() => {
      expect(processesOf(dir)).toEqual([]);
      return true;
    });
    product = await startProduct(dir);
    const after = await call('/api/tools/executions?limit=200');
    expect(after.body.items.map((each: { id: string }) => each.id)).toEqual(
      before.body.items.map((each: { id: string }) => each.id),
    );
    await product.stop('SIGTERM');
    await eventually(() => {
      expect(processesOf(dir)).toEqual([]);
      return true;
    });
  });
});
