import { createMcpHandler } from '@modelcontextprotocol/server';
import type { FastifyRequest } from 'fastify';
import { changesOf } from './list-changes.ts';
import type { McpRequest } from './mcp-request.ts';
import { mcpServer } from './mcp-server.ts';

const keepAliveMs = 15_000;

/**
 * The response to one message, in the revision of the protocol that it is written in.
 * @param listen called when it is a stream of what changes; aborts when that has to end
 */
export async function serveMessage(
  mcp: McpRequest,
  request: FastifyRequest,
  listen: () => AbortSignal,
): Promise<Response> {
  let listens = false;
  const begun = () => {
    listens = true;
  };
  const handler = createMcpHandler(({ era }) => mcpServer({ ...mcp, leavingCancels: era === 'modern' }), {
    bus: changesOf(mcp.context, begun),
    keepAliveMs,
    onerror: (error) => request.log.debug({ err: error }, 'A message of the Model Context Protocol failed'),
  });
  const headers = new Headers(
    Object.entries(request.headers).flatMap(([name, value]) =>
      typeof value === 'string' ? [[name, value]] : [],
    ),
  );
  const sent = new Request('http://localhost/mcp', { method: 'POST', headers, signal: mcp.left });
  const response = await handler.fetch(sent, { parsedBody: request.body });
  // It says so to the listener, who begins another one.
  if (listens) listen().addEventListener('abort', () => void handler.close(), { once: true });
  return response;
}
