import type { ConnectorOf } from '../../connectors/registry.ts';
import { withOwnHeaders } from '../../http/own-headers.ts';
import { hostPortOf, joinUrl } from '../../http/url.ts';
import type { ProviderDefinition, RetrySafety } from '../provider-definition.ts';
import { checkHttp } from './check.ts';
import { type HttpConfigInput, type HttpTool, httpToolSchema } from './config.ts';
import { renderHttp } from './render.ts';

/** The pure half of the `http` tool type. */
export const httpProvider = {
  label: 'HTTP',
  schema: httpToolSchema,
  check: checkHttp,
  render: renderHttp,
  hosts: ({ config: { url } }) => [hostPortOf(url ?? '')].filter((host) => host !== null),
  target({ config: { method, url } }) {
    // The host is fixed by the definition; only what follows it may hold templates.
    const host = /^https?:\/\/([^/?#]+)/i.exec(url ?? '')?.[1] ?? 'http';
    return `${method} ${host}`;
  },
  method: ({ config: { method } }) => method,
  retrySafety,
  readsOnly: ({ config: { method } }) => method === 'GET' || method === 'HEAD',
  connector: {
    kinds: ['rest'],
    idOf: (config) => config.connectorId,
    fold(config, connector: ConnectorOf<'rest'>): HttpConfigInput {
      const { connectorId: _connectorId, path = '', ...own } = config;
      return {
        ...own,
        url: joinUrl(connector.baseUrl, path),
        headers: withOwnHeaders(connector.headers, own.headers),
      };
    },
  },
  expressionFields: ['transform'],
  breakingFields: ['method', 'queryStyles', 'transform', 'responseType', 'stream', 'pagination'],
  response: {
    // The output schema shapes XML that no transform reads.
    readBy: ({ config: { responseType, stream, pagination, transform }, outputSchema }) => [
      responseType,
      stream ?? null,
      pagination ?? null,
      responseType === 'xml' && transform === undefined ? (outputSchema ?? null) : null,
    ],
    transform: ({ config: { transform } }) => transform,
  },
  upgradeConfig: {
    // Format 1 had JSON bodies only.
    1: (config) => ({ bodyType: 'json', responseType: 'auto', ...config }),
  },
} satisfies ProviderDefinition<typeof httpToolSchema>;

function retrySafety({ config: { method }, idempotent, serverErrors }: HttpTool): RetrySafety {
  if (method === 'GET' || method === 'HEAD' || method === 'PUT' || method === 'DELETE') {
    return { safe: true, words: `Safe to retry: ${method}` };
  }
  if (idempotent) {
    return { safe: true, words: 'Safe to retry: every attempt has the same Idempotency-Key' };
  }
  const harmless = serverErrors === 'not_done' ? 'nothing was sent, or after a 5xx' : 'nothing was sent';
  return {
    safe: false,
    words: `Sent once: a second ${method} could act twice. Retried only when ${harmless}`,
  };
}
