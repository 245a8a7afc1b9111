import { InterlockError, type Issue } from '../../../platform/error-codes.ts';
import { authHeaders } from '../../auth/registry.ts';
import type { ConnectorOf } from '../../connectors/registry.ts';
import { checkFixedHeaders } from '../../http/headers.ts';
import { withOwnHeaders } from '../../http/own-headers.ts';
import { checkEndpoint, hostPortOf } from '../../http/url.ts';
import type { ProviderDefinition, RetrySafety } from '../provider-definition.ts';
import { type GraphqlConfigInput, type GraphqlTool, graphqlToolSchema } from './config.ts';

/** The pure half of the `graphql` tool type. What only parsing the document shows is checked when it is saved. */
export const graphqlProvider = {
  label: 'GraphQL',
  schema: graphqlToolSchema,
  check({ auth, config }) {
    return [
      ...checkTarget(config),
      ...checkFixedHeaders(config.headers, authHeaders(auth), '/config/headers'),
    ];
  },
  render({ config }, input) {
    if (config.url === undefined)
      throw new InterlockError('invalid_definition', 'The tool has no URL', {
        detail: 'connector not folded in',
      });
    const { document: query, operationName } = config;
    return {
      method: 'POST',
      url: new URL(config.url).href,
      headers: {
        'content-type': 'application/json',
        accept: 'application/graphql-response+json, application/json;q=0.9',
        'accept-encoding': 'gzip, deflate, br, zstd',
        'user-agent': 'Interlock',
        ...Object.fromEntries(
          Object.entries(config.headers).map(([name, value]) => [name.toLowerCase(), value]),
        ),
      },
      body: { query, ...(operationName !== undefined && { operationName }), variables: input },
      bodyType: 'json',
    };
  },
  hosts: ({ config: { url } }) => [hostPortOf(url ?? '')].filter((host) => host !== null),
  target: ({ config: { url = '', operation } }) =>
    `${operation ?? 'query'} ${URL.parse(url)?.host ?? 'graphql'}`,
  retrySafety,
  readsOnly: ({ config: { operation } }) => operation === 'query',
  connector: {
    kinds: ['graphql'],
    idOf: (config) => config.connectorId,
    fold(config, { url, headers }: ConnectorOf<'graphql'>): GraphqlConfigInput {
      const { connectorId: _connectorId, ...own } = config;
      return { ...own, url, headers: withOwnHeaders(headers, own.headers) };
    },
  },
  breakingFields: ['document', 'operationName'],
  response: { readBy: ({ config }) => [config.document, config.operationName ?? null] },
} satisfies ProviderDefinition<typeof graphqlToolSchema>;

function checkTarget({ url, connectorId }: GraphqlTool['config']): Issue[] {
  const at = (message: string, keyword: string) => [{ path: '/config/url', message, keyword }];
  if (connectorId !== undefined) return url === undefined ? [] : at('Use either url or connectorId', 'url');
  return url === undefined
    ? at('url is required (or a connectorId)', 'required')
    : checkEndpoint(url, '/config/url');
}

function retrySafety({ config: { operation }, idempotent, serverErrors }: GraphqlTool): RetrySafety {
  if (operation === 'query') return { safe: true, words: 'Safe to retry: a query only reads' };
  if (idempotent) return { safe: true, words: 'Safe to retry: every attempt has the same Idempotency-Key' };
  const harmless = serverErrors === 'not_done' ? 'nothing was sent, or after a 5xx' : 'nothing was sent';
  return {
    safe: false,
    words: `Sent once: a second mutation could act twice. Retried only when ${harmless}`,
  };
}
