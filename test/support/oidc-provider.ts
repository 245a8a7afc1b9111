import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
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
  close(): Promise<void>;
}

/** A real OpenID Connect provider on loopback, with a sign-in page that takes any password. */
export async function startOidcProvider(redirectUri: string, port = 0): Promise<OidcServer> {
  const people = new Map<string, OidcPerson>();
  const [clientId, clientSecret] = ['interlock', 'the secret of the client'];
  let provider: Provider | undefined;
  const server: Server = createServer((request, response) => provider!.callback()(request, response));
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  provider = new Provider(issuer, {
    clients: [
      {
        client_id: clientId,
        client_secret: clientSecret,
        redirect_uris: [redirectUri],
        grant_types: ['authorization_code', 'refresh_token'],
        token_endpoint_auth_method: 'client_secret_post',
      },
    ],
    claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name', 'groups'] },
    features: { devInteractions: { enabled: true } },
    cookies: { keys: ['a key for tests'] },
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
  return {
    issuer,
    clientId,
    clientSecret,
    people,
    signIn: (url, login) => signInAsBrowser(issuer, url, login),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** Follows redirects and sends the two forms, until the browser would leave the provider. */
async function signInAsBrowser(issuer: string, url: string, login: string): Promise<string> {
  const jar = new Map<string, string>();
  let next = { url, body: null as URLSearchParams | null };
  for (let step = 0; step < 20; step++) {
    const response = await fetch(next.url, {
      method: next.body ? 'POST' : 'GET',
      redirect: 'manual',
      headers: { cookie: [...jar].map(([name, value]) => `${name}=${value}`).join('; ') },
      ...(next.body ? { body: next.body } : {}),
    });
    for (const cookie of response.headers.getSetCookie()) {
      const [name, value] = cookie.split(';')[0]!.split(/=(.*)/s);
      jar.set(name!, value!);
    }
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
