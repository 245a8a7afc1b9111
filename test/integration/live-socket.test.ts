import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { buildWebServer } from '../../api/web-server.ts';
import { readServerEnvironment } from '../../shared/platform/server/environment.ts';
import { createLogger } from '../../shared/platform/server/logger.ts';
import { anotherServer } from '../support/another-server.ts';
import { startBalancer } from '../support/balancer.ts';
import { connectAdmin } from '../support/connect-admin.ts';
import { eventually } from '../support/eventually.ts';
import { type ProviderServer, startProvider } from '../support/provider-server.ts';
import { openSocket, type TestSocket } from '../support/socket-client.ts';
import { cookieOf, startTestApi, type TestApi, type TestTenant } from '../support/test-api.ts';

/** Any open transaction of the database delays the event log, and other tests open some. */
const patience = { timeoutMs: 45_000 };

describe('the live WebSocket', () => {
  let api: TestApi;
  let acme: TestTenant;
  let globex: TestTenant;
  let provider: ProviderServer;
  let held: ServerResponse[] = [];
  const open: TestSocket[] = [];

  beforeAll(async () => {
    provider = await startProvider((_request, response) => held.push(response));
    api = await startTestApi();
    [acme, globex] = await Promise.all([api.tenant({ privateHosts: [provider.host] }), api.tenant()]);
  });
  afterEach(async () => {
    await Promise.all(open.splice(0).map((each) => each.stop()));
    for (const response of held) response.destroy();
    held = [];
  });
  afterAll(async () => {
    await api?.close();
    await provider?.close();
  });

  const keyOf = (tenant: TestTenant) => ({ authorization: `Bearer ${tenant.keys.viewer}` });
  async function listen(query: string, headers: Record<string, string> = keyOf(acme), url = api.url) {
    const socket = await openSocket(`${url}/api/live?${query}`, headers);
    open.push(socket);
    return { ...socket, names: () => namesOf(socket) };
  }
  const namesOf = ({ messages }: TestSocket) =>
    messages.flatMap(({ data }) => (typeof data?.data?.name === 'string' ? [data.data.name] : []));
  const createTool = (tenant: TestTenant, name: string) =>
    tenant.as.tool_admin('POST', '/api/tools', { name, type: 'dummy' });

  test('each event of the tenant comes once, as the stream of server-sent events has it, and goes on after a position', async () => {
    const stop = new AbortController();
    const stream = await fetch(`${api.url}/api/events/stream?types=ToolCreated`, {
      headers: keyOf(acme),
      signal: stop.signal,
    });
    let sse = '';
    const reading = (async () => {
      for await (const chunk of stream.body!.pipeThrough(new TextDecoderStream())) sse += chunk;
    })().catch(() => {});
    const all = await listen('');
    const [created, archived, foreign] = [
      await listen('types=ToolCreated'),
      await listen('types=ToolArchived'),
      await listen('', keyOf(globex)),
    ];
    expect(all.messages[0]).toEqual({ event: 'connected', id: expect.stringMatching(/^\d+-\d+$/) });
    await createTool(acme, 'one');
    await createTool(globex, 'theirs');
    await createTool(acme, 'two');
    for (const each of [all, created]) await eventually(() => each.names().includes('two'), patience);
    await eventually(() => foreign.names().length > 0, patience);
    expect(created.names()).toEqual(['one', 'two']);
    expect(foreign.names()).toEqual(['theirs']);
    expect(archived.names()).toEqual([]);
    await eventually(() => sse.includes('"two"'), patience);
    const sent = [...sse.matchAll(/^id: (.+)\ndata: (.+)$/gm)].map(([, id, data]) => ({
      id,
      data: JSON.parse(data!),
    }));
    expect(created.messages.slice(1)).toEqual(sent);
    stop.abort();
    await reading;

    const last = created.messages.at(-1).id;
    await created.stop();
    await createTool(acme, 'missed');
    const again = await listen(`types=ToolCreated&after=${last}`);
    await createTool(acme, 'after');
    await eventually(() => again.names().includes('after'), patience);
    expect(again.names()).toEqual(['missed', 'after']);
  });

  test('what an execution shows comes while it runs, goes on after a position, and ends', async () => {
    const tool = await acme.as.tenant_admin('POST', '/api/tools', {
      name: 'shows',
      type: 'http',
      timeoutMs: 60_000,
      retry: { maxAttempts: 1 },
      config: { url: `${provider.url}/stream`, stream: 'ndjson' },
    });
    const { body } = await acme.as.operator(
      'POST',
      `/api/tools/${tool.body.id}/execute`,
      { payload: {} },
      { prefer: 'respond-async' },
    );
    await eventually(() => held.length > 0, patience);
    held[0]!.writeHead(200, { 'content-type': 'application/x-ndjson' });
    held[0]!.write('{"n":1}\n{"n":2}\n');
    const whole = await listen(`executionId=${body.id}`);
    await eventually(() => whole.messages.length === 3, patience);
    const rest = await listen(`executionId=${body.id}&after=1.1`);
    held[0]!.end('{"n":9007199254740993}\n');
    expect(await whole.closed).toMatchObject({ code: 1000 });
    await rest.closed;
    const shown = ({ messages }: TestSocket) =>
      messages.map(({ id, event, data }) => [id ?? event, data?.number]);
    expect(shown(whole)).toEqual([
      ['0.0', undefined],
      ['1.1', 1],
      ['1.2', 2],
      ['1.3', 3],
      ['end', undefined],
    ]);
    expect(shown(rest)).toEqual([
      ['1.1', undefined],
      ['1.2', 2],
      ['1.3', 3],
      ['end', undefined],
    ]);
    await expect(listen(`executionId=${body.id}`, keyOf(globex))).rejects.toThrow('404');
  });

  test('whoever may not listen is refused before there is a connection', async () => {
    const { headers } = await api.signIn(acme.email, acme.password);
    const cookie = cookieOf(headers);
    const origin = api.services.environment.publicUrl;
    const refused = async (query: string, sent: Record<string, string>) =>
      listen(query, sent).then(
        () => 'open',
        (error: Error) => /^(\d+) .*"code":"(\w+)"/.exec(error.message)?.slice(1).join(' ') ?? error.message,
      );
    const tenant = `tenant=${acme.slug}`;
    expect(await refused('', {})).toBe('401 unauthorized');
    expect(await refused('', { authorization: 'Bearer wrong' })).toBe('401 unauthorized');
    // A page of another site: the browser sends the cookie.
    expect(await refused(tenant, { cookie, origin: 'https://evil.example' })).toBe('403 forbidden');
    expect(await refused(tenant, { cookie, 'sec-fetch-site': 'cross-site' })).toBe('403 forbidden');
    expect(await refused(`tenant=${globex.slug}`, { cookie, origin })).toBe('403 forbidden');
    expect(await refused(tenant, { cookie, origin })).toBe('open');
    expect(await refused('types=Nothing', keyOf(acme))).toBe('422 invalid_input');
    expect(await refused('after=yesterday', keyOf(acme))).toBe('422 invalid_input');
    expect(await refused('executionId=nothing', keyOf(acme))).toBe('404 not_found');
    const limited = await acme.as.tenant_admin('POST', '/api/api-keys', {
      name: 'rest only',
      roles: ['viewer'],
      doors: ['rest'],
    });
    expect(await refused('', { authorization: `Bearer ${limited.body.key}` })).toBe('403 forbidden');
    expect((await acme.as.viewer('GET', '/api/live')).status).toBe(400);
  });

  test('a connection ends when its key is revoked, or its session', async () => {
    const made = await acme.as.tenant_admin('POST', '/api/api-keys', {
      name: 'to revoke',
      roles: ['viewer'],
    });
    const byKey = await listen('', { authorization: `Bearer ${made.body.key}` });
    const { headers } = await api.signIn(acme.email, acme.password);
    const session = { cookie: cookieOf(headers), origin: api.services.environment.publicUrl };
    const byPage = await listen(`tenant=${acme.slug}`, session);
    const revoking = await acme.as.tenant_admin('DELETE', `/api/api-keys/${made.body.id}`);
    const leaving = await api.call(null)('POST', '/api/auth/sign-out', {}, session);
    expect([revoking.status, leaving.status]).toEqual([204, 200]);
    for (const each of [byKey, byPage])
      expect(await each.closed).toEqual({ code: 4403, reason: 'You may no longer listen here.' });
    const revoked = await listen('', { authorization: `Bearer ${made.body.key}` }).catch(
      (error: Error) => error,
    );
    expect(String(revoked)).toContain('401');
  });

  test('a reader that does not read costs little memory, and misses nothing', async () => {
    const another = await anotherServer(api);
    const connections: Socket[] = [];
    another.app.server.on('connection', (socket: Socket) => connections.push(socket));
    try {
      const slow = await listen('types=ToolArchived', keyOf(acme), another.url);
      const [connection] = connections;
      const quick = await listen('types=ToolArchived');
      slow.socket.pause();
      const count = 20_000;
      const admin = await connectAdmin();
      await admin.query(
        `INSERT INTO event (tenant_id, type, subject_type, subject_id, actor_type, actor_id, actor_name, data)
         SELECT $1, 'ToolArchived', 'tool', n::text, 'system', 'test', 'Test', json_build_object('text', repeat('x', 2000))
         FROM generate_series(1, $2::int) n`,
        [acme.id, count],
      );
      await admin.end();
      await eventually(() => quick.messages.at(-1)?.data?.subjectId === String(count), patience);
      // 40 MB were sent to the other one.
      expect(connection!.writableLength).toBeLessThan(100_000);
      expect(slow.messages.length).toBeLessThan(count / 2);
      slow.socket.resume();
      await eventually(() => slow.messages.at(-1)?.data?.subjectId === String(count), patience);
      const seen = slow.messages.flatMap(({ data }) => (data ? [Number(data.subjectId)] : []));
      expect(seen).toEqual(Array.from({ length: count }, (_, index) => index + 1));
    } finally {
      await another.app.close();
    }
  });

  test('a server that stops ends connections so that they go elsewhere, and takes no more', async () => {
    const another = await anotherServer(api);
    try {
      const first = await listen('', keyOf(acme), another.url);
      another.drain.begin();
      expect(await first.closed).toMatchObject({ code: 1001 });
      await expect(listen('', keyOf(acme), another.url)).rejects.toThrow('503');
    } finally {
      await another.app.close();
    }
    const third = await anotherServer(api);
    const second = await listen('', keyOf(acme), third.url);
    second.socket.pause();
    const before = performance.now();
    await third.app.close();
    expect(performance.now() - before).toBeLessThan(5_000);
  });

  test('a tenant has so many connections, and gives back those that it closes', async () => {
    const { environment } = api.services;
    const before = environment.INTERLOCK_TENANT_SOCKETS;
    environment.INTERLOCK_TENANT_SOCKETS = 2;
    try {
      // Those of the tests before may be closing.
      for (const _each of [1, 2]) await eventually(() => listen('').then(Boolean, () => false), patience);
      await expect(listen('')).rejects.toThrow(/429 .*rate_limited/);
      expect((await listen('', keyOf(globex))).socket.readyState).toBe(1);
      await Promise.all(open.splice(0).map((each) => each.stop()));
      await eventually(() => listen('').then(Boolean, () => false), patience);
    } finally {
      environment.INTERLOCK_TENANT_SOCKETS = before;
    }
  });

  test('two processes behind a balancer and a web process tell the same, whichever caused it', async () => {
    const [one, two] = [await anotherServer(api), await anotherServer(api)];
    const balancer = await startBalancer([one.url, two.url]);
    const dist = mkdtempSync(join(tmpdir(), 'interlock-web-'));
    writeFileSync(join(dist, 'index.html'), '<!doctype html>');
    const web = await buildWebServer(
      readServerEnvironment({ INTERLOCK_ROLES: 'web', INTERLOCK_WEB_DIST: dist }),
      createLogger('silent'),
      balancer.url,
    );
    const url = await web.listen({ host: '127.0.0.1', port: 0 });
    try {
      await eventually(() => balancer.inService().length === 2, patience);
      const both = [
        await listen('types=ToolCreated', keyOf(acme), url),
        await listen('types=ToolCreated', keyOf(acme), url),
        await listen('types=ToolCreated', keyOf(acme), balancer.url),
      ];
      const authorization = `Bearer ${acme.keys.tool_admin}`;
      for (const [server, name] of [
        [one, 'by_one'],
        [two, 'by_two'],
      ] as const)
        await fetch(`${server.url}/api/tools`, {
          method: 'POST',
          headers: { authorization, 'content-type': 'application/json' },
          body: JSON.stringify({ name, type: 'dummy' }),
        });
      for (const each of both) {
        await eventually(() => each.names().includes('by_two'), patience);
        expect(each.names()).toEqual(['by_one', 'by_two']);
      }
      // What the API refuses comes back through both.
      await expect(listen('', {}, url)).rejects.toThrow(/401 .*unauthorized/);
      // A process that ends takes its connections with it; they go on at another.
      const last = both[0]!.messages.at(-1).id;
      one.drain.begin();
      two.drain.begin();
      for (const each of both) expect(await each.closed).toMatchObject({ code: 1001 });
      const again = await listen(`types=ToolCreated&after=${last}`);
      await createTool(acme, 'later');
      await eventually(() => again.names().includes('later'), patience);
      expect(again.names()).toEqual(['later']);
    } finally {
      await web.close();
      await balancer.close();
      await Promise.all([one.app.close(), two.app.close()]);
      rmSync(dist, { recursive: true, force: true });
    }
  });

  test('without the API behind it, a web process says so', async () => {
    const dist = mkdtempSync(join(tmpdir(), 'interlock-web-'));
    writeFileSync(join(dist, 'index.html'), '<!doctype html>');
    const settings = readServerEnvironment({ INTERLOCK_ROLES: 'web', INTERLOCK_WEB_DIST: dist });
    const web = await buildWebServer(settings, createLogger('silent'), 'http://127.0.0.1:1');
    try {
      const url = await web.listen({ host: '127.0.0.1', port: 0 });
      await expect(listen('', keyOf(acme), url)).rejects.toThrow(/503 .*unavailable/);
      const elsewhere = openSocket(`${url}/api/live`, { ...keyOf(acme), host: 'evil.example' });
      await expect(elsewhere).rejects.toThrow(/400 .*bad_request/);
    } finally {
      await web.close();
      rmSync(dist, { recursive: true, force: true });
    }
  });

  test('an upgrade that no route offers has no effect', async () => {
    for (const upgrade of ['h2c', 'websocket']) {
      const sent = fetchWithUpgrade(`${api.url}/api/tools?limit=1`, upgrade);
      expect(await sent).toMatchObject({ status: 200 });
    }
  });

  async function fetchWithUpgrade(url: string, upgrade: string): Promise<{ status: number }> {
    const { request } = await import('node:http');
    const answered = Promise.withResolvers<{ status: number }>();
    request(url, { headers: { ...keyOf(acme), connection: 'Upgrade', upgrade } }, (response) => {
      response.resume();
      answered.resolve({ status: response.statusCode! });
    })
      .on('error', answered.reject)
      .end();
    return answered.promise;
  }
});
