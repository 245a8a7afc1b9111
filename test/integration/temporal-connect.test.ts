import { expect, inject, test } from 'vitest';
import { freePort } from '../../dev/free-port.ts';
import { connectTemporalWithRetry } from '../../shared/platform/server/temporal/connect.ts';
import { eventually } from '../support/eventually.ts';
import { createTcpGate } from '../support/tcp-gate.ts';

test('a process that starts before Temporal connects as soon as it is reachable, and stops when it is asked to', async () => {
  const [host, port] = inject('servers').temporalAddress.split(':');
  const gatePort = await freePort('Temporal', 0);
  const gate = createTcpGate(gatePort, { host: host!, port: Number(port) });
  process.env.TEMPORAL_ADDRESS = `127.0.0.1:${gatePort}`;
  const logged: string[] = [];
  const stop = new AbortController();
  const stopped = connectTemporalWithRetry((line) => logged.push(line), stop.signal).catch(
    (error: unknown) => error,
  );
  await eventually(() => logged.length > 0);
  expect(logged[0]).toMatch(/not reachable yet/);
  stop.abort();
  expect(await stopped).toMatchObject({ name: 'AbortError' });

  const connecting = connectTemporalWithRetry((line) => logged.push(line), new AbortController().signal);
  await gate.open();
  const { native, namespace } = await connecting;
  try {
    expect(namespace).toBe('default');
    await native.workflowService.getSystemInfo({});
  } finally {
    await native.close();
    await gate.shut();
  }
});
