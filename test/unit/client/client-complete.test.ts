import { describe, expect, test } from 'vitest';
import { openApiDocument } from '../../../api/rest/open-api.ts';
import { downloads, routes } from '../../../shared/client/api-types.ts';
import { createInterlockClient } from '../../../shared/client/interlock-client.ts';

/** Operations of other programs than the client's: probes, and senders of webhooks. */
const notOurs = new Set(['healthz', 'readyz', 'metrics', 'inboundWebhooks_receive']);
/** What is no procedure, by what calls or follows it. */
const others: Record<string, string> = {
  graphql: 'graphql',
  events_stream: 'events.subscribe',
  executions_chunks_stream: 'executions.follow',
};

interface Operation {
  operationId?: string;
}
const { paths } = openApiDocument('https://interlock.example') as unknown as {
  paths: Record<string, Record<string, Operation>>;
};
const operations = Object.entries(paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, { operationId }]) => ({ method, path, operationId })),
);
const nameOf: Record<string, string> = {
  ...Object.fromEntries(Object.keys(routes).map((name) => [name.replace('.', '_'), name])),
  ...Object.fromEntries(Object.entries(downloads).map(([name, { operation }]) => [operation, name])),
  ...others,
};

describe('the client', () => {
  const client = createInterlockClient({ url: 'https://interlock.example', apiKey: 'ilk_x' });
  const at = (name: string): unknown => {
    const [router, call] = name.split('.') as [string, string?];
    const all = client as unknown as Record<string, Record<string, unknown>>;
    return call ? all[router]?.[call] : all[router];
  };

  test.each(operations.filter(({ operationId }) => !notOurs.has(operationId ?? '')))(
    'has the operation $method $path',
    ({ operationId }) => {
      expect(operationId).toBeDefined();
      expect(at(nameOf[operationId!] ?? '')).toBeTypeOf('function');
    },
  );

  test('waits for what takes long', () => {
    for (const name of ['executions.wait', 'batches.wait']) expect(at(name)).toBeTypeOf('function');
  });
});
