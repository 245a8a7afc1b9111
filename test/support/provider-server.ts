import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface ReceivedRequest {
  method: string;
  /** Path and query. */
  url: string;
  headers: IncomingMessage['headers'];
  body: string;
  /** `performance.now()` of its arrival. */
  at: number;
}

export interface ProviderServer {
  url: string;
  /** `host:port`, to be allowed. */
  host: string;
  requests: ReceivedRequest[];
  /** May be replaced at any time. */
  respond: Respond;
  close(): Promise<void>;
}

export type Respond = (request: ReceivedRequest, response: ServerResponse) => unknown;

/** A real HTTP service that responds as the test says and keeps the requests. Without `respond` it never responds. */
export async function startProvider(respond: Respond = () => {}): Promise<ProviderServer> {
  const requests: ReceivedRequest[] = [];
  const server = createServer((message, response) => {
    const chunks: Buffer[] = [];
    message.on('data', (chunk: Buffer) => chunks.push(chunk));
    message.on('end', () => {
      const request: ReceivedRequest = {
        method: message.method ?? '',
        url: message.url ?? '',
        headers: message.headers,
        body: Buffer.concat(chunks).toString('utf8'),
        at: performance.now(),
      };
      requests.push(request);
      void provider.respond(request, response);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  const provider: ProviderServer = {
    url: `http://${host}`,
    host,
    requests,
    respond,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return provider;
}

export function sendJson(
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Record<string, string> = {},
): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers });
  response.end(JSON.stringify(body));
}
