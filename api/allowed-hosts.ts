import type { FastifyInstance } from 'fastify';
import { InterlockError } from '../shared/platform/error-codes.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Responds under every name, such as the address that a probe uses. */
    anyHost?: boolean;
  }
}

/** No other site can be reached under these names, whatever its DNS says. */
const loopback = ['localhost', '127.0.0.1', '[::1]'];

/**
 * Refuses requests for a host that is not ours. A page of another site could otherwise let its name resolve to this
 * server, and read our responses as its own.
 * @param more names besides that of the public URL
 */
export function checkHosts(app: FastifyInstance, publicUrl: string, more: readonly string[]): void {
  const allowed = new Set([
    new URL(publicUrl).hostname,
    ...loopback,
    ...more.flatMap((name) => nameOf(name) ?? []),
  ]);
  app.addHook('onRequest', async (request) => {
    // The header itself: Fastify's `host` may come from a proxy's header.
    const host = nameOf(request.headers.host);
    if (host !== null && allowed.has(host)) return;
    if (request.routeOptions.config.anyHost) return;
    throw new InterlockError(
      'bad_request',
      'This server does not serve the host that the request names. Its operator adds names with INTERLOCK_ALLOWED_HOSTS. Nothing was done.',
    );
  });
}

/** Without the port. */
function nameOf(host: string | undefined): string | null {
  return URL.parse(`http://${host ?? ''}`)?.hostname ?? null;
}
