import { Client } from '@temporalio/client';
import { NativeConnection } from '@temporalio/worker';
import { v7 as uuidv7 } from 'uuid';
import { expect, inject, test } from 'vitest';
import {
  registerSearchAttributes,
  searchAttributeFlags,
} from '../../shared/executions/server/register-search-attributes.ts';
import { installTemporalRuntime } from '../../shared/platform/server/temporal/runtime.ts';
import { eventually } from '../support/eventually.ts';
import { startTestApi } from '../support/test-api.ts';

/** The type of an attribute, on the wire. */
const keyword = 2;

test('missing search attributes are registered as soon as the namespace exists, and only once', async () => {
  installTemporalRuntime();
  const connection = await NativeConnection.connect({ address: inject('servers').temporalAddress });
  try {
    const namespace = `test-${uuidv7()}`;
    const lines: string[] = [];
    const register = () =>
      registerSearchAttributes(connection.operatorService, namespace, (line) => lines.push(line));
    const registered = register();
    await eventually(() => lines.some((line) => line.includes('is not ready')));
    await new Client({ connection }).workflowService.registerNamespace({
      namespace,
      workflowExecutionRetentionPeriod: { seconds: 86_400 as never },
    });
    await registered;
    const { customAttributes } = await connection.operatorService.listSearchAttributes({ namespace });
    expect(Object.keys(customAttributes)).toEqual(expect.arrayContaining(Object.keys(searchAttributeFlags)));
    expect(lines.at(-1)).toContain('Registered in Temporal');
    const logged = lines.length;
    await register();
    expect(lines).toHaveLength(logged);
  } finally {
    await connection.close();
  }
});

test('a process whose namespace has no room for the search attributes is not ready, because no workflow can start', async () => {
  const connection = await NativeConnection.connect({ address: inject('servers').temporalAddress });
  const namespace = `test-${uuidv7()}`;
  const { workflowService } = new Client({ connection });
  await workflowService.registerNamespace({
    namespace,
    workflowExecutionRetentionPeriod: { seconds: 86_400 as never },
  });
  const others = Object.fromEntries(Array.from({ length: 10 }, (_, index) => [`Other${index}`, keyword]));
  await eventually(() =>
    connection.operatorService.addSearchAttributes({ namespace, searchAttributes: others }),
  );
  const lines: string[] = [];
  const register = () =>
    registerSearchAttributes(connection.operatorService, namespace, (line) => lines.push(line));
  await register();
  expect(lines.at(-1)).toContain('These must exist: TenantId (Keyword)');
  const api = await startTestApi({ worker: false, namespace });
  try {
    const readyz = () => api.call(null)('GET', '/readyz');
    const refused = await readyz();
    expect([refused.status, refused.body]).toMatchObject([
      503,
      {
        status: 'not ready',
        parts: {
          database: { status: 'ok' },
          temporal: { status: 'unavailable', detail: expect.stringContaining('search attributes') },
        },
      },
    ]);
    await connection.operatorService.removeSearchAttributes({
      namespace,
      searchAttributes: Object.keys(others),
    });
    await eventually(async () => {
      await register();
      return (await readyz()).status === 200;
    });
  } finally {
    await api.close();
    await connection.close();
  }
});
