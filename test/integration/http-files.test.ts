import { createHash, randomBytes } from 'node:crypto';
import type pg from 'pg';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { fileInputSchema } from '../../shared/artifacts/artifact-schemas.ts';
import { createArtifactStore } from '../../shared/artifacts/server/artifact-store.ts';
import { removeUnusedArtifacts } from '../../shared/artifacts/server/remove-unused.ts';
import { workRequests } from '../../shared/erasure/server/work-requests.ts';
import { sweepRetention } from '../../shared/retention/server/sweep-retention.ts';
import { connectTo } from '../support/connect-admin.ts';
import { eventually } from '../support/eventually.ts';
import { createOwnDatabase } from '../support/own-database.ts';
import { type ProviderServer, sendJson, startProvider } from '../support/provider-server.ts';
import { issuePaths, startTestApi, type TestApi, type TestTenant } from '../support/test-api.ts';

const secret = 'token-9d2f61ab0c7e4835';
const dayMs = 86_400_000;
let api: TestApi;
let acme: TestTenant;
let other: TestTenant;
let provider: ProviderServer;
let admin: pg.Client;

// Files that no one uses are removed for every organization of a database.
beforeAll(async () => {
  const own = await createOwnDatabase();
  [provider, api, admin] = await Promise.all([
    startProvider(),
    startTestApi({ databaseUrl: own.databaseUrl }),
    connectTo(own.adminUrl),
  ]);
  [acme, other] = await Promise.all([api.tenant({ privateHosts: [provider.host] }), api.tenant()]);
});
afterEach(() => {
  provider.requests.length = 0;
});
afterAll(async () => {
  await api?.close();
  await provider?.close();
  await admin?.end();
});

let count = 0;
const create = (config: Record<string, unknown>, more: Record<string, unknown> = {}) =>
  acme.as.tenant_admin('POST', '/api/tools', {
    name: `files_${++count}`,
    type: 'http',
    auth: { type: 'bearer', token: secret },
    retry: { maxAttempts: 1 },
    config: { url: `${provider.url}/things`, ...config },
    ...more,
  });

async function toolOf(config: Record<string, unknown>, more: Record<string, unknown> = {}): Promise<string> {
  const made = await create(config, more);
  expect(made.status, JSON.stringify(made.body)).toBe(201);
  return made.body.id;
}

async function execute(toolId: string, payload: unknown = {}) {
  const { body } = await acme.as.operator('POST', `/api/tools/${toolId}/execute`, { payload });
  return body;
}

const upload = (
  content: Buffer | string,
  {
    type = 'text/csv',
    path = '/api/artifacts?name=report.csv',
    key = acme.keys.operator,
  }: { type?: string; path?: string; key?: string } = {},
) =>
  fetch(api.url + path, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': type },
    body: typeof content === 'string' ? content : new Uint8Array(content),
  });

const download = (id: string, key = acme.keys.operator) =>
  fetch(`${api.url}/api/artifacts/${id}/content`, { headers: { authorization: `Bearer ${key}` } });

const sha256 = (content: Buffer | string) => createHash('sha256').update(content).digest('hex');
const statusOf = async ({ id }: { id: string }) =>
  (await acme.as.viewer('GET', `/api/artifacts/${id}`)).status;
const inDays = (days: number) => new Date(Date.now() + days * dayMs);
const fileInput = { type: 'object', properties: { file: fileInputSchema }, required: ['file'] };

test('XML becomes JSON that the output schema shapes, and a transform may take it from there', async () => {
  provider.respond = (_request, response) => {
    response.writeHead(200, { 'content-type': 'application/xml' });
    response.end('<orders page="1"><order><id>1</id><total>19.90</total></order></orders>');
  };
  const order = {
    type: 'object',
    properties: { id: { type: 'string' }, total: { type: 'number' } },
    required: ['id', 'total'],
  };
  const orders = { type: 'object', properties: { order: { type: 'array', items: order } } };
  const outputSchema = { type: 'object', properties: { orders }, required: ['orders'] };
  const typed = await toolOf({ responseType: 'xml' }, { outputSchema });
  expect(await execute(typed)).toMatchObject({
    status: 'succeeded',
    output: { orders: { '@page': '1', order: [{ id: '1', total: 19.9 }] } },
  });
  const transformed = await toolOf({ responseType: 'xml', transform: 'body.orders.order.id' });
  expect(await execute(transformed)).toMatchObject({ status: 'succeeded', output: '1' });
  provider.respond = (_request, response) => {
    response.end('<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>');
  };
  const refused = await execute(typed);
  expect(refused).toMatchObject({ status: 'failed', failure: { code: 'invalid_output' } });
  expect(refused.failure.message).toContain('DOCTYPE');
});

test('a list in the query is sent as its style says, and as the preview shows it', async () => {
  provider.respond = (_request, response) => sendJson(response, 200, {});
  const inputSchema = { type: 'object', properties: { ids: { type: 'array' }, filter: { type: 'object' } } };
  const queryStyles = { ids: 'comma', filter: 'deepObject' };
  const tool = await toolOf({ queryStyles }, { inputSchema });
  const payload = { ids: ['a,b', 'c'], filter: { price: { gt: 5 } } };
  const preview = await acme.as.operator('POST', `/api/tools/${tool}/preview`, { payload });
  await execute(tool, payload);
  const sent = '/things?ids=a%2Cb,c&filter%5Bprice%5D%5Bgt%5D=5';
  expect(preview.body.request.url).toBe(provider.url + sent);
  expect(provider.requests.map(({ url }) => url)).toEqual([sent]);
  const unknown = await create({ queryStyles: { id: 'comma' } }, { inputSchema });
  expect([unknown.status, issuePaths(unknown)]).toEqual([422, ['/config/queryStyles/id']]);
});

test('a file is uploaded as a body, a form or JSON, once; another organization does not find it', async () => {
  const content = randomBytes(100_000);
  const raw = await upload(content, { type: 'application/pdf', path: '/api/artifacts?name=a%20b.pdf' });
  expect(raw.status).toBe(201);
  const artifact = await raw.json();
  expect(artifact).toMatchObject({
    name: 'a b.pdf',
    contentType: 'application/pdf',
    bytes: content.length,
    sha256: sha256(content),
    reference: { artifact: artifact.id, sha256: sha256(content) },
  });
  const form = new FormData();
  form.append('note', 'x');
  form.append('file', new Blob([content], { type: 'application/pdf' }), 'a b.pdf');
  const headers = { authorization: `Bearer ${acme.keys.operator}` };
  const multipart = await fetch(`${api.url}/api/artifacts`, { method: 'POST', headers, body: form });
  expect((await multipart.json()).id).toBe(artifact.id);
  const json = await acme.as.operator('POST', '/api/artifacts', {
    name: 'other.bin',
    data: content.toString('base64'),
  });
  expect(json.body).toMatchObject({ name: 'other.bin', contentType: 'application/octet-stream' });
  expect(json.body.id).not.toBe(artifact.id);
  const stored = await admin.query('SELECT bytes FROM artifact_content WHERE tenant_id = $1', [acme.id]);
  expect(stored.rows).toEqual([{ bytes: content.length }]);

  const got = await download(artifact.id);
  expect(Buffer.from(await got.arrayBuffer()).equals(content)).toBe(true);
  expect(Object.fromEntries(got.headers)).toMatchObject({
    'content-type': 'application/octet-stream',
    'content-disposition': `attachment; filename="a b.pdf"; filename*=UTF-8''a%20b.pdf`,
    'x-content-type-options': 'nosniff',
    'cache-control': 'no-store',
  });
  expect((await acme.as.viewer('GET', `/api/artifacts/${artifact.id}`)).body.name).toBe('a b.pdf');
  // Nothing in a file is redacted.
  expect((await download(artifact.id, acme.keys.viewer)).status).toBe(403);
  expect((await upload('x', { key: acme.keys.viewer })).status).toBe(403);
  expect((await download(artifact.id, other.keys.operator)).status).toBe(404);
  expect((await other.as.operator('GET', `/api/artifacts/${artifact.id}`)).status).toBe(404);
  expect((await download('no-id')).status).toBe(404);
  expect((await fetch(`${api.url}/api/artifacts/${artifact.id}/content`)).status).toBe(401);
});

test('what is no file, or too large, is refused and not stored', async () => {
  const two = new FormData();
  two.append('a', new Blob(['a']), 'a');
  two.append('b', new Blob(['b']), 'b');
  const headers = { authorization: `Bearer ${acme.keys.operator}` };
  const forms = await fetch(`${api.url}/api/artifacts`, { method: 'POST', headers, body: two });
  expect([forms.status, (await forms.json()).error.message]).toEqual([
    400,
    expect.stringContaining('2 files'),
  ]);
  expect((await upload('nothing', { type: 'multipart/form-data; boundary=x' })).status).toBe(400);
  const base64 = await acme.as.operator('POST', '/api/artifacts', { data: '%' });
  expect([base64.status, issuePaths(base64)]).toEqual([422, ['/data']]);
  const named = await upload('x', { path: '/api/artifacts?name=a%2Fb' });
  expect([named.status, (await named.json()).error.issues[0].path]).toEqual([422, '/name']);
  expect((await upload(Buffer.alloc(16_777_217))).status).toBe(413);
  // Of all files together.
  const small = createArtifactStore(api.services.db, 1_000);
  const put = (content: Buffer) =>
    small.put(other.id, { name: 'a', contentType: 'text/plain', content }, { actor: actorOf('a') });
  await put(Buffer.alloc(600));
  await put(Buffer.alloc(600));
  await expect(put(Buffer.alloc(500))).rejects.toMatchObject({ code: 'payload_too_large' });
});

const actorOf = (id: string) => ({ type: 'user', id, name: id }) as const;

test('a file is sent as the body or as a part of a form: the preview shows name, type, size and digest, never its content', async () => {
  const content = 'id,amount\n1,19.90\n';
  const { reference } = await (await upload(content)).json();
  provider.respond = (_request, response) => sendJson(response, 200, { ok: true });
  const raw = await toolOf(
    { method: 'PUT', bodyType: 'binary', body: '{file}' },
    { inputSchema: fileInput, auth: { type: 'bearer', token: secret } },
  );
  const preview = await acme.as.operator('POST', `/api/tools/${raw}/preview`, {
    payload: { file: reference },
  });
  expect(preview.body.request).toMatchObject({
    body: { name: 'report.csv', contentType: 'text/csv', bytes: content.length, sha256: sha256(content) },
  });
  expect(JSON.stringify(preview.body)).not.toContain('amount');
  const done = await execute(raw, { file: reference });
  expect(done.status, JSON.stringify(done.failure)).toBe('succeeded');
  expect(provider.requests[0]).toMatchObject({ method: 'PUT', body: content });
  expect(provider.requests[0]!.headers['content-type']).toBe('text/csv');

  const form = await toolOf({ method: 'POST', bodyType: 'multipart' }, { inputSchema: { type: 'object' } });
  expect((await execute(form, { note: 'x', file: reference })).status).toBe('succeeded');
  const { headers, body } = provider.requests[1]!;
  const parts = await new Response(body, {
    headers: { 'content-type': headers['content-type']! },
  }).formData();
  const file = parts.get('file') as File;
  expect([parts.get('note'), file.name, file.type, await file.text()]).toEqual([
    'x',
    'report.csv',
    'text/csv',
    content,
  ]);
  const shown = await acme.as.viewer('GET', `/api/tools/executions/${done.id}`);
  expect(JSON.stringify(shown.body)).not.toContain('amount');
});

test('a file that is not the one of the preview, or of another organization, is not sent', async () => {
  const { reference } = await (await upload('mine')).json();
  const foreign = await (await upload('theirs', { key: other.keys.operator })).json();
  const tool = await toolOf(
    { method: 'POST', bodyType: 'binary', body: '{file}' },
    { inputSchema: { type: 'object', properties: { file: {} }, required: ['file'] } },
  );
  const changed = await execute(tool, { file: { ...reference, sha256: sha256('another') } });
  expect(changed).toMatchObject({ status: 'failed', failure: { code: 'provider_error' } });
  expect(changed.failure.message).toContain('not the one that the payload describes');
  const notOurs = await execute(tool, { file: foreign.reference });
  expect(notOurs.failure.message).toContain('was not found');
  const vague = await acme.as.operator('POST', `/api/tools/${tool}/execute`, {
    payload: { file: { artifact: reference.artifact } },
  });
  expect([vague.status, vague.body.issues[0].path]).toEqual([422, '/file']);
  expect(provider.requests).toEqual([]);
});

test('a response becomes a file, which the next call sends; one with the credential in it is not stored', async () => {
  const content = randomBytes(50_000);
  provider.respond = ({ headers, url }, response) => {
    response.writeHead(200, {
      'content-type': 'image/png',
      'content-disposition': `attachment; filename="../a.png"; filename*=UTF-8''..%2Fb%20%C3%A9.png`,
    });
    response.end(url.includes('echo') ? `you sent ${headers.authorization}` : content);
  };
  const tool = await toolOf({ responseType: 'file' });
  const done = await execute(tool);
  expect(done).toMatchObject({
    status: 'succeeded',
    output: { name: 'b é.png', contentType: 'image/png', bytes: content.length, sha256: sha256(content) },
  });
  expect((await execute(tool)).output).toEqual(done.output);
  const got = await download(done.output.artifact);
  expect(Buffer.from(await got.arrayBuffer()).equals(content)).toBe(true);

  const echo = await execute(await toolOf({ responseType: 'file', query: { echo: 1 } }));
  expect(echo).toMatchObject({ status: 'failed', failure: { code: 'invalid_output' } });
  expect(echo.failure.message).toContain('credential of the tool');

  provider.respond = (_request, response) => sendJson(response, 404, { message: 'No such file' });
  const missing = await execute(tool);
  expect(missing).toMatchObject({ status: 'failed', output: { message: 'No such file' } });
  const refused = await create({ responseType: 'file', transform: 'body', stream: 'sse' });
  expect(issuePaths(refused)).toEqual(['/config/stream', '/config/transform']);
});

test('the erasure of a person releases the files of the executions that it changes', async () => {
  const email = 'fay.file@people.example';
  const { id, reference } = await (await upload('fay')).json();
  provider.respond = (_request, response) => sendJson(response, 200, {});
  const tool = await toolOf({ method: 'POST', bodyType: 'multipart' });
  expect((await execute(tool, { file: reference, to: email })).status).toBe('succeeded');
  const searches = '/api/personal-data/searches';
  const begun = await acme.as.tenant_admin('POST', searches, { values: [email] });
  const after = (state: () => Promise<boolean>) =>
    eventually(
      async () => {
        await workRequests(api.services, { always: true });
        return state();
      },
      { timeoutMs: 90_000 },
    );
  await after(async () => {
    const { body } = await acme.as.tenant_admin('GET', `${searches}/${begun.body.id}`);
    return body.status === 'found';
  });
  await removeUnusedArtifacts(api.services.db);
  expect(await statusOf({ id })).toBe(200);
  const confirmed = await acme.as.tenant_admin('POST', `${searches}/${begun.body.id}/erase`, {
    confirm: email,
  });
  expect(confirmed.status).toBe(200);
  await after(async () => {
    await removeUnusedArtifacts(api.services.db);
    return (await statusOf({ id })) === 404;
  });
}, 200_000);

test('files go with the payloads of the executions that use them; what no one uses goes after 30 days', async () => {
  const unused = await (await upload('never sent')).json();
  const kept = await (await upload('sent once')).json();
  provider.respond = (_request, response) => sendJson(response, 200, {});
  const send = await toolOf(
    { method: 'POST', bodyType: 'binary', body: '{file}' },
    { inputSchema: fileInput },
  );
  expect((await execute(send, { file: kept.reference })).status).toBe('succeeded');

  await removeUnusedArtifacts(api.services.db, inDays(29));
  expect([await statusOf(unused), await statusOf(kept)]).toEqual([200, 200]);
  await removeUnusedArtifacts(api.services.db, inDays(31));
  expect([await statusOf(unused), await statusOf(kept)]).toEqual([404, 200]);
  const bytes = await admin.query('SELECT FROM artifact_content WHERE digest = $1', [
    Buffer.from(unused.sha256, 'hex'),
  ]);
  expect(bytes.rowCount).toBe(0);

  const days = { payloadDays: 30, eventDays: null, deliveryDays: null };
  expect((await acme.as.tenant_admin('PUT', '/api/settings/retention', days)).status).toBe(200);
  await sweepRetention(api.services, { now: inDays(32), always: true });
  expect(await statusOf(kept)).toBe(200);
  await removeUnusedArtifacts(api.services.db);
  expect(await statusOf(kept)).toBe(404);
});
