import type pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { connectTo } from '../support/connect-admin.ts';
import { eventually } from '../support/eventually.ts';
import { type ExecutionStack, startExecutionStack } from '../support/execution-stack.ts';
import { createOwnDatabase } from '../support/own-database.ts';

let stack: ExecutionStack;
let admin: pg.Client;
const rejections: unknown[] = [];
const onRejection = (error: unknown) => rejections.push(error);

beforeAll(async () => {
  const database = await createOwnDatabase();
  stack = await startExecutionStack({ databaseUrl: database.databaseUrl, worker: false });
  admin = await connectTo(database.adminUrl);
  process.on('unhandledRejection', onRejection);
});
afterAll(async () => {
  process.off('unhandledRejection', onRejection);
  await stack?.close();
  await admin?.end();
});

test('when tenant settings cannot be read while the claim waits, the attempt fails and the process continues', async () => {
  const toolId = await stack.createTool({ name: 'echo', type: 'dummy' });
  const { id } = await stack.execute(toolId, {}, { waitMs: 0 });
  await admin.query('REVOKE SELECT ON tenant_setting FROM interlock_app');
  await admin.query('BEGIN');
  await admin.query('SELECT FROM tool_execution WHERE id = $1 FOR UPDATE', [id]);
  await stack.startWorker();
  await eventually(async () => {
    const { rows } = await admin.query(
      'SELECT FROM pg_locks WHERE NOT granted AND transactionid = pg_current_xact_id()::xid',
    );
    return rows.length > 0;
  });
  await admin.query('COMMIT');
  await admin.query('GRANT SELECT ON tenant_setting TO interlock_app');
  const status = async () => (await stack.read(id)).status;
  await eventually(async () => (await status()) === 'succeeded', { timeoutMs: 20_000 });
  expect(rejections).toEqual([]);
});
