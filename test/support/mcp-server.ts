import {
  createMcpHandler,
  McpServer,
  WebStandardStreamableHTTPServerTransport,
} from '@modelcontextprotocol/server';
import { z } from 'zod';
import { type ProviderServer, type ReceivedRequest, type Respond, startProvider } from './provider-server.ts';

export interface McpTestServer extends ProviderServer {
  /** Ends every session, as a server that is started again does. */
  forgetSessions(): void;
  /** How often the tool `wait` was told that its call was cancelled. */
  cancelled(): number;
  /** Removes a tool from the server. */
  without: Set<string>;
}

/**
 * The official server, of the present revision of the protocol or, with sessions, of those before it.
 * @param before may respond first
 */
export async function startMcp(
  era: 'stateless' | 'sessions',
  before: (...args: Parameters<Respond>) => boolean = () => false,
): Promise<McpTestServer> {
  const state = { cancelled: 0, without: new Set<string>() };
  const sessions = new Map<string, WebStandardStreamableHTTPServerTransport>();
  const modern = createMcpHandler(() => orderDesk(state), { legacy: 'reject' });
  const inSession = async (request: Request): Promise<Response> => {
    const id = request.headers.get('mcp-session-id');
    const known = id === null ? undefined : sessions.get(id);
    if (known) return known.handleRequest(request);
    if (id !== null) return new Response('{}', { status: 404 });
    const transport = new WebStandardStreamableHTTPServerTransport({
      sessionIdGenerator: () => crypto.randomUUID(),
      onsessioninitialized: (session) => {
        sessions.set(session, transport);
      },
    });
    await orderDesk(state).connect(transport);
    return transport.handleRequest(request);
  };
  const serve = era === 'stateless' ? (request: Request) => modern.fetch(request) : inSession;
  const server = await startProvider(async (received, response) => {
    if (before(received, response)) return;
    const gone = new AbortController();
    response.on('close', () => gone.abort());
    const answer = await serve(asRequest(received, server.url, gone.signal));
    response.writeHead(answer.status, Object.fromEntries(answer.headers));
    if (answer.body) for await (const piece of answer.body) response.write(piece);
    response.end();
  });
  return Object.assign(server, {
    cancelled: () => state.cancelled,
    without: state.without,
    forgetSessions: () => sessions.clear(),
  });
}

function asRequest(
  { method, url, headers, body }: ReceivedRequest,
  base: string,
  signal: AbortSignal,
): Request {
  const sent = new Headers(Object.entries(headers).map(([name, value]) => [name, String(value)]));
  return new Request(new URL(url, base), {
    method,
    headers: sent,
    signal,
    ...(method === 'POST' && { body }),
  });
}

function orderDesk(state: { cancelled: number; without: Set<string> }): McpServer {
  const server = new McpServer({ name: 'Order desk', version: '1.0.0' });
  server.registerTool(
    'find_order',
    {
      title: 'Find an order',
      description: 'The order of this number.',
      inputSchema: z.object({ id: z.string() }),
      outputSchema: z.object({ id: z.string(), total: z.number() }),
      annotations: { readOnlyHint: true },
    },
    ({ id }) => ({ content: [{ type: 'text', text: id }], structuredContent: { id, total: 12.5 } }),
  );
  server.registerTool('greet', { inputSchema: z.object({ name: z.string() }) }, ({ name }) => ({
    content: [
      { type: 'text', text: `Hello ${name}` },
      { type: 'text', text: 'How are you?' },
    ],
  }));
  const region = z.string().meta({ 'x-mcp-header': 'Region' }).optional();
  const where = z.object({ floor: z.int().meta({ 'x-mcp-header': 'Floor' }) }).optional();
  server.registerTool('route', { inputSchema: z.object({ region, where }) }, (input) => ({
    content: [{ type: 'text', text: `${input.region} ${input.where?.floor}` }],
  }));
  server.registerTool('draw', { inputSchema: z.object({}) }, () => ({
    content: [
      { type: 'text', text: 'A dot' },
      { type: 'image', mimeType: 'image/png', data: 'AAAA' },
    ],
  }));
  server.registerTool('refund', { inputSchema: z.object({ amount: z.number() }) }, ({ amount }) => ({
    isError: amount > 100,
    content: [{ type: 'text', text: amount > 100 ? 'More than was paid' : 'Refunded' }],
  }));
  server.registerTool('count', { inputSchema: z.object({}) }, async (_input, ctx) => {
    const progressToken = ctx.mcpReq._meta?.progressToken ?? 'none';
    for (const progress of [1, 2])
      await ctx.mcpReq.notify({
        method: 'notifications/progress',
        params: { progressToken, progress, total: 2, message: `Step ${progress}` },
      });
    return { content: [{ type: 'text', text: 'Done' }] };
  });
  server.registerTool('wait', { inputSchema: z.object({}) }, async (_input, ctx) => {
    const { promise, resolve } = Promise.withResolvers<void>();
    ctx.mcpReq.signal.addEventListener('abort', () => {
      state.cancelled += 1;
      resolve();
    });
    await promise;
    return { content: [] };
  });
  if (!state.without.has('gone'))
    server.registerTool('gone', { inputSchema: z.object({}) }, () => ({ content: [] }));
  return server;
}
