import { fromNodeHeaders } from 'better-auth/node';
import type { FastifyInstance } from 'fastify';
import type { Accounts } from '../../shared/identity/server/accounts.ts';
import { afterWrites } from '../error-shape.ts';
import { sessionOf } from './identify-caller.ts';

/**
 * The account routes that pages use. better-auth has more (keys, organizations, profile), but they bypass `authorize`,
 * the one function that decides, so they are not offered.
 */
const signInPath = 'sign-in/email';
const changePasswordPath = 'change-password';
const paths = [signInPath, 'sign-out', 'get-session', changePasswordPath];

/** Passes the account routes to better-auth, which uses the web's Request and Response. */
export function registerAuthRoutes(app: FastifyInstance, accounts: Accounts): void {
  for (const path of paths)
    app.route({
      method: ['GET', 'POST'],
      url: `/api/auth/${path}`,
      // A response may hold a session's secret beside what was sent: its length must not tell about it.
      compress: false,
      handler: async (request, reply) => {
        const headers = fromNodeHeaders(request.headers);
        headers.delete('content-length');
        // The address of the connection: a header that the caller sets would defeat the limit on sign-ins.
        headers.set('x-forwarded-for', request.ip);
        const isPost = request.method === 'POST';
        const sent = new Request(new URL(request.url, `http://${request.headers.host ?? 'localhost'}`), {
          method: request.method,
          headers,
          ...(isPost ? { body: JSON.stringify(request.body ?? {}) } : {}),
        });
        // The route decides, not the URL, which may be written in many ways.
        const isSignIn = path === signInPath && isPost;
        const session = path === changePasswordPath && isPost ? sessionOf(request) : null;
        const response = isSignIn
          ? await accounts.signIn(sent, request.ip)
          : await (session === null
              ? accounts.handle(sent)
              : accounts.changePassword(sent, session, request.ip)
            ).catch((error: unknown) => {
              // better-auth writes one row after the other.
              throw afterWrites(error, isPost);
            });
        reply.status(response.status);
        for (const [name, value] of response.headers) if (name !== 'set-cookie') reply.header(name, value);
        const cookies = response.headers.getSetCookie();
        if (cookies.length > 0) reply.header('set-cookie', cookies);
        return reply.send(response.body ? Buffer.from(await response.arrayBuffer()) : undefined);
      },
    });
}
