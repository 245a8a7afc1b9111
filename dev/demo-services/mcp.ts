import { z } from 'zod';
import { guarded, requireShippingToken } from './access.ts';
import { type Context, type Route, route } from './http.ts';
import type { StateStore } from './state.ts';

type McpFetch = (request: Request) => Promise<Response>;

/** The shipping desk as an MCP server. Its library is loaded by the first request: starting stays quick. */
export function mcpRoutes(store: StateStore): Route[] {
  let server: Promise<McpFetch> | undefined;
  const handle = guarded(requireShippingToken)(async (context) => {
    server ??= createServer(store);
    await pass(await (await server)(asRequest(context)), context);
    return null;
  });
  return [route('POST', '/mcp', handle)];
}

function asRequest({ method, path, headers, rawBody }: Context): Request {
  const sent = new Headers(Object.entries(headers).map(([name, value]) => [name, String(value)]));
  return new Request(new URL(path, 'http://127.0.0.1'), {
    method,
    headers: sent,
    body: new Uint8Array(rawBody),
  });
}

async function pass(answer: Response, { response }: Context): Promise<void> {
  response.writeHead(answer.status, Object.fromEntries(answer.headers));
  if (answer.body) for await (const piece of answer.body) response.write(piece);
  response.end();
}

async function createServer(store: StateStore): Promise<McpFetch> {
  const { createMcpHandler, McpServer } = await import('@modelcontextprotocol/server');
  const handler = createMcpHandler(() => {
    const server = new McpServer({ name: 'Globex shipping desk', version: '1.0.0' });
    const find = (id: string) => store.state.shipments.find((each) => each.id === id);
    server.registerTool(
      'look_up_shipment',
      {
        title: 'Look up a shipment',
        description: 'Where a shipment is, and what happened to it.',
        inputSchema: z.object({ shipmentId: z.string().describe('As on the label, such as shp_8f2') }),
        outputSchema: z.object({
          id: z.string(),
          carrier: z.string(),
          status: z.string(),
          city: z.string(),
          events: z.array(z.object({ at: z.string(), place: z.string(), what: z.string() })),
        }),
        annotations: { readOnlyHint: true },
      },
      ({ shipmentId }) => {
        const found = find(shipmentId);
        if (!found)
          return {
            isError: true,
            content: [{ type: 'text', text: `No shipment with the ID ${shipmentId}.` }],
          };
        const { id, carrier, status, destination, events } = found;
        const structuredContent = { id, carrier, status, city: destination.city, events };
        return { content: [{ type: 'text', text: JSON.stringify(structuredContent) }], structuredContent };
      },
    );
    server.registerTool(
      'summarize_delays',
      {
        title: 'Summarize delays',
        description: 'How many shipments are held or lost, in words.',
        inputSchema: z.object({}),
        annotations: { readOnlyHint: true },
      },
      () => {
        const count = (status: string) =>
          store.state.shipments.filter((each) => each.status === status).length;
        return { content: [{ type: 'text', text: `${count('held')} held, ${count('lost')} lost.` }] };
      },
    );
    return server;
  });
  return (request) => handler.fetch(request);
}
