import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { get } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync, brotliDecompressSync, gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTestApi, type TestApi, type TestTenant } from '../support/test-api.ts';

const page = `<!doctype html><title>Interlock</title>${'<p>A page</p>'.repeat(200)}`;
const script = `export const words = ${JSON.stringify('words '.repeat(1000))};`;

interface Raw {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  bytes: Buffer;
}

const decoders: Record<string, (bytes: Buffer) => Buffer> = {
  br: brotliDecompressSync,
  gzip: gunzipSync,
  identity: (bytes) => bytes,
};
const textOf = ({ headers, bytes }: Raw) =>
  String(decoders[String(headers['content-encoding'] ?? 'identity')]!(bytes));

describe('compression', () => {
  let api: TestApi;
  let acme: TestTenant;
  let large: string;

  beforeAll(async () => {
    const dist = mkdtempSync(join(tmpdir(), 'interlock-web-'));
    mkdirSync(join(dist, 'assets'));
    for (const [file, content] of Object.entries({ 'index.html': page, 'assets/main-3f2a.js': script })) {
      writeFileSync(join(dist, file), content);
      writeFileSync(join(dist, `${file}.br`), brotliCompressSync(content));
      writeFileSync(join(dist, `${file}.gz`), gzipSync(content));
    }
    writeFileSync(join(dist, 'assets/one-77.js'), script);
    api = await startTestApi({ webDist: dist, worker: false });
    acme = await api.tenant();
    const { body } = await acme.as.tool_admin('POST', '/api/tools', {
      name: 'large',
      type: 'dummy',
      description: 'What it does. '.repeat(120),
      inputSchema: {
        type: 'object',
        properties: Object.fromEntries(
          Array.from({ length: 80 }, (_, index) => [
            `field_${index}`,
            { type: 'string', description: 'A field' },
          ]),
        ),
      },
    });
    large = body.id;
  });
  afterAll(() => api?.close());

  /** As it arrives: `fetch` decodes. */
  function raw(path: string, accept: string, headers: Record<string, string> = {}): Promise<Raw> {
    return new Promise((resolve, reject) => {
      const sent = {
        'accept-encoding': accept,
        authorization: `Bearer ${acme.keys.tenant_admin}`,
        ...headers,
      };
      get(`${api.url}${path}`, { headers: sent }, (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () =>
          resolve({
            status: response.statusCode ?? 0,
            headers: response.headers,
            bytes: Buffer.concat(chunks),
          }),
        );
        response.on('error', reject);
      }).on('error', reject);
    });
  }

  test.each([
    ['br, gzip', 'br'],
    ['gzip', 'gzip'],
    ['identity', undefined],
    ['br;q=0, gzip', 'gzip'],
  ])(
    'a client that accepts %s gets pages, scripts and large responses of the API as %s',
    async (accept, encoding) => {
      for (const [path, content] of [
        ['/', page],
        ['/t/acme/tools', page],
        ['/assets/main-3f2a.js', script],
        [`/api/tools/${large}`, null],
        ['/api/openapi.json', null],
        ['/api/tools/executions.csv', ''],
      ] as const) {
        const response = await raw(path, accept);
        expect(response.status, path).toBe(200);
        if (content === '') continue;
        expect(response.headers['content-encoding'], path).toBe(encoding);
        if (content !== null) expect(textOf(response), path).toBe(content);
        else expect(() => JSON.parse(textOf(response)), path).not.toThrow();
        if (encoding !== undefined) expect(response.headers.vary, path).toMatch(/accept-encoding/i);
      }
    },
  );

  test('a file that was not compressed is served as it is, or compressed now', async () => {
    expect(textOf(await raw('/assets/one-77.js', 'br'))).toBe(script);
  });

  test('an entity tag names its encoding, finds the response unchanged, and guards a change', async () => {
    const path = `/api/tools/${large}`;
    const [plain, br, gzip] = await Promise.all(
      ['identity', 'br', 'gzip'].map((accept) => raw(path, accept)),
    );
    const tags = [plain, br, gzip].map((response) => String(response?.headers.etag));
    expect(new Set(tags).size).toBe(3);
    for (const accept of ['identity', 'br', 'gzip'])
      for (const tag of tags)
        expect((await raw(path, accept, { 'if-none-match': tag })).status, `${tag} for ${accept}`).toBe(304);
    expect((await raw(path, 'br', { 'if-none-match': '"other"' })).status).toBe(200);
    const definition = { name: 'large', type: 'dummy' };
    const stale = await acme.as.tool_admin('PUT', path, definition, { 'if-match': '"0-x-br"' });
    expect(stale.status).toBe(412);
    const changed = await acme.as.tool_admin('PUT', path, definition, { 'if-match': tags[1]! });
    expect(changed.status, JSON.stringify(changed.body)).toBe(200);

    const [asset, script] = [
      await raw('/assets/main-3f2a.js', 'br'),
      await raw('/assets/main-3f2a.js', 'gzip'),
    ];
    expect(asset.headers.etag).not.toBe(script.headers.etag);
    const again = await raw('/assets/main-3f2a.js', 'br', { 'if-none-match': String(asset.headers.etag) });
    expect(again.status).toBe(304);
  });

  test('small responses and those of accounts stay as they are', async () => {
    for (const path of ['/api/me', '/healthz', '/api/auth/get-session', '/trpc/me.get'])
      expect((await raw(path, 'br, gzip')).headers['content-encoding'], path).toBeUndefined();
  });

  test('a large response of tRPC is compressed, and has its status and headers', async () => {
    const input = encodeURIComponent(JSON.stringify({ limit: 100 }));
    const response = await raw(`/trpc/tools.list?input=${input}`, 'gzip');
    expect([response.status, response.headers['cache-control']]).toEqual([200, 'no-store']);
    expect(JSON.parse(textOf(response)).result.data.items.length).toBeGreaterThan(0);
    const refused = await raw('/trpc/tools.get?input=%7B%22id%22%3A%22x%22%7D', 'gzip');
    expect(refused.status).toBe(404);
  });

  test('a live stream is not compressed: its first words arrive at once', async () => {
    const first = await new Promise<[unknown, string]>((resolve, reject) => {
      const headers = { 'accept-encoding': 'br, gzip', authorization: `Bearer ${acme.keys.viewer}` };
      const request = get(`${api.url}/api/events/stream`, { headers }, (response) => {
        response.once('data', (chunk: Buffer) => {
          resolve([response.headers['content-encoding'], String(chunk)]);
          request.destroy();
        });
      });
      request.on('error', reject);
    });
    expect(first[0]).toBeUndefined();
    expect(first[1]).toContain(': connected');
  });
});
