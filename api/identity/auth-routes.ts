import { fromNodeHeaders } from 'better-auth/node';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Accounts, MethodRoute } from '../../shared/identity/server/accounts.ts';
import { InvalidLogoutToken } from '../../shared/identity/server/oidc/logout-token.ts';
import { InterlockError } from '../../shared/platform/error-codes.ts';
import { afterWrites } from '../error-shape.ts';
import { sessionOf } from './identify-caller.ts';

/**
 * The account routes that pages use. better-auth has more (keys, organizations, profile), but they bypass `authorize`,
 * the one function that decides, so they are not offered.
 */
const signInPath = 'sign-in/email';
const changePasswordPath = 'change-password';
const routes: Record<string, MethodRoute | undefined> = {
  [signInPath]: undefined,
  'sign-out': undefined,
  'get-session': undefined,
  [changePasswordPath]: undefined,
  // Enabled once the first code is verified.
  'two-factor/enable': undefined,
  'two-factor/verify-totp': { method: 'authenticator app', does: 'either' },
  'two-factor/disable': { method: 'authenticator app', does: 'change' },
  'two-factor/verify-backup-code': { method: 'backup code', does: 'sign-in' },
  'two-factor/generate-backup-codes': { method: 'backup code', does: 'change' },
  'passkey/generate-register-options': undefined,
  'passkey/verify-registration': { method: 'passkey', does: 'change' },
  'passkey/generate-authenticate-options': undefined,
  'passkey/verify-authentication': { method: 'passkey', does: 'sign-in' },
  'passkey/list-user-passkeys': undefined,
  'passkey/delete-passkey': { method: 'passkey', does: 'change' },
};

/** Passes the account routes to better-auth, which uses the web's Request and Response. */
export function registerAuthRoutes(app: FastifyInstance, accounts: Accounts): void {
  for (const [path, told] of Object.entries(routes))
    app.route({
      method: ['GET', 'POST'],
      url: `/api/auth/${path}`,
      ...hidden,
      handler: async (request, reply) => {
        const sent = requestOf(request);
        // The route decides, not the URL, which may be written in many ways.
        const isPost = request.method === 'POST';
        const isSignIn = path === signInPath && isPost;
        const session = path === changePasswordPath && isPost ? sessionOf(request) : null;
        const response = isSignIn
          ? await accounts.signIn(sent, request.ip)
          : await (session === null
              ? accounts.handle(sent, told)
              : accounts.changePassword(sent, session, request.ip)
            ).catch((error: unknown) => {
              // better-auth writes one row after the other.
              throw afterWrites(error, isPost);
            });
        return send(reply, response);
      },
    });
  registerSingleSignOn(app, accounts);
}

/** A response may hold a session's secret beside what was sent: its length must not tell about it. */
const hidden = { compress: false } as const;

const beginSchema = z.object({
  /** Only a path of the pages, so that a link cannot lead to another site. */
  to: z
    .string()
    .max(2000)
    .regex(/^\/(?![/\\])/),
});

/** Single sign-on, where it is configured. */
function registerSingleSignOn(app: FastifyInstance, { singleSignOn }: Accounts): void {
  app.get('/api/auth/methods', () => ({ singleSignOn: singleSignOn && { name: singleSignOn.name } }));
  if (!singleSignOn) return;
  app.post('/api/auth/single-sign-on', hidden, async (request, reply) => {
    const body = beginSchema.safeParse(request.body);
    if (!body.success) throw new InterlockError('bad_request', 'The body needs `to`: a path of the pages.');
    return send(reply, await singleSignOn.begin(requestOf(request), body.data.to));
  });
  app.get('/api/auth/callback/oidc', hidden, async (request, reply) =>
    send(reply, await singleSignOn.finish(requestOf(request))),
  );
  registerLogout(app, singleSignOn);
}

/** A token is about 1 kB. */
const maxLogoutBytes = 16_384;

/** Back-channel logout: the provider itself says who has signed out there. Its signature is the credential. */
function registerLogout(app: FastifyInstance, singleSignOn: NonNullable<Accounts['singleSignOn']>): void {
  app.register(async (scope) => {
    scope.addContentTypeParser(
      'application/x-www-form-urlencoded',
      { parseAs: 'string', bodyLimit: maxLogoutBytes },
      (_request, body, done) => done(null, new URLSearchParams(body as string)),
    );
    scope.post('/api/auth/logout/oidc', hidden, async (request, reply) => {
      reply.header('cache-control', 'no-store');
      const token = request.body instanceof URLSearchParams ? request.body.get('logout_token') : null;
      try {
        if (token === null) throw new InvalidLogoutToken('The body needs `logout_token`, as a form');
        await singleSignOn.signedOut(token);
        return reply.status(200).send();
      } catch (error) {
        if (!(error instanceof InvalidLogoutToken)) throw error;
        // The shape that the specification asks for.
        return reply.status(400).send({ error: 'invalid_request', error_description: error.message });
      }
    });
  });
}

function requestOf(request: FastifyRequest): Request {
  const headers = fromNodeHeaders(request.headers);
  headers.delete('content-length');
  // The address of the connection: a header that the caller sets would defeat the limit on sign-ins.
  headers.set('x-forwarded-for', request.ip);
  return new Request(new URL(request.url, `http://${request.headers.host ?? 'localhost'}`), {
    method: request.method,
    headers,
    ...(request.method === 'POST' ? { body: JSON.stringify(request.body ?? {}) } : {}),
  });
}

async function send(reply: FastifyReply, response: Response): Promise<FastifyReply> {
  reply.status(response.status);
  for (const [name, value] of response.headers) if (name !== 'set-cookie') reply.header(name, value);
  const cookies = response.headers.getSetCookie();
  if (cookies.length > 0) reply.header('set-cookie', cookies);
  return reply.send(response.body ? Buffer.from(await response.arrayBuffer()) : undefined);
}
