import { InterlockError } from '../../../platform/error-codes.ts';
import type { ConnectorOffers } from '../../server/connector-offer.ts';
import {
  graphqlOperations,
  graphqlSchemaProblem,
  introspectedSdl,
  introspectionQuery,
} from '../../server/graphql/read-graphql.ts';
import { maxSchemaCharacters } from './definition.ts';

const maxResponseBytes = 16_777_216;

/** What a GraphQL endpoint says about itself. */
export const graphqlOffers: ConnectorOffers<'graphql'> = {
  async check({ schema }, tenantId) {
    const problem = schema === undefined ? null : await graphqlSchemaProblem(schema, tenantId);
    return problem === null ? [] : [{ path: '/schema', message: problem, keyword: 'graphql' }];
  },
  fetch: async ({ url, headers }, { send, tenantId }) => {
    const { host } = new URL(url);
    const failed = (why: string) =>
      new InterlockError('provider_error', `${host} ${why}. Nothing was changed.`);
    const response = await send({
      method: 'POST',
      url,
      headers: {
        'content-type': 'application/json',
        accept: 'application/graphql-response+json, application/json;q=0.9',
        'user-agent': 'Interlock',
        ...headers,
      },
      body: JSON.stringify({ query: await introspectionQuery(tenantId) }),
      maxResponseBytes,
    });
    // Some servers say with another status why introspection is not enabled.
    const read = await introspectedSdl(response.body, tenantId);
    if ('problem' in read && (response.status < 200 || response.status > 299))
      throw failed(`returned ${response.status}. Its endpoint may not allow introspection: paste the schema`);
    if ('problem' in read)
      throw failed(
        `did not describe its schema. ${read.problem}. Paste the schema if introspection is disabled`,
      );
    if (read.sdl.length > maxSchemaCharacters)
      throw failed(
        `has a schema of ${Math.ceil(read.sdl.length / 1000)} kB, and a connector keeps ${maxSchemaCharacters / 1000} kB at most. Paste the part that your tools need`,
      );
    return { schema: read.sdl };
  },
  async operations({ schema }, tenantId) {
    if (schema === undefined) return [];
    const read = await graphqlOperations(schema, tenantId);
    if ('operations' in read) return read.operations;
    const message = `The schema cannot be read. ${read.problem}`;
    throw new InterlockError('invalid_definition', `${message}.`, {
      issues: [{ path: '/schema', message, keyword: 'graphql' }],
    });
  },
};
