import { timingSafeEqual } from 'node:crypto';
import { demoCredentials } from './credentials.ts';
import { type Context, type Handler, ReplyError } from './http.ts';

/** Handlers that run only when `check` accepts the request. */
export function guarded(check: (context: Context) => void): (handle: Handler) => Handler {
  return (handle) => (context) => {
    check(context);
    return handle(context);
  };
}

export function requireApiKey(context: Context): void {
  if (same(String(context.headers['x-api-key'] ?? ''), demoCredentials.paymentsApiKey)) return;
  throw new ReplyError(401, 'unauthorized', 'A valid key is needed in the header x-api-key.');
}

export function requireQueryKey(context: Context): void {
  if (same(context.query.get('api_key') ?? '', demoCredentials.ratesApiKey)) return;
  throw new ReplyError(401, 'unauthorized', 'A valid key is needed in the query parameter api_key.');
}

export function requireLedgerCookie(context: Context): void {
  const cookies = (context.headers.cookie ?? '').split(';').map((each) => each.trim());
  const value =
    cookies.find((each) => each.startsWith('ledger_session='))?.slice('ledger_session='.length) ?? '';
  if (same(decodeURIComponent(value), demoCredentials.ledgerSession)) return;
  throw new ReplyError(401, 'unauthorized', 'A valid cookie ledger_session is needed.');
}

export function requireShippingToken(context: Context): void {
  if (same(bearer(context), demoCredentials.shippingToken)) return;
  throw new ReplyError(401, 'unauthorized', 'A valid bearer token is needed.', {
    'www-authenticate': 'Bearer realm="shipping"',
  });
}

export function requireOperationsToken(context: Context): void {
  if (same(bearer(context), demoCredentials.operationsToken)) return;
  throw new ReplyError(401, 'unauthorized', 'A valid bearer token is needed.', {
    'www-authenticate': 'Bearer realm="operations"',
  });
}

export function requireBasic(context: Context): void {
  const { basicUsername, basicPassword } = demoCredentials;
  const [username = '', password = ''] = basic(context) ?? [];
  if (same(username, basicUsername) && same(password, basicPassword)) return;
  throw new ReplyError(401, 'unauthorized', 'A user name and password are needed.', {
    'www-authenticate': 'Basic realm="reports"',
  });
}

export function bearer(context: Context): string {
  return /^Bearer (.+)$/i.exec(context.headers.authorization ?? '')?.[1] ?? '';
}

/** Name and password of a Basic header. */
export function basic(context: Context): [string, string] | null {
  const encoded = /^Basic (.+)$/i.exec(context.headers.authorization ?? '')?.[1];
  if (!encoded) return null;
  const [name = '', ...rest] = Buffer.from(encoded, 'base64').toString('utf8').split(':');
  return [name, rest.join(':')];
}

export function same(given: string, wanted: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(wanted)];
  return a.length === b.length && timingSafeEqual(a, b);
}
