import { hkdfSync } from 'node:crypto';
import { exportJWK, generateKeyPair } from 'jose';
import Provider, { errors, interactionPolicy, type KoaContextWithOIDC } from 'oidc-provider';
import { appScopes, mcpResource } from '../../../identity/app-scopes.ts';
import type { Accounts } from '../../../identity/server/accounts.ts';
import type { Database } from '../../../platform/db/database.ts';
import type { Egress } from '../../../platform/server/egress/egress.ts';
import type { Environment } from '../../../platform/server/environment.ts';
import { clientProblem, withoutSecret } from './client-rules.ts';
import { createOauthStore } from './oauth-store.ts';

export interface OauthServices {
  db: Database;
  accounts: Accounts;
  environment: Pick<Environment, 'publicUrl' | 'INTERLOCK_AUTH_SECRET'>;
  egress: Egress;
  log: { error(details: object, message: string): void };
}

const accessSeconds = 3600;
/** Unused for this time, an app has to ask again. */
const refreshSeconds = 30 * 24 * 3600;
const codeSeconds = 60;
/** Someone may have to sign in first. */
const requestSeconds = 3600;
/** Of a document in which a client describes itself. */
const maxDocumentBytes = 5_120;
const documentMs = 2_500;

/** Of the draft that the library implements. */
const clientDocuments = 'draft-02';

/** Of the browser that has begun a request. */
const cookieNames = {
  interaction: 'interlock.app_request',
  resume: 'interlock.app_resume',
  session: 'interlock.app_session',
};

/** The page on which a person allows an app, or does not. */
const consentPage = (uid: string): string => `/connect-app/${uid}`;
/** The page that says why there is no such question. */
const refusedPage = (error: string): string => `/connect-app/refused?error=${encodeURIComponent(error)}`;

/**
 * The authorization server of the MCP door: a library that knows the protocols, with our accounts, our consent and our
 * tables. No one is remembered by it, so every request asks the person who is signed in.
 */
export async function createAuthorizationServer(services: OauthServices): Promise<Provider> {
  const { environment, db, accounts, log } = services;
  const { origin, protocol } = new URL(environment.publicUrl);
  const resource = mcpResource(environment.publicUrl);
  const secure = protocol === 'https:';
  const scope = appScopes.join(' ');
  // The library wants a key although nothing here is signed by one: there are no ID tokens, and tokens are opaque.
  const { privateKey } = await generateKeyPair('ES256', { extractable: true });
  const cookieKey = Buffer.from(
    hkdfSync('sha256', environment.INTERLOCK_AUTH_SECRET, '', 'interlock/oauth-cookies', 32),
  ).toString('base64url');

  const provider: Provider = new Provider(origin, {
    adapter: createOauthStore({
      db,
      errors,
      forget: () => accounts.forget(),
      revokes: () => Provider.ctx?.oidc.route === 'revocation',
    }),
    async findAccount(_context, id) {
      return (await accounts.person(id)) ? { accountId: id, claims: () => ({ sub: id }) } : undefined;
    },
    scopes: [...appScopes, 'offline_access'],
    claims: {},
    clientAuthMethods: ['none'],
    // What programs on a person's machine leave out.
    clientDefaults: {
      application_type: 'native',
      token_endpoint_auth_method: 'none',
      grant_types: ['authorization_code', 'refresh_token'],
      response_types: ['code'],
      id_token_signed_response_alg: 'ES256',
    },
    responseTypes: ['code'],
    enabledJWA: { idTokenSigningAlgValues: ['ES256'] },
    jwks: { keys: [await exportJWK(privateKey)] },
    pkce: { required: () => true },
    rotateRefreshToken: true,
    issueRefreshToken: async (_context, client) => client.grantTypeAllowed('refresh_token'),
    expiresWithSession: () => false,
    clientBasedCORS: () => false,
    ttl: {
      AccessToken: accessSeconds,
      AuthorizationCode: codeSeconds,
      RefreshToken: refreshSeconds,
      Interaction: requestSeconds,
      Grant: refreshSeconds,
      Session: codeSeconds,
      IdToken: codeSeconds,
    },
    cookies: {
      keys: [cookieKey],
      names: cookieNames,
      // The page asks about the request under this path.
      short: { path: '/oauth', httpOnly: true, sameSite: 'lax', secure, signed: true, overwrite: true },
      long: { path: '/oauth', httpOnly: true, sameSite: 'lax', secure, signed: true, overwrite: true },
    },
    routes: {
      authorization: '/oauth/authorize',
      token: '/oauth/token',
      registration: '/oauth/register',
      revocation: '/oauth/revoke',
      jwks: '/oauth/keys',
      end_session: '/oauth/end-session',
    },
    interactions: { url: (_context, { uid }) => consentPage(uid), policy: alwaysAsk() },
    features: {
      devInteractions: { enabled: false },
      userinfo: { enabled: false },
      rpInitiatedLogout: { enabled: false },
      dPoP: { enabled: false },
      pushedAuthorizationRequests: { enabled: false },
      registration: { enabled: true, issueRegistrationAccessToken: false },
      // A client may be known by the address of a document about it, instead of registering.
      clientIdMetadataDocument: {
        enabled: true,
        ack: clientDocuments,
        allowFetch: async () => true,
        allowClient: async (_context, client) =>
          clientProblem(client.metadata() as Record<string, unknown>) === null,
      },
      revocation: {
        enabled: true,
        allowedPolicy: (_context, client, token) => client.clientId === token.clientId,
      },
      resourceIndicators: {
        enabled: true,
        // There is one, so a client that names none means it.
        defaultResource: () => resource,
        useGrantedResource: () => true,
        getResourceServerInfo(_context, asked) {
          if (asked !== resource)
            throw new errors.InvalidTarget('the only resource here is the MCP endpoint');
          return { scope, audience: resource, accessTokenFormat: 'opaque', accessTokenTTL: accessSeconds };
        },
      },
    },
    fetch: fetchBy(services.egress) as never,
    renderError(context, out) {
      context.redirect(refusedPage(out.error));
    },
  });
  // Addresses in responses are those of the public URL, whatever proxy the request came through.
  provider.proxy = true;
  provider.on('server_error', (_context, err) => log.error({ err }, 'The authorization server failed'));
  provider.use(async (context, next) => {
    if (context.path === '/oauth/authorize' && context.method === 'GET' && !context.query.scope)
      context.query = { ...context.query, scope };
    await next();
    const { oidc } = context as Partial<KoaContextWithOIDC>;
    if (oidc?.route === 'discovery' && context.status === 200) narrow(context);
    if (oidc?.route === 'registration' && context.status === 201)
      context.body = withoutSecret(context.body as object);
  });
  return provider;
}

/** Every request asks, whoever was asked before. */
function alwaysAsk(): interactionPolicy.Prompt[] {
  const { Check, Prompt } = interactionPolicy;
  const unanswered = new Check('not_asked', 'the person has not been asked', (context) =>
    context.oidc.result?.consent ? Check.NO_NEED_TO_PROMPT : Check.REQUEST_PROMPT,
  );
  return [
    new Prompt({ name: 'login', requestable: true }),
    new Prompt({ name: 'consent', requestable: true }, unanswered),
  ];
}

/** Nothing of OpenID Connect, which is not offered. */
const notOffered = [
  'claims_parameter_supported',
  'claims_supported',
  'id_token_signing_alg_values_supported',
  'jwks_uri',
  'request_uri_parameter_supported',
  'subject_types_supported',
];

function narrow(context: { body: unknown }): void {
  const entries = Object.entries(context.body as object).filter(([name]) => !notOffered.includes(name));
  context.body = {
    ...Object.fromEntries(entries),
    response_modes_supported: ['query'],
    scopes_supported: appScopes,
    revocation_endpoint_auth_methods_supported: ['none'],
  };
}

/** By the guarded way out. The library reads this much and no more. */
function fetchBy(egress: Egress): typeof fetch {
  return async (url, options) => {
    const response = await egress.request({
      method: 'GET',
      tenantId: 'apps',
      // Whoever asks is unknown: they reach no private address by this.
      privateHosts: [],
      allowedHosts: null,
      caller: null,
      url: String(url),
      headers: { accept: 'application/json' },
      signal: options?.signal ?? AbortSignal.timeout(documentMs),
      maxResponseBytes: maxDocumentBytes,
    });
    const cache = response.headers['cache-control'];
    return new Response(new Uint8Array(response.body), {
      status: response.status,
      headers: typeof cache === 'string' ? { 'cache-control': cache } : {},
    });
  };
}
