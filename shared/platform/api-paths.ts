/** Where the API's routes begin: a proxy sends these to it, and everything else to whoever serves the pages. */
export const apiPaths = ['/api', '/trpc', '/hooks', '/mcp', '/graphql', '/oauth', '/.well-known'] as const;

/** Those that become a WebSocket where the client asks for it. Everywhere else an `Upgrade` header has no effect. */
const socketPaths: ReadonlySet<string> = new Set(['/api/live', '/graphql', '/api/graphql']);

/** Whether a request asks for a WebSocket where there is one. */
export function isSocketRequest({ method, url, headers }: SocketRequest): boolean {
  return (
    method === 'GET' &&
    headers.upgrade?.toLowerCase() === 'websocket' &&
    socketPaths.has(url?.split('?', 1)[0] ?? '')
  );
}

interface SocketRequest {
  method?: string | undefined;
  url?: string | undefined;
  headers: { upgrade?: string | undefined };
}
