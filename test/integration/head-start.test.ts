import { isDeepStrictEqual } from 'node:util';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { owedStart } from '../../shared/executions/db/tables.ts';
import { countStatements } from '../support/count-statements.ts';
import { eventually } from '../support/eventually.ts';
import { type ExecutionStack, startExecutionStack } from '../support/execution-stack.ts';
import { type ProviderServer, sendJson, startProvider } from '../support/provider-server.ts';

describe('a first attempt that begins with its row, before its workflow', () => {
  let stack: ExecutionStack;
  let provider: ProviderServer;
  let status = 200;
  /** Holds responses back while it is set. */
  let held: Promise<void> | null = null;

  beforeAll(async () => {
    stack = await startExecutionStack();
    provider = await startProvider(async ({ url: path }, response) => {
      await held;
      sendJson(response, status, { path });
    });
    await stack.allowHosts(provider.host);
  });
  afterAll(async () => {
    await stack?.close();
    await provider?.close();
  });
  beforeEach(() => {
    provider.requests.length = 0;
    status = 200;
    held = null;
  });

  const define = (name: string, method: 'GET' | 'POST' = 'POST') =>
    stack.createTool({ name, type: 'http', config: { method, url: `${provider.url}/one` } });
  const history = async (workflowId: string) => {
    const handle = stack.temporal.client.workflow.getHandle(workflowId);
    await eventually(async () => {
      const description = await handle.describe().catch(() => null);
      return description !== null && description.status.name !== 'RUNNING';
    });
    return handle.fetchHistory();
  };
  const typesOf = ({ events }: Awaited<ReturnType<typeof history>>) =>
    (events ?? []).map(({ eventType }) => Number(eventType));
  /** Numbers of temporal.api.enums.v1.EventType: started, task scheduled, started, completed; then the end. */
  const firstTask = [1, 5, 6, 7];
  const [completed, failed, marker] = [2, 3, 25];

  test('takes two statements, and its workflow starts with the outcome and closes in its first task', async () => {
    const tool = await define('quick');
    await stack.execute(tool, {});
    const statements = await countStatements(stack.services.db, () => stack.execute(tool, {}));
    expect(statements).toBe(2);
    // On a busy machine a call may take as long as a workflow waits for its report.
    await eventually(async () => {
      const { workflowId } = await stack.execute(tool, {});
      return isDeepStrictEqual(typesOf(await history(workflowId)), [...firstTask, completed]);
    });
  });

  test('of many calls that follow each other: every workflow starts, and none is owed', async () => {
    const tool = await define('series');
    const ids: string[] = [];
    for (let call = 0; call < 40; call++) ids.push((await stack.execute(tool, {})).workflowId);
    for (const id of ids) expect(typesOf(await history(id)).at(-1)).toBe(completed);
    await eventually(async () => {
      const owed = await stack.services.db.system(({ orm }) => orm.select().from(owedStart));
      return owed.length === 0;
    });
  });

  test('that fails for good shows its reason in Temporal Web', async () => {
    status = 404;
    const { workflowId, failure } = await stack.execute(await define('missing'), {});
    const { events } = await history(workflowId);
    expect(events?.at(-1)?.eventType).toBe(failed);
    expect(events?.at(-1)?.workflowExecutionFailedEventAttributes?.failure?.message).toBe(failure?.message);
  });

  test('that is slow is seen in Temporal while it runs, and its workflow joins it', async () => {
    const release = Promise.withResolvers<void>();
    held = release.promise;
    const tool = await define('slow');
    const waiting = stack.execute(tool, {});
    await eventually(() => provider.requests.length === 1);
    const { items } = await stack.executor.list(stack.identity, { limit: 1, toolId: tool });
    const { id, workflowId } = items[0]!;
    const handle = stack.temporal.client.workflow.getHandle(workflowId);
    await eventually(async () => (await handle.describe().catch(() => null))?.status.name === 'RUNNING');
    release.resolve();
    expect(await waiting).toMatchObject({ id, status: 'succeeded' });
    expect(typesOf(await history(workflowId))).toEqual([...firstTask, marker, completed]);
    expect(provider.requests).toHaveLength(1);
  });

  test('is not made of a tool that another process has just disabled', async () => {
    const tool = await define('disabled');
    await stack.execute(tool, {});
    provider.requests.length = 0;
    await stack.services.db.tenant(stack.identity.tenantId, ({ orm, tenantId }) =>
      orm.execute(
        sql`INSERT INTO tool_policy (tenant_id, tool_id, enabled, updated_by_id) VALUES (${tenantId}, ${tool}, false, 'ana')`,
      ),
    );
    await expect(stack.execute(tool, {})).rejects.toMatchObject({ code: 'disabled' });
    expect(provider.requests).toHaveLength(0);
  });

  test('is made by the version that another process has just published, also when the old one refuses the payload', async () => {
    const tool = await stack.createTool({
      name: 'changed',
      type: 'http',
      inputSchema: { type: 'object', required: ['old'] },
      config: { method: 'POST', url: `${provider.url}/one` },
    });
    await stack.execute(tool, { old: 1 });
    await stack.services.db.tenantTransaction(stack.identity.tenantId, async ({ orm }) => {
      await orm.execute(sql`
        INSERT INTO tool_version (tool_id, tenant_id, version, format_version, definition, created_by_type, created_by_id, created_by_name)
        SELECT tool_id, tenant_id, 2, format_version,
          jsonb_set(jsonb_set(definition::jsonb, '{config,url}', to_jsonb(${`${provider.url}/two`}::text)), '{inputSchema,required}', '["new"]'),
          created_by_type, created_by_id, created_by_name
        FROM tool_version WHERE tool_id = ${tool}`);
      await orm.execute(sql`UPDATE tool SET current_version = 2 WHERE id = ${tool}`);
    });
    expect(await stack.execute(tool, { new: 1 })).toMatchObject({ toolVersion: 2, output: { path: '/two' } });
    await expect(stack.execute(tool, { old: 1 })).rejects.toMatchObject({ code: 'invalid_input' });
  });

  test('is stopped by a cancel, although there is no workflow to cancel yet', async () => {
    held = new Promise(() => {});
    const tool = await define('cancelled');
    const waiting = stack.execute(tool, {});
    await eventually(() => provider.requests.length === 1);
    const { items } = await stack.executor.list(stack.identity, { limit: 1, toolId: tool });
    const { id, workflowId } = items[0]!;
    await stack.executor.cancel({ identity: stack.identity, executionId: id, requestId: 'test' });
    expect(await waiting).toMatchObject({ id, status: 'failed' });
    expect(typesOf(await history(workflowId)).length).toBeGreaterThan(0);
    expect(provider.requests).toHaveLength(1);
  });

  test('owes nothing any more once its workflow has started', async () => {
    const tool = await define('recorded');
    const ids = await Promise.all(Array.from({ length: 5 }, async () => (await stack.execute(tool, {})).id));
    await eventually(async () => {
      const owed = await stack.services.db.system(({ orm }) => orm.select().from(owedStart));
      return !owed.some(({ execution_id }) => ids.includes(execution_id));
    });
  });
});

describe('while too many workflows could not be started', () => {
  let stack: ExecutionStack;
  let provider: ProviderServer;
  beforeAll(async () => {
    stack = await startExecutionStack({ environment: { INTERLOCK_OWED_STARTS: '0' } });
    provider = await startProvider((_request, response) => sendJson(response, 200, {}));
    await stack.allowHosts(provider.host);
  });
  afterAll(async () => {
    await stack?.close();
    await provider?.close();
  });

  test('a first attempt waits for its workflow', async () => {
    const tool = await stack.createTool({
      name: 'waits',
      type: 'http',
      config: { method: 'POST', url: provider.url },
    });
    const { id, status, workflowId } = await stack.execute(tool, {});
    expect(status).toBe('succeeded');
    const handle = stack.temporal.client.workflow.getHandle(workflowId);
    await handle.result();
    const { events } = await handle.fetchHistory();
    expect(events?.some(({ markerRecordedEventAttributes }) => markerRecordedEventAttributes)).toBe(true);
    expect((await stack.read(id)).attempts).toHaveLength(1);
  });
});
