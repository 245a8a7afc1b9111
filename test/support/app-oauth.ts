import { createHash, randomBytes } from 'node:crypto';
import {
  Client,
  type OAuthClientInformationMixed,
  type OAuthClientMetadata,
  type OAuthClientProvider,
  type OAuthDiscoveryState,
  type OAuthTokens,
  StreamableHTTPClientTransport,
} from '@modelcontextprotocol/client';
import { type ApiResponse, cookieOf, type TestApi } from './test-api.ts';

export const callback = 'http://127.0.0.1:8976/callback';

/** Each has an address of its own, as a proxy would say: what one does is not counted for another. */
const someAddress = (): string => `10.${[...randomBytes(3)].join('.')}`;

/** What a program on a person's machine keeps, as the official client asks for it. */
export class AppStore implements OAuthClientProvider {
  readonly redirectUrl = callback;
  readonly clientMetadata: OAuthClientMetadata;
  registered: OAuthClientInformationMixed | undefined;
  held: OAuthTokens | undefined;
  verifier = '';
  discovered: OAuthDiscoveryState | undefined;
  /** Where it has sent the browser last. */
  asked: URL | undefined;

  constructor(metadata: Partial<OAuthClientMetadata> = {}) {
    this.clientMetadata = {
      client_name: 'Test agent',
      redirect_uris: [callback],
      grant_types: ['authorization_code', 'refresh_token'],
      response_types: ['code'],
      token_endpoint_auth_method: 'none',
      ...metadata,
    };
  }
  clientInformation() {
    return this.registered;
  }
  saveClientInformation(information: OAuthClientInformationMixed) {
    this.registered = information;
  }
  tokens() {
    return this.held;
  }
  saveTokens(tokens: OAuthTokens) {
    this.held = tokens;
  }
  redirectToAuthorization(url: URL) {
    this.asked = url;
  }
  saveCodeVerifier(verifier: string) {
    this.verifier = verifier;
  }
  saveDiscoveryState(state: OAuthDiscoveryState) {
    this.discovered = state;
  }
  discoveryState() {
    return this.discovered;
  }
  codeVerifier() {
    return this.verifier;
  }
}

/** A client that speaks the protocol by hand, so that it can do wrong what the official one does right. */
export class PlainApp {
  readonly verifier = randomBytes(32).toString('base64url');
  readonly #api: TestApi;
  readonly #from = { 'x-forwarded-for': someAddress() };
  clientId = '';

  constructor(api: TestApi) {
    this.#api = api;
  }

  register(metadata: Record<string, unknown> = {}): Promise<ApiResponse> {
    const body = { client_name: 'Plain app', redirect_uris: [callback], ...metadata };
    return this.#api.call(null)('POST', '/oauth/register', body, this.#from);
  }

  /** @param more null leaves a parameter out */
  authorizeUrl(more: Record<string, string | null> = {}): URL {
    const url = new URL('/oauth/authorize', this.#api.url);
    const all: Record<string, string | null> = {
      client_id: this.clientId,
      response_type: 'code',
      redirect_uri: callback,
      scope: 'tools.read tools.execute',
      state: 'the-state',
      resource: `${this.#api.url}/mcp`,
      code_challenge: createHash('sha256').update(this.verifier).digest('base64url'),
      code_challenge_method: 'S256',
      ...more,
    };
    for (const [name, value] of Object.entries(all)) if (value !== null) url.searchParams.set(name, value);
    return url;
  }

  post(path: string, fields: Record<string, string>): Promise<ApiResponse> {
    return this.#api.call(null)(
      'POST',
      path,
      new URLSearchParams({ client_id: this.clientId, ...fields }).toString(),
      { 'content-type': 'application/x-www-form-urlencoded', ...this.#from },
    );
  }

  exchange(code: string, more: Record<string, string> = {}): Promise<ApiResponse> {
    return this.post('/oauth/token', {
      grant_type: 'authorization_code',
      code,
      redirect_uri: callback,
      code_verifier: this.verifier,
      resource: `${this.#api.url}/mcp`,
      ...more,
    });
  }

  renew(refreshToken: string, more: Record<string, string> = {}): Promise<ApiResponse> {
    return this.post('/oauth/token', { grant_type: 'refresh_token', refresh_token: refreshToken, ...more });
  }
}

/** The official client, whose first request is refused until someone has allowed it. */
export function agentOf(api: TestApi, store: AppStore) {
  const client = new Client({ name: 'test agent', version: '1' });
  const transport = new StreamableHTTPClientTransport(new URL('/mcp', api.url), { authProvider: store });
  return { client, transport };
}

/** The browser of a person: its cookies, and what the consent page does. */
export class AppBrowser {
  readonly jar = new Map<string, string>();
  readonly #api: TestApi;
  readonly #from = { 'x-forwarded-for': someAddress() };

  constructor(api: TestApi) {
    this.#api = api;
  }

  get cookie(): string {
    return [...this.jar].map(([name, value]) => `${name}=${value}`).join('; ');
  }

  async signIn(email: string, password: string): Promise<void> {
    const signedIn = await this.#api.signIn(email, password);
    this.#keep(signedIn.headers);
  }

  #keep(headers: Headers): void {
    if (cookieOf(headers) === '') return;
    for (const cookie of cookieOf(headers).split('; ')) {
      const [name, value] = cookie.split(/=(.*)/s);
      if (value) this.jar.set(name!, value);
      else this.jar.delete(name!);
    }
  }

  /** Follows one address. @returns where it leads on */
  async visit(url: URL | string): Promise<{ status: number; to: string }> {
    const response = await fetch(url, {
      redirect: 'manual',
      headers: { cookie: this.cookie, accept: 'text/html', ...this.#from },
    });
    this.#keep(response.headers);
    return { status: response.status, to: response.headers.get('location') ?? '' };
  }

  /** What the page asks about a request. */
  question(uid: string): Promise<ApiResponse> {
    return this.#api.call(null)('GET', `/oauth/requests/${uid}`, undefined, { cookie: this.cookie });
  }

  answer(uid: string, answer: unknown, headers: Record<string, string> = {}): Promise<ApiResponse> {
    const { origin } = new URL(this.#api.url);
    return this.#api.call(null)('POST', `/oauth/requests/${uid}`, answer, {
      cookie: this.cookie,
      origin,
      ...headers,
    });
  }

  /** Comes to the page. @returns the id of the request */
  async begin(url: URL | string): Promise<string> {
    const { to } = await this.visit(url);
    const uid = /\/connect-app\/([\w-]+)$/.exec(to)?.[1];
    if (uid === undefined) throw new Error(`No consent page: ${to}`);
    return uid;
  }

  /** Goes all the way. @returns the parameters that the app gets back */
  async allow(url: URL | string, tenant: string, scopes: string[]): Promise<URLSearchParams> {
    const uid = await this.begin(url);
    const { body } = await this.question(uid);
    const answered = await this.answer(uid, { allow: true, person: body.person.id, tenant, scopes });
    if (answered.status !== 200) throw new Error(JSON.stringify(answered.body));
    const { to } = await this.visit(answered.body.to);
    return new URL(to).searchParams;
  }
}
