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
const lines: string[] = [];

beforeAll(async () => {
  const database = await createOwnDatabase();
  stack = await startExecutionStack({
    databaseUrl: database.databaseUrl,
    worker: false,
    onLog: (line) => void lines.push(line),
  });
  admin = await connectTo(database.adminUrl);
  process.on('unhandledRejection', onRejection);
});
afterAll(async () => {
  process.off('unhandledRejection', onRejection);
  await stack?.close();
  await admin?.end();
});

test('when tenant settings cannot be read, the attempt is made as soon as they can, and the process continues', async () => {
  const toolId = await stack.createTool({ name: 'echo', type: 'dummy' });
  const { id } = await stack.execute(toolId, {}, { waitMs: 0 });
  await admin.query('REVOKE SELECT ON tenant_setting FROM interlock_app');
  await stack.startWorker();
  await eventually(() => lines.some((line) => line.includes('permission denied for table tenant_setting')));
  await admin.query('GRANT SELECT ON tenant_setting TO interlock_app');
  const status = async () => (await stack.read(id)).status;
  await eventually(async () => (await status()) === 'succeeded', { timeoutMs: 20_000 });
  expect((await stack.read(id)).attempts).toHaveLength(1);
  expect(rejections).toEqual([]);
});
