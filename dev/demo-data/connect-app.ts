import { createHash, randomBytes } from 'node:crypto';
import { RestError } from './rest-client.ts';

const redirect = 'http://127.0.0.1:8976/callback';

/** Cookies of one browser. */
class Browser {
  readonly #jar = new Map<string, string>();

  async send(url: string | URL, init: RequestInit = {}): Promise<Response> {
    const cookie = [...this.#jar].map(([name, value]) => `${name}=${value}`).join('; ');
    const response = await fetch(url, {
      ...init,
      redirect: 'manual',
      headers: { ...(init.headers as Record<string, string>), cookie },
      signal: AbortSignal.timeout(60_000),
    });
    for (const each of response.headers.getSetCookie()) {
      const [name, value] = each.split(';')[0]!.split(/=(.*)/s);
      if (value) this.#jar.set(name!, value);
    }
    if (response.status >= 400)
      throw new RestError(response.status, `${response.url} → ${response.status}: ${await response.text()}`);
    return response;
  }
}

const json = (body: unknown): RequestInit => ({
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(body),
});

/** An app that a person has let in, as its own browser and program would do it, and that has listed their tools once. */
export async function connectApp(
  api: string,
  { origin, tenant, email, password }: { origin: string; tenant: string; email: string; password: string },
): Promise<void> {
  const browser = new Browser();
  const asPage = (init: RequestInit): RequestInit => ({
    ...init,
    headers: { ...(init.headers as Record<string, string>), origin },
  });
  const { client_id } = await read<{ client_id: string }>(
    browser.send(`${api}/oauth/register`, json({ client_name: 'Desk agent', redirect_uris: [redirect] })),
  );
  await browser.send(`${api}/api/auth/sign-in/email`, asPage(json({ email, password })));
  const verifier = randomBytes(32).toString('base64url');
  const asked = new URLSearchParams({
    client_id,
    response_type: 'code',
    redirect_uri: redirect,
    scope: 'tools.read tools.execute',
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
  });
  const page = await browser.send(`${api}/oauth/authorize?${asked}`);
  const request = `${api}/oauth/requests/${page.headers.get('location')!.split('/').at(-1)}`;
  const { person, scopes } = await read<{ person: { id: string }; scopes: string[] }>(browser.send(request));
  const answer = { allow: true, person: person.id, tenant, scopes };
  const { to } = await read<{ to: string }>(browser.send(request, asPage(json(answer))));
  const back = await browser.send(new URL(new URL(to).pathname, api));
  const code = new URL(back.headers.get('location')!).searchParams.get('code')!;
  const grant = { grant_type: 'authorization_code', code, redirect_uri: redirect, code_verifier: verifier };
  const { access_token } = await read<{ access_token: string }>(
    browser.send(`${api}/oauth/token`, {
      method: 'POST',
      body: new URLSearchParams({ client_id, ...grant }),
    }),
  );
  await fetch(`${api}/mcp`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${access_token}`,
      'content-type': 'application/json',
      accept: 'application/json, text/event-stream',
      'mcp-protocol-version': '2025-11-25',
    },
    body: JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/list', params: {} }),
  });
}

const read = async <T>(response: Promise<Response>): Promise<T> => (await (await response).json()) as T;
