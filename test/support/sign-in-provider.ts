import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import Provider from 'oidc-provider';

export const providerClient = { clientId: 'interlock', clientSecret: 'the client secret of interlock' };

/** A real OAuth 2 provider on the loopback address, with an API that takes its access tokens. */
export interface SignInProvider {
  url: string;
  hostPort: string;
  /** The path of an API that answers with the Authorization header it got, or 401. */
  apiUrl: string;
  /** Requests at the token endpoint, by grant. */
  tokenRequests: string[];
  /** How long its token endpoint takes. */
  tokenMs: number;
  /** What it issued. */
  issued: { accessTokens: string[]; refreshTokens: string[] };
  /** Its API accepts none of the access tokens that it has issued. */
  forgetAccessTokens(): Promise<void>;
  /** Ends what a person allowed, as the provider's own pages do. */
  revoke(): Promise<void>;
  close(): Promise<void>;
}

export async function startSignInProvider(callbackUrl: string): Promise<SignInProvider> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const hostPort = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  const url = `http://${hostPort}`;
  const provider = new Provider(url, {
    clients: [
      {
        client_id: providerClient.clientId,
        client_secret: providerClient.clientSecret,
        redirect_uris: [callbackUrl],
        grant_types: ['authorization_code', 'refresh_token', 'client_credentials'],
      },
    ],
    scopes: ['refunds'],
    features: { clientCredentials: { enabled: true } },
    cookies: { keys: ['test'] },
    pkce: { required: () => true },
    issueRefreshToken: async () => true,
    rotateRefreshToken: true,
    ttl: { AccessToken: 3600, Grant: 3600, Interaction: 600, RefreshToken: 3600, Session: 3600 },
  });
  const tokenRequests: string[] = [];
  const issued: SignInProvider['issued'] = { accessTokens: [], refreshTokens: [] };
  provider.use(async (context, next) => {
    if (context.path === '/token') await sleep(served.tokenMs);
    await next();
    if (context.oidc?.route !== 'token') return;
    tokenRequests.push(String(context.oidc.params?.grant_type));
    const { access_token: access, refresh_token: refresh } = context.body as Record<string, unknown>;
    if (typeof access === 'string') issued.accessTokens.push(access);
    if (typeof refresh === 'string') issued.refreshTokens.push(refresh);
  });
  const handle = provider.callback();
  server.on('request', async (request, response) => {
    if (request.url !== '/api') return handle(request, response);
    const sent = request.headers.authorization ?? '';
    const bearer = sent.replace(/^Bearer /, '');
    const token =
      (await provider.AccessToken.find(bearer)) ?? (await provider.ClientCredentials.find(bearer));
    response
      .writeHead(token ? 200 : 401, { 'content-type': 'application/json' })
      .end(JSON.stringify({ authorization: sent }));
  });
  const served: SignInProvider = {
    url,
    hostPort,
    apiUrl: `${url}/api`,
    tokenRequests,
    tokenMs: 0,
    issued,
    async forgetAccessTokens() {
      for (const token of issued.accessTokens) await (await provider.AccessToken.find(token))?.destroy();
    },
    async revoke() {
      for (const token of issued.refreshTokens) await (await provider.RefreshToken.find(token))?.destroy();
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return served;
}

/**
 * Signs in at the provider and allows what is asked, as a person in a browser does.
 * @returns the URL that the provider sends the browser back to
 */
export async function consent(authorizationUrl: string, callbackUrl: string): Promise<string> {
  const cookies = new Map<string, string>();
  const visit = async (url: string, form?: Record<string, string>) => {
    const response = await fetch(url, {
      redirect: 'manual',
      method: form ? 'POST' : 'GET',
      headers: { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') },
      ...(form && { body: new URLSearchParams(form) }),
    });
    for (const cookie of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
      cookies.set(name, value);
    }
    return response;
  };
  let url = authorizationUrl;
  for (let steps = 0; steps < 20; steps++) {
    if (url.startsWith(callbackUrl)) return url;
    const response = await visit(url);
    const next = response.headers.get('location');
    if (next !== null) {
      url = new URL(next, url).href;
      continue;
    }
    const page = await response.text();
    const prompt = /name="prompt" value="(\w+)"/.exec(page)?.[1];
    if (!prompt) throw new Error(`The provider showed ${response.status}: ${page.slice(0, 400)}`);
    const answered = await visit(url, { prompt, login: 'ada', password: 'anything' });
    url = new URL(answered.headers.get('location') ?? '', url).href;
  }
  throw new Error('The provider did not come to an end');
}
