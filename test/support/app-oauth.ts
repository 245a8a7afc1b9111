import {
  Client,
  type OAuthClientInformationMixed,
  type OAuthClientMetadata,
  type OAuthClientProvider,
  type OAuthTokens,
  StreamableHTTPClientTransport,
} from '@modelcontextprotocol/client';
import { type ApiResponse, cookieOf, type TestApi } from './test-api.ts';

export const callback = 'http://127.0.0.1:8976/callback';

/** What a program on a person's machine keeps, as the official client asks for it. */
export class AppStore implements OAuthClientProvider {
  readonly redirectUrl = callback;
  readonly clientMetadata: OAuthClientMetadata;
  registered: OAuthClientInformationMixed | undefined;
  held: OAuthTokens | undefined;
  verifier = '';
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
  codeVerifier() {
    return this.verifier;
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
    const response = await fetch(url, { redirect: 'manual', headers: { cookie: this.cookie, accept: 'text/html' } });
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
