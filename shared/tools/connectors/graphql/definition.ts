import { z } from 'zod';
import { authHeaders } from '../../auth/registry.ts';
import { checkFixedHeaders } from '../../http/headers.ts';
import { checkEndpoint, hostPortOf } from '../../http/url.ts';
import { connectorFields } from '../../tool-fields.ts';
import type { ConnectorKindDefinition } from '../connector-kind.ts';

/** As a request body can carry it, beside the rest of the connector. */
export const maxSchemaCharacters = 900_000;

const schema = z.strictObject({
  ...connectorFields,
  kind: z.literal('graphql'),
  /** The endpoint that takes every operation. */
  url: z.string().min(1).max(2048),
  headers: z.record(z.string(), z.string()).default({}),
  /** SDL, or the result of an introspection query as JSON. Without it, documents are checked by their syntax only. */
  schema: z.string().max(maxSchemaCharacters).optional(),
});

/** A GraphQL endpoint with its schema, auth, and headers that every request carries. */
export const graphqlConnector = {
  label: 'GraphQL',
  schema,
  check({ auth, url, headers }) {
    return [...checkEndpoint(url, '/url'), ...checkFixedHeaders(headers, authHeaders(auth), '/headers')];
  },
  hosts: ({ url }) => [hostPortOf(url)].filter((host) => host !== null),
  documents: ['schema'],
} satisfies ConnectorKindDefinition<typeof schema>;
