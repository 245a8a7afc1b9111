import { expect, test } from 'vitest';
import { readersBehind } from '../../shared/events/server/log-readers.ts';
import { startExecutionStack } from '../support/execution-stack.ts';
import { createOwnDatabase } from '../support/own-database.ts';

test('a reader of the event log that has stopped is not behind it', async () => {
  const { databaseUrl } = await createOwnDatabase();
  const stack = await startExecutionStack({ databaseUrl, reconcile: true });
  expect(readersBehind(-1)).toEqual(expect.arrayContaining(['search', 'webhooks', 'audit']));
  await stack.close();
  expect(readersBehind(-1)).toEqual([]);
});
