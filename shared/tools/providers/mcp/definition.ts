import { InterlockError, type Issue } from '../../../platform/error-codes.ts';
import { authHeaders } from '../../auth/registry.ts';
import type { ConnectorOf } from '../../connectors/registry.ts';
import { checkFixedHeaders } from '../../http/headers.ts';
import { withOwnHeaders } from '../../http/own-headers.ts';
import { checkEndpoint, hostPortOf } from '../../http/url.ts';
import type { ProviderDefinition, RetrySafety } from '../provider-definition.ts';
import { type McpConfigInput, type McpTool, mcpToolSchema } from './config.ts';
import { paramHeaders } from './param-headers.ts';
import { isStateless, rpcRequest } from './rpc-request.ts';

/** The pure half of the `mcp` tool type: a tool of a remote MCP server. */
export const mcpProvider = {
  label: 'MCP',
  schema: mcpToolSchema,
  check({ auth, config }) {
    return [
      ...checkTarget(config),
      ...checkFixedHeaders(config.headers, authHeaders(auth), '/config/headers'),
    ];
  },
  render({ config: { url, tool, headers, protocolVersion }, inputSchema }, input) {
    if (url === undefined)
      throw new InterlockError('invalid_definition', 'The tool has no URL', {
        detail: 'connector not folded in',
      });
    const call = rpcRequest(protocolVersion, 'tools/call', { name: tool, arguments: input });
    const own = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]);
    return {
      method: 'POST',
      url: new URL(url).href,
      headers: {
        ...Object.fromEntries(own),
        ...call.headers,
        ...(isStateless(protocolVersion) && paramHeaders(inputSchema, input)),
      },
      body: call.body,
      bodyType: 'json',
    };
  },
  hosts: ({ config: { url } }) => [hostPortOf(url ?? '')].filter((host) => host !== null),
  target: ({ config: { url = '', tool } }) => `${tool} of ${URL.parse(url)?.host ?? 'an MCP server'}`,
  retrySafety,
  readsOnly: ({ config }) => config.readOnly,
  connector: {
    kinds: ['mcp'],
    idOf: (config) => config.connectorId,
    fold(config, { url, headers, protocolVersion }: ConnectorOf<'mcp'>): McpConfigInput {
      const { connectorId: _connectorId, ...own } = config;
      return { protocolVersion, ...own, url, headers: withOwnHeaders(headers, own.headers) };
    },
  },
  breakingFields: ['tool'],
  response: { readBy: ({ config }) => config.tool },
} satisfies ProviderDefinition<typeof mcpToolSchema>;

function checkTarget({ url, connectorId }: McpTool['config']): Issue[] {
  const at = (message: string, keyword: string) => [{ path: '/config/url', message, keyword }];
  if (connectorId !== undefined) return url === undefined ? [] : at('Use either url or connectorId', 'url');
  return url === undefined
    ? at('url is required (or a connectorId)', 'required')
    : checkEndpoint(url, '/config/url');
}

function retrySafety({ config, idempotent, serverErrors }: McpTool): RetrySafety {
  if (config.readOnly) return { safe: true, words: 'Safe to retry: it is declared to only read' };
  if (idempotent) return { safe: true, words: 'Safe to retry: every attempt has the same Idempotency-Key' };
  const harmless = serverErrors === 'not_done' ? 'nothing was sent, or after a 5xx' : 'nothing was sent';
  return { safe: false, words: `Sent once: a second call could act twice. Retried only when ${harmless}` };
}
