import { z } from 'zod';
import { authHeaders } from '../../auth/registry.ts';
import { checkFixedHeaders } from '../../http/headers.ts';
import { checkBaseUrl, hostPortOf } from '../../http/url.ts';
import { connectorFields } from '../../tool-fields.ts';
import type { ConnectorKindDefinition } from '../connector-kind.ts';

const schema = z.strictObject({
  ...connectorFields,
  kind: z.literal('rest').default('rest'),
  baseUrl: z.string().min(1).max(2048),
  headers: z.record(z.string(), z.string()).default({}),
});

/** An HTTP API: one base URL, one auth, and headers that every request carries. */
export const restConnector = {
  label: 'REST API',
  schema,
  check({ auth, baseUrl, headers }) {
    return [
      ...checkBaseUrl(baseUrl, '/baseUrl'),
      ...checkFixedHeaders(headers, authHeaders(auth), '/headers'),
    ];
  },
  hosts: ({ baseUrl }) => [hostPortOf(baseUrl)].filter((host) => host !== null),
} satisfies ConnectorKindDefinition<typeof schema>;
