import { randomUUID } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import Provider from 'oidc-provider';

export interface OidcPerson {
  email: string;
  name: string;
  groups: string[];
}

export interface OidcServer {
  issuer: string;
  clientId: string;
  clientSecret: string;
  /** By their login. A change counts for the next question. */
  people: Map<string, OidcPerson>;
  /** Signs a person in as a browser would: from the address that our API gave, to the address it comes back to. */
  signIn(url: string, login: string): Promise<string>;
  /** Signs a person out at the provider, as the browser of their last sign-in. */
  signOut(login: string): Promise<void>;
  /** Where the provider sends its logout tokens to. */
  tellLogoutsTo(url: string): void;
  /** What it got in response. */
  toldLogouts: { status: number; body: string }[];
  /** A token signed with its key; what is null is left out of the one that it would send. */
  logoutToken(claims: Record<string, unknown>): Promise<string>;
  /** How often its configuration was asked for. */
  asked: { configuration: number };
  close(): Promise<void>;
}

/** The jar of a browser, by name of the cookie. */
type Jar = Map<string, string>;

const toClient = '/to-the-client';

/** A real OpenID Connect provider on loopback, with a sign-in page that takes any password. */
export async function startOidcProvider(redirectUri: string, port = 0): Promise<OidcServer> {
  const people = new Map<string, OidcPerson>();
  const [clientId, clientSecret] = ['interlock', 'the secret of the client'];
  let provider: Provider | undefined;
  const jars = new Map<string, Jar>();
  const asked = { configuration: 0 };
  const toldLogouts: OidcServer['toldLogouts'] = [];
  let logoutUrl = '';
  const server: Server = createServer((request, response) => {
    if (request.url?.startsWith('/.well-known/')) asked.configuration += 1;
    if (request.url !== toClient) return void provider!.callback()(request, response);
    // The API starts after its provider, and the provider has to know the address of its clients.
    void text(request).then(async (body) => {
      const told = await fetch(logoutUrl, {
        method: 'POST',
        headers: { 'content-type': request.headers['content-type']! },
        body,
      });
      toldLogouts.push({ status: told.status, body: await told.text() });
      response.writeHead(told.status).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const { privateKey } = await generateKeyPair('RS256', { extractable: true });
  provider = new Provider(issuer, {
    clients: [
      {
        client_id: clientId,
        client_secret: clientSecret,
        redirect_uris: [redirectUri],
        grant_types: ['authorization_code', 'refresh_token'],
        token_endpoint_auth_method: 'client_secret_post',
        backchannel_logout_uri: issuer + toClient,
        backchannel_logout_session_required: true,
      },
    ],
    claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name', 'groups'] },
    features: { devInteractions: { enabled: true }, backchannelLogout: { enabled: true } },
    jwks: { keys: [await exportJWK(privateKey)] },
    cookies: { keys: ['a key for tests'] },
    // Its own reaches no loopback address.
    fetch: (url, options) => fetch(url, Object.assign({}, options, { dispatcher: undefined })),
    ttl: { AccessToken: 600, Grant: 3600, IdToken: 600, Interaction: 600, Session: 3600, RefreshToken: 3600 },
    findAccount: (_context, login) => {
      const person = people.get(login);
      if (!person) return undefined;
      return {
        accountId: login,
        claims: () => ({ sub: login, email_verified: true, ...person }),
      };
    },
  });
  provider.on('backchannel.error', (_context, error) => toldLogouts.push({ status: 0, body: String(error) }));
  return {
    issuer,
    clientId,
    clientSecret,
    people,
    signIn(url, login) {
      const jar: Jar = new Map();
      jars.set(login, jar);
      return signInAsBrowser(issuer, url, login, jar);
    },
    signOut: (login) => signOutAsBrowser(issuer, jars.get(login)!),
    tellLogoutsTo(url) {
      logoutUrl = url;
    },
    toldLogouts,
    asked,
    logoutToken: (claims) => {
      const all = {
        ...{ iss: issuer, aud: clientId, iat: Math.floor(Date.now() / 1000), jti: randomUUID() },
        ...{ events: { 'http://schemas.openid.net/event/backchannel-logout': {} } },
        ...claims,
      };
      const sent = Object.fromEntries(Object.entries(all).filter(([, value]) => value !== null));
      return new SignJWT(sent).setProtectedHeader({ alg: 'RS256', typ: 'logout+jwt' }).sign(privateKey);
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** One request of a browser. */
async function visit(jar: Jar, url: string, body: URLSearchParams | null): Promise<Response> {
  const response = await fetch(url, {
    method: body ? 'POST' : 'GET',
    redirect: 'manual',
    headers: { cookie: [...jar].map(([name, value]) => `${name}=${value}`).join('; ') },
    ...(body && { body }),
  });
  for (const cookie of response.headers.getSetCookie()) {
    const [name, value] = cookie.split(';')[0]!.split(/=(.*)/s);
    jar.set(name!, value!);
  }
  return response;
}

/** Follows redirects and sends the two forms, until the browser would leave the provider. */
async function signInAsBrowser(issuer: string, url: string, login: string, jar: Jar): Promise<string> {
  let next = { url, body: null as URLSearchParams | null };
  for (let step = 0; step < 20; step++) {
    const response = await visit(jar, next.url, next.body);
    const location = response.headers.get('location');
    if (location) {
      const to = new URL(location, next.url);
      if (to.origin !== issuer) return to.href;
      next = { url: to.href, body: null };
      continue;
    }
    const page = await response.text();
    const prompt = /name="prompt" value="(\w+)"/.exec(page)?.[1];
    const action = /action="([^"]+)"/.exec(page)?.[1];
    if (!prompt || !action) throw new Error(`The provider shows no form: ${page.slice(0, 300)}`);
    const body = new URLSearchParams({ prompt, ...(prompt === 'login' ? { login, password: 'any' } : {}) });
    next = { url: new URL(action, next.url).href, body };
  }
  throw new Error('The provider redirects without end');
}

/** Asks to be signed out, and confirms it. */
async function signOutAsBrowser(issuer: string, jar: Jar): Promise<void> {
  const page = await (await visit(jar, `${issuer}/session/end`, null)).text();
  const action = /action="([^"]+)"/.exec(page)?.[1];
  const xsrf = /name="xsrf" value="([^"]+)"/.exec(page)?.[1];
  if (!action || !xsrf) throw new Error(`The provider shows no form: ${page.slice(0, 300)}`);
  const form = new URLSearchParams({ xsrf, logout: 'yes' });
  const { status } = await visit(jar, new URL(action, issuer).href, form);
  if (status >= 400) throw new Error(`The provider did not sign anyone out: HTTP ${status}`);
}
