import type { JsonObject } from '../../../platform/json.ts';

/** The revision from which on every request is complete by itself. */
const statelessFrom = '2026-07-28';
export const isStateless = (version: string | undefined): boolean =>
  version !== undefined && version >= statelessFrom;

export interface RpcRequest {
  headers: Record<string, string>;
  /** Without its id, which every request gets when it leaves. */
  body: JsonObject;
}

const clientInfo = { name: 'Interlock', version: '1' };

/** A request of the Streamable HTTP transport. */
export function rpcRequest(version: string | undefined, method: string, params: JsonObject): RpcRequest {
  const headers: Record<string, string> = {
    'content-type': 'application/json',
    accept: 'application/json, text/event-stream',
    'user-agent': 'Interlock',
  };
  const body = { jsonrpc: '2.0', method };
  if (!isStateless(version)) return { headers, body: { ...body, params } };
  const { name } = params;
  return {
    headers: {
      ...headers,
      'mcp-protocol-version': version!,
      'mcp-method': method,
      ...(typeof name === 'string' && { 'mcp-name': name }),
    },
    body: {
      ...body,
      params: {
        ...params,
        _meta: {
          'io.modelcontextprotocol/protocolVersion': version!,
          'io.modelcontextprotocol/clientCapabilities': {},
          'io.modelcontextprotocol/clientInfo': clientInfo,
        },
      },
    },
  };
}

/** What opens a session with a server of an earlier revision. */
export const initializeRequest = (version: string): RpcRequest =>
  rpcRequest(undefined, 'initialize', { protocolVersion: version, capabilities: {}, clientInfo });
