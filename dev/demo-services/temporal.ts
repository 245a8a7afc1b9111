import { type Handler, ReplyError, type Route, route } from './http.ts';

/** What Temporal tells about itself. Nothing here shows or changes a workflow: those belong to tenants. */
const readable = ['/api/v1/cluster-info', '/api/v1/system-info', '/api/v1/namespaces/default'];

/**
 * A foreign API that we have not written: Temporal's, for reading, and only what concerns no tenant. No tool reaches
 * Temporal itself.
 * @param temporalUrl of its HTTP API; without it, the routes respond with 503
 */
export function temporalRoutes(temporalUrl: string | undefined): Route[] {
  return readable.map((path) => route('GET', `/temporal${path}`, forward(temporalUrl, path)));
}

function forward(temporalUrl: string | undefined, path: string): Handler {
  return async () => {
    if (!temporalUrl) throw new ReplyError(503, 'unavailable', "Temporal's HTTP API is not known here.");
    const response = await fetch(new URL(path, temporalUrl), {
      headers: { accept: 'application/json' },
      redirect: 'error',
      signal: AbortSignal.timeout(5_000),
    });
    return { status: response.status, body: await response.json() };
  };
}
