import { setTimeout as sleep } from 'node:timers/promises';
import { createGzip } from 'node:zlib';
import { type Context, type Reply, ReplyError, type Route, route } from './http.ts';

const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD'];

/** Unusual responses: slow, huge, mislabelled, redirected. No auth. */
export function odditiesRoutes(): Route[] {
  return [
    ...methods.map((method) => route(method, '/odd/echo', echo)),
    ...methods.map((method) => route(method, '/odd/status/:code', status)),
    ...methods.map((method) => route(method, '/odd/redirect', redirect)),
    route('GET', '/odd/slow', slow),
    route('GET', '/odd/drip', drip),
    route('GET', '/odd/gzip-bomb', gzipBomb),
    route('GET', '/odd/large', ({ query }) =>
      text('x'.repeat(number(query, 'bytes', 2_000_000, 50_000_000)), 'text/plain'),
    ),
    route('GET', '/odd/broken-json', () => text('{"refundId": "re_', 'application/json')),
    route('GET', '/odd/html', () =>
      text('<!doctype html><title>Bad gateway</title><h1>502 Bad Gateway</h1>', 'text/html'),
    ),
    route('GET', '/odd/latin1', () => ({
      status: 200,
      body: Buffer.from('{"city":"Malm\xf6"}', 'latin1'),
      headers: { 'content-type': 'application/json; charset=iso-8859-1' },
    })),
    route('GET', '/odd/empty', () => ({ status: 204 })),
    route('GET', '/odd/binary', () => ({
      status: 200,
      body: Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0x00, 0xff]),
      headers: { 'content-type': 'image/png' },
    })),
    route('GET', '/odd/drop', ({ response }) => {
      response.socket?.destroy();
      return null;
    }),
  ];
}

/** Echoes the request with its credentials, as a careless provider does. */
function echo(context: Context): Reply {
  const { method, path, headers, body } = context;
  return {
    status: 200,
    body: {
      method,
      path,
      query: Object.fromEntries(context.query),
      headers,
      body: body ?? null,
      bytes: context.rawBody.length,
    },
  };
}

function status({ params, query }: Context): Reply {
  const code = Number(params.code);
  if (!Number.isInteger(code) || code < 200 || code > 599)
    throw new ReplyError(422, 'invalid_status', 'The status must be 200 to 599.');
  const retryAfter = query.get('retryAfter');
  const empty = code === 204 || code === 304;
  return {
    status: code,
    ...(!empty && { body: { status: code } }),
    ...(retryAfter && { headers: { 'retry-after': retryAfter } }),
  };
}

function redirect({ query }: Context): Reply {
  return { status: number(query, 'status', 302, 399), headers: { location: query.get('to') ?? '/odd/echo' } };
}

async function slow({ query }: Context): Promise<Reply> {
  const ms = number(query, 'ms', 5000, 120_000);
  await sleep(ms);
  return { status: 200, body: { waitedMs: ms } };
}

/** A JSON array, one number at a time. */
async function drip({ query, response }: Context): Promise<null> {
  const chunks = number(query, 'chunks', 20, 10_000);
  const everyMs = number(query, 'everyMs', 500, 60_000);
  response.writeHead(200, { 'content-type': 'application/json' });
  response.write('[0');
  for (let index = 1; index < chunks && !response.destroyed; index += 1) {
    await sleep(everyMs);
    response.write(`,${index}`);
  }
  response.end(']');
  return null;
}

/** Zeros: a thousand times smaller on the wire than in memory. */
async function gzipBomb({ query, response }: Context): Promise<null> {
  const megabytes = number(query, 'megabytes', 100, 2000);
  response.writeHead(200, { 'content-type': 'application/json', 'content-encoding': 'gzip' });
  const gzip = createGzip({ level: 9 });
  gzip.pipe(response);
  gzip.write('"');
  const zeros = Buffer.alloc(1_048_576, 0x30);
  for (let index = 0; index < megabytes && !response.destroyed; index += 1) {
    if (!gzip.write(zeros))
      await new Promise((resolve) =>
        [gzip, response].forEach((each) => each.once(each === gzip ? 'drain' : 'close', resolve)),
      );
  }
  gzip.end('"');
  return null;
}

function text(body: string, type: string): Reply {
  return { status: 200, body, headers: { 'content-type': `${type}; charset=utf-8` } };
}

function number(query: URLSearchParams, name: string, otherwise: number, most: number): number {
  const value = Number(query.get(name) ?? otherwise);
  return Number.isFinite(value) && value >= 0 ? Math.min(value, most) : otherwise;
}
