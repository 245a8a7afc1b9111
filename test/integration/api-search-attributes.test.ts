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
