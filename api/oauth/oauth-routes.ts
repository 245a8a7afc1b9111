import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type Provider from 'oidc-provider';
import { RateLimiterPostgres, RateLimiterRes } from 'rate-limiter-flexible';
import { appScopes, mcpResource } from '../../shared/identity/app-scopes.ts';
import type { Accounts } from '../../shared/identity/server/accounts.ts';
import { networkOf } from '../../shared/identity/server/network-of.ts';
import { appAnswerSchema } from '../../shared/people/app-schemas.ts';
import type { Asked } from '../../shared/people/server/oauth/consent.ts';
import { InterlockError } from '../../shared/platform/error-codes.ts';
import { sessionOf } from '../identity/identify-caller.ts';
import { assertSameOrigin } from '../identity/same-origin.ts';
import { sendError } from '../rest/rest-bridge.ts';
import type { Services } from '../services.ts';

interface OauthOptions {
  services: () => Services;
  accounts: Accounts;
  publicUrl: string;
}

/** Where a client begins. The suffix is the path of the resource (RFC 9728). */
export const resourceMetadataPath = '/.well-known/oauth-protected-resource/mcp';

/** Requests of one network: registrations of clients in an hour, and all others in a minute. */
const limits = { register: { points: 60, seconds: 3600 }, use: { points: 240, seconds: 60 } };

/** OAuth for apps that act for a person at the MCP door. */
export function registerOauth(app: FastifyInstance, { services, accounts, publicUrl }: OauthOptions): void {
  const metadata = {
    resource: mcpResource(publicUrl),
    authorization_servers: [new URL(publicUrl).origin],
    scopes_supported: appScopes,
    bearer_methods_supported: ['header'],
    resource_name: 'Interlock',
  };
  for (const path of [resourceMetadataPath, '/.well-known/oauth-protected-resource'])
    app.get(path, (_request, reply) => reply.header('access-control-allow-origin', '*').send(metadata));

  // Its library is loaded by the first request: starting stays quick.
  let loading: Promise<Provider> | null = null;
  const load = () => {
    loading ??= import('../../shared/people/server/oauth/authorization-server.ts')
      .then(({ createAuthorizationServer }) => createAuthorizationServer(services()))
      .catch((error: unknown) => {
        loading = null;
        throw error;
      });
    return loading;
  };
  registerConsent(app, { services, accounts, publicUrl }, load);
  registerProtocol(app, { services, publicUrl }, load);
}

/** What the page asks and answers. */
function registerConsent(
  app: FastifyInstance,
  { services, accounts, publicUrl }: OauthOptions,
  load: () => Promise<Provider>,
): void {
  const path = '/oauth/requests/:uid';
  const askedOf = async (request: FastifyRequest, reply: FastifyReply): Promise<Asked> => ({
    provider: await load(),
    uid: (request.params as { uid: string }).uid,
    request: request.raw,
    response: reply.raw,
  });
  app.get(path, async (request, reply) => {
    try {
      const { readQuestion } = await import('../../shared/people/server/oauth/consent.ts');
      const session = sessionOf(request);
      return await readQuestion(
        await askedOf(request, reply),
        session === null ? null : await accounts.sessionPerson(session),
      );
    } catch (error) {
      return sendError(error, request, reply);
    }
  });
  app.post(path, async (request, reply) => {
    try {
      assertSameOrigin(request, publicUrl);
      const { allowApp, refuseApp } = await import('../../shared/people/server/oauth/consent.ts');
      const answer = appAnswerSchema.parse(request.body);
      const session = sessionOf(request);
      if (session === null)
        throw new InterlockError('unauthorized', 'Your session has ended. Sign in again.');
      const asked = await askedOf(request, reply);
      if (!answer.allow) return { to: await refuseApp(asked) };
      // In that organization, by its rules.
      const via = { door: 'trpc', address: request.ip } as const;
      const identity = await accounts.identifySession(session, via, answer.tenant);
      return { to: await allowApp(services(), asked, identity, answer, request.id) };
    } catch (error) {
      return sendError(error, request, reply);
    }
  });
}

/** What the library serves. It reads the bodies itself. */
function registerProtocol(
  app: FastifyInstance,
  { services, publicUrl }: Pick<OauthOptions, 'services' | 'publicUrl'>,
  load: () => Promise<Provider>,
): void {
  const { protocol, host } = new URL(publicUrl);
  app.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', (_request, _payload, done) => done(null));
    const admit = admission(services);
    const serve = async (request: FastifyRequest, reply: FastifyReply) => {
      const waitSeconds = await admit(request.url === '/oauth/register' ? 'register' : 'use', request.ip);
      if (waitSeconds > 0)
        return reply
          .status(429)
          .header('retry-after', waitSeconds)
          .send({
            error: 'temporarily_unavailable',
            error_description: `Too many requests. Try again in ${waitSeconds} s.`,
          });
      const provider = await load();
      // Addresses in responses are those of the public URL. No proxy's header decides about them.
      request.raw.headers['x-forwarded-proto'] = protocol.slice(0, -1);
      request.raw.headers['x-forwarded-host'] = host;
      for (const [name, value] of Object.entries(reply.getHeaders()))
        if (value !== undefined) reply.raw.setHeader(name, value);
      reply.raw.setHeader('cache-control', 'no-store');
      reply.hijack();
      await provider.callback()(request.raw, reply.raw);
      return reply;
    };
    scope.get('/.well-known/oauth-authorization-server', serve);
    scope.get('/oauth/authorize', serve);
    scope.get('/oauth/authorize/:uid', serve);
    for (const path of ['/oauth/token', '/oauth/register', '/oauth/revoke']) scope.post(path, serve);
  });
}

/** Counts in PostgreSQL, for every process. @returns seconds to wait; 0: none */
function admission(services: () => Services): (of: keyof typeof limits, address: string) => Promise<number> {
  const limiters = new Map<string, RateLimiterPostgres>();
  return async (of, address) => {
    let limiter = limiters.get(of);
    if (!limiter) {
      limiter = new RateLimiterPostgres({
        storeClient: services().db.authPool,
        schemaName: 'auth',
        tableName: 'sign_in_limit',
        tableCreated: true,
        keyPrefix: `oauth_${of}`,
        points: limits[of].points,
        duration: limits[of].seconds,
      });
      limiters.set(of, limiter);
    }
    try {
      await limiter.consume(networkOf(address));
      return 0;
    } catch (error) {
      if (error instanceof RateLimiterRes) return Math.ceil(error.msBeforeNext / 1000);
      throw error;
    }
  };
}
