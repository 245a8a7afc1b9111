import type { FastifyInstance, FastifyRequest } from 'fastify';
import { cliName } from '../../shared/identity/cli-name.ts';
import type { Door } from '../../shared/identity/doors.ts';
import { withOrigin } from '../../shared/identity/server/request-origin.ts';

/** Events that a request causes say through which door and from which address it came. Call it before routes are added. */
export function keepOrigin(app: FastifyInstance): void {
  // After the body has been read: its last event belongs to the connection.
  app.addHook('preHandler', (request, _reply, done) => {
    withOrigin({ door: doorOf(request), address: request.ip }, done);
  });
}

/** Keys are sent by other programs, sessions by the page. */
function doorOf({ headers, url }: FastifyRequest): Door {
  // What a person allows an app, and what the app gives back.
  if (url.startsWith('/oauth/')) return 'mcp';
  if (headers.authorization === undefined) return 'web';
  if (url === '/mcp' || url.startsWith('/mcp?')) return 'mcp';
  if (url.startsWith('/trpc/')) return 'trpc';
  return headers['user-agent']?.startsWith(cliName) ? 'cli' : 'rest';
}
