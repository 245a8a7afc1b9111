import { v7 as uuidv7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { eventually } from '../support/eventually.ts';
import { type ProviderServer, sendJson, startProvider } from '../support/provider-server.ts';
import { dumpDatabase, findSecret } from '../support/secret-scan.ts';
import { issuePaths, startTestApi, type TestApi, type TestTenant } from '../support/test-api.ts';

/** The tool of API.md, with another host. */
const refund = (url: string) => ({
  name: 'refund_payment',
  title: 'Refund a payment',
  description: '…',
  category: 'payments',
  tags: ['finance'],
  type: 'http',
  scope: 'tenant',
  inputSchema: {
    type: 'object',
    required: ['paymentId', 'amount'],
    properties: { paymentId: { type: 'string' }, amount: { type: 'number', exclusiveMinimum: 0 } },
  },
  outputSchema: { type: 'object', required: ['refundId'] },
  auth: { type: 'api_key', in: 'header', name: 'x-api-key', value: 'sk-live-4242+/= secret' },
  config: { method: 'POST', url: `${url}/v1/payments/{paymentId}/refunds`, headers: {}, query: {}, body: {} },
  timeoutMs: 10000,
  deadlineMs: 60000,
  retry: { maxAttempts: 3, initialMs: 500, factor: 2, maxMs: 10000 },
  idempotent: false,
  rateLimit: { requestsPerMinute: 60, burst: 10 },
});

describe('the registry of tools and connectors', () => {
  let api: TestApi;
  let acme: TestTenant;
  let globex: TestTenant;
  let provider: ProviderServer;
  let other: ProviderServer;

  beforeAll(async () => {
    provider = await startProvider((request, response) =>
      sendJson(response, 200, { refundId: 're_1', key: request.headers['x-api-key'] ?? null }),
    );
    other = await startProvider((_request, response) => sendJson(response, 200, { refundId: 're_2' }));
    api = await startTestApi();
    [acme, globex] = await Promise.all([
      api.tenant({ privateHosts: [provider.host, other.host] }),
      api.tenant({ privateHosts: [provider.host] }),
    ]);
  });
  afterAll(async () => {
    await api.close();
    await Promise.all([provider.close(), other.close()]);
  });

  let counter = 0;
  const named = (more: Record<string, unknown> = {}) => ({
    name: `tool_${++counter}`,
    type: 'dummy',
    ...more,
  });
  const create = async (definition: Record<string, unknown>, tenant = acme) => {
    const response = await tenant.as.tenant_admin('POST', '/api/tools', definition);
    expect(response.body, JSON.stringify(response.body)).toHaveProperty('id');
    expect(response.status).toBe(201);
    return response.body;
  };

  test('the tool of API.md is created, read, executed, changed and archived as API.md says', async () => {
    const tool = await create(refund(provider.url));
    expect(tool).toMatchObject({
      name: 'refund_payment',
      version: 1,
      enabled: true,
      auth: { type: 'api_key', hasSecret: true },
    });
    expect(tool.auth.value).toBeUndefined();
    expect((await acme.as.tenant_admin('GET', `/api/tools/${tool.id}`)).body).toEqual(tool);
    expect(
      (
        await acme.as.viewer('POST', `/api/tools/${tool.id}/validate`, {
          payload: { paymentId: 'p', amount: 1 },
        })
      ).body,
    ).toEqual({ valid: true });
    const invalid = await acme.as.viewer('POST', `/api/tools/${tool.id}/validate`, {
      payload: { paymentId: 'p', amount: 0 },
    });
    expect(invalid.status).toBe(422);
    expect(issuePaths(invalid)).toEqual(['/amount']);
    const executed = await acme.as.operator('POST', `/api/tools/${tool.id}/execute`, {
      payload: { paymentId: 'p', amount: 1 },
    });
    expect([executed.status, executed.body.status]).toEqual([200, 'succeeded']);
    const changed = await acme.as.tool_admin('PUT', `/api/tools/${tool.id}`, {
      ...refund(provider.url),
      auth: { ...refund('').auth, value: undefined },
      title: 'Refund',
    });
    expect([changed.status, changed.body.version, changed.body.title]).toEqual([200, 2, 'Refund']);
    expect((await acme.as.tool_admin('DELETE', `/api/tools/${tool.id}`)).status).toBe(204);
    expect((await acme.as.viewer('GET', `/api/tools/${tool.id}`)).status).toBe(404);
    expect((await acme.as.operator('POST', `/api/tools/${tool.id}/execute`, { payload: {} })).status).toBe(
      404,
    );
    expect(
      (await acme.as.viewer('GET', '/api/tools')).body.items.some(
        (each: { id: string }) => each.id === tool.id,
      ),
    ).toBe(false);
    // Its executions are kept, and its name is free again.
    expect((await acme.as.viewer('GET', `/api/tools/executions?toolId=${tool.id}`)).body.items).toHaveLength(
      1,
    );
    await create(refund(provider.url));
  });

  const http = (config: Record<string, unknown>, more: Record<string, unknown> = {}) => ({
    name: 'bad_tool',
    type: 'http',
    inputSchema: { type: 'object', properties: { id: { type: 'string' } } },
    config,
    ...more,
  });
  const url = 'https://pay.example/v1';
  const deep = (levels: number): Record<string, unknown> =>
    levels === 0 ? {} : { properties: { a: deep(levels - 1) } };
  test.each<[string, Record<string, unknown>, string[]]>([
    ['a name with capitals', { name: 'Bad-Name', type: 'dummy' }, ['/name']],
    ['no name', { type: 'dummy' }, ['/name']],
    ['an unknown type', { name: 'bad_tool', type: 'telepathy' }, ['/type']],
    ['an unknown field', { name: 'bad_tool', type: 'dummy', colour: 'red' }, ['/colour']],
    ['no URL', http({}), ['/config/url']],
    ['a relative URL', http({ url: '/v1' }), ['/config/url']],
    ['a scheme that is not http', http({ url: 'ftp://pay.example/x' }), ['/config/url']],
    ['credentials in the URL', http({ url: 'https://user:secret@pay.example' }), ['/config/url']],
    ['a template in the host', http({ url: 'https://{id}.example/' }), ['/config/url']],
    ['a template that names no input', http({ url: `${url}/{unknown}` }), ['/config/url']],
    ['a reserved header', http({ url, headers: { Host: 'x' } }), ['/config/headers/Host']],
    [
      'the header Content-Length',
      http({ url, headers: { 'content-length': '1' } }),
      ['/config/headers/content-length'],
    ],
    ['an invalid header name', http({ url, headers: { 'x y': '1' } }), ['/config/headers/x y']],
    [
      'the header of the auth in use',
      http({ url, headers: { authorization: 'x' } }, { auth: { type: 'bearer', token: 't' } }),
      ['/config/headers/authorization'],
    ],
    ['an unknown method', http({ url, method: 'BREW' }), ['/config/method']],
    ['a transform that does not parse', http({ url, transform: 'body.(' }), ['/config/transform']],
    [
      'both a URL and a connector',
      http({ url, connectorId: uuidv7(), path: '/x' }),
      ['/config/url', '/config/connectorId'],
    ],
    ['an unknown connector', http({ connectorId: uuidv7(), path: '/x' }), ['/config/connectorId']],
    [
      'an API key without its secret',
      http({ url }, { auth: { type: 'api_key', in: 'header', name: 'x-key' } }),
      ['/auth/value'],
    ],
    [
      'an unknown credential',
      http({ url }, { auth: { type: 'bearer', credentialId: uuidv7() } }),
      ['/auth/credentialId'],
    ],
    ['an unknown auth kind', http({ url }, { auth: { type: 'handshake' } }), ['/auth/type']],
    [
      'a schema with an unknown type',
      {
        name: 'bad_tool',
        type: 'dummy',
        inputSchema: { type: 'object', properties: { a: { type: 'strin' } } },
      },
      ['/inputSchema/properties/a/type'],
    ],
    [
      'a schema with a reference to another document',
      { name: 'bad_tool', type: 'dummy', inputSchema: { $ref: 'https://elsewhere.example/s.json' } },
      ['/inputSchema/$ref'],
    ],
    [
      'a pattern with look-around',
      {
        name: 'bad_tool',
        type: 'dummy',
        inputSchema: { type: 'object', properties: { a: { type: 'string', pattern: '(?=a)b' } } },
      },
      ['/inputSchema/properties/a/pattern'],
    ],
    [
      'a schema that is too deep',
      { name: 'bad_tool', type: 'dummy', inputSchema: deep(70) },
      ['/inputSchema'],
    ],
    [
      'a timeout above the deadline',
      { name: 'bad_tool', type: 'dummy', timeoutMs: 5000, deadlineMs: 1000 },
      ['/timeoutMs'],
    ],
    [
      'too many attempts',
      { name: 'bad_tool', type: 'dummy', retry: { maxAttempts: 99 } },
      ['/retry/maxAttempts'],
    ],
    [
      'a zero byte, which PostgreSQL cannot store',
      { name: 'bad_tool', type: 'dummy', description: 'a\u0000b' },
      ['/description'],
    ],
    [
      'several problems at once',
      http({ url: 'nope', method: 'BREW' }, { name: 'X' }),
      ['/name', '/config/method'],
    ],
  ])('%s is refused with its path, and nothing is stored', async (_what, definition, paths) => {
    const response = await acme.as.tool_admin('POST', '/api/tools', definition);
    expect([response.status, response.body.error?.code]).toEqual([422, 'invalid_definition']);
    const found: string[] = issuePaths(response);
    expect(
      found.some((path) =>
        paths.some((wanted) => path === wanted || (wanted === '/inputSchema' && path.startsWith(wanted))),
      ),
      found.join(),
    ).toBe(true);
    expect((await acme.as.viewer('GET', '/api/tools?q=bad_tool')).body.items).toEqual([]);
  });

  test('a version never changes, saving the same definition adds none, and two concurrent saves add two', async () => {
    const definition = named({
      title: 'First',
      config: { response: { b: 1, a: 2 } },
      inputSchema: { type: 'object', properties: { zulu: {}, alpha: {} } },
    });
    const tool = await create(definition);
    expect(Object.keys(tool.inputSchema.properties)).toEqual(['zulu', 'alpha']);
    expect((await acme.as.tool_admin('PUT', `/api/tools/${tool.id}`, definition)).body.version).toBe(1);
    const both = await Promise.all(
      ['Second', 'Third'].map((title) =>
        acme.as.tool_admin('PUT', `/api/tools/${tool.id}`, { ...definition, title }),
      ),
    );
    expect(both.map((response) => response.status)).toEqual([200, 200]);
    const { items } = (await acme.as.viewer('GET', `/api/tools/${tool.id}/versions`)).body;
    expect(items.map((each: { version: number }) => each.version)).toEqual([3, 2, 1]);
    expect(items[2].definition.title).toBe('First');
    const restored = await acme.as.tool_admin('POST', `/api/tools/${tool.id}/versions/1/restore`, {});
    expect([restored.status, restored.body.version, restored.body.title]).toEqual([200, 4, 'First']);
  });

  test('a diff says which changes may break callers', async () => {
    const input = (properties: Record<string, unknown>, required: string[] = []) => ({
      type: 'object',
      properties,
      required,
    });
    const before = named({
      inputSchema: input({ a: { type: 'string' }, n: { type: 'number', minimum: 0 } }),
      outputSchema: input({ x: {}, y: {} }),
    });
    const tool = await create(before);
    await acme.as.tool_admin('PUT', `/api/tools/${tool.id}`, {
      ...before,
      title: 'Renamed',
      inputSchema: input(
        { a: { type: 'string' }, n: { type: 'number', minimum: 5 }, b: { type: 'string' }, c: {} },
        ['b'],
      ),
      outputSchema: input({ x: {}, z: {} }),
    });
    const { body } = await acme.as.viewer('GET', `/api/tools/${tool.id}/diff?from=1&to=2`);
    expect(body.breaking).toBe(true);
    const impact = Object.fromEntries(
      body.changes.map((each: { path: string; impact: string }) => [each.path, each.impact]),
    );
    expect(impact).toMatchObject({
      '/inputSchema/properties/b': 'breaking',
      '/inputSchema/properties/c': 'additive',
      '/inputSchema/properties/n/minimum': 'breaking',
      '/outputSchema/properties/y': 'breaking',
      '/outputSchema/properties/z': 'additive',
      '/title': 'neutral',
    });
  });

  test('a global tool is visible to every tenant, written by platform admins, and disabled by each tenant for itself', async () => {
    const definition = named({ scope: 'global', name: `global_${uuidv7().slice(-8)}` });
    const refused = await acme.as.tenant_admin('POST', '/api/tools', definition);
    expect([refused.status, refused.body.error.message]).toEqual([
      403,
      'Only platform admins can do this (role platform_admin).',
    ]);
    const { body: tool, status } = await acme.as.platform_admin('POST', '/api/tools', definition);
    expect(status).toBe(201);
    expect((await globex.as.viewer('GET', `/api/tools/${tool.id}`)).body).toMatchObject({
      writable: false,
      scope: 'global',
    });
    expect((await globex.as.tenant_admin('PUT', `/api/tools/${tool.id}`, definition)).status).toBe(403);
    expect((await globex.as.tenant_admin('DELETE', `/api/tools/${tool.id}`)).status).toBe(403);
    const taken = await globex.as.tool_admin('POST', '/api/tools', { ...definition, scope: 'tenant' });
    expect([taken.status, taken.body.error.code, taken.body.error.issues[0].path]).toEqual([
      409,
      'already_exists',
      '/name',
    ]);
    expect(
      (await globex.as.tenant_admin('PUT', `/api/tools/${tool.id}/enabled`, { enabled: false })).body.enabled,
    ).toBe(false);
    expect((await globex.as.operator('POST', `/api/tools/${tool.id}/execute`, { payload: {} })).status).toBe(
      409,
    );
    expect((await acme.as.operator('POST', `/api/tools/${tool.id}/execute`, { payload: {} })).status).toBe(
      200,
    );
    const renamed = await acme.as.platform_admin('PUT', `/api/tools/${tool.id}`, {
      ...definition,
      title: 'Better',
    });
    expect([renamed.status, renamed.body.version]).toEqual([200, 2]);
    expect((await acme.as.platform_admin('DELETE', `/api/tools/${tool.id}`)).status).toBe(204);
  });

  test('the pages of the list are complete although a tool is added meanwhile', async () => {
    const team = await api.tenant();
    const names = Array.from({ length: 12 }, (_, index) => `page_${String(index).padStart(2, '0')}`);
    for (const name of names)
      await create({ name, type: 'dummy', category: name < 'page_06' ? 'low' : 'high' }, team);
    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const page = await team.as.viewer(
        'GET',
        `/api/tools?scope=tenant&limit=5${cursor ? `&cursor=${cursor}` : ''}`,
      );
      seen.push(...page.body.items.map((each: { name: string }) => each.name));
      cursor = page.body.nextCursor;
      if (seen.length === 5) await create({ name: 'page_00a', type: 'dummy' }, team);
    } while (cursor);
    expect(seen).toEqual(names);
    const count = async (query: string) =>
      (await team.as.viewer('GET', `/api/tools?${query}`)).body.items.length;
    expect(await count('scope=tenant&category=low')).toBe(6);
    expect(await count('scope=tenant&type=http')).toBe(0);
    expect(await count('q=PAGE_0')).toBe(11);
    await team.as.tool_admin(
      'PUT',
      `/api/tools/${(await team.as.viewer('GET', '/api/tools?q=page_03')).body.items[0].id}/enabled`,
      { enabled: false },
    );
    expect(await count('scope=tenant&status=disabled')).toBe(1);
  });

  test('a secret is kept when an update omits it, is bound to its host, and to its tenant', async () => {
    const definition = { ...refund(provider.url), name: 'keeps_secret' };
    const tool = await create(definition);
    const { value: _value, ...auth } = definition.auth;
    const payload = { payload: { paymentId: 'p', amount: 1 } };
    await acme.as.tool_admin('PUT', `/api/tools/${tool.id}`, {
      ...definition,
      auth,
      title: 'Without its secret',
    });
    provider.requests.length = 0;
    await acme.as.operator('POST', `/api/tools/${tool.id}/execute`, payload);
    expect(provider.requests[0]!.headers['x-api-key']).toBe(definition.auth.value);
    const moved = await acme.as.tool_admin('PUT', `/api/tools/${tool.id}`, {
      ...refund(other.url),
      name: 'keeps_secret',
      auth,
    });
    expect([moved.status, moved.body.error.issues[0].path]).toEqual([422, '/auth/value']);
    const stolen = await globex.as.tool_admin('POST', '/api/tools', {
      ...definition,
      auth: { ...auth, credentialId: tool.auth.credentialId },
    });
    expect([stolen.status, stolen.body.error.issues[0]]).toMatchObject([
      422,
      { path: '/auth/credentialId', message: 'Credential not found' },
    ]);
    const rekeyed = await acme.as.tool_admin('PUT', `/api/tools/${tool.id}`, {
      ...refund(other.url),
      name: 'keeps_secret',
    });
    expect(rekeyed.status).toBe(200);
  });

  test('a connector gives its tools their URL, auth and limits, and an update of it applies to them', async () => {
    const connector = {
      name: 'pay_provider',
      baseUrl: `${provider.url}/v1`,
      headers: { 'x-team': 'ops' },
      auth: { type: 'api_key', in: 'header', name: 'x-api-key', value: 'connector-secret-value' },
      timeoutMs: 4000,
    };
    const made = await acme.as.tool_admin('POST', '/api/connectors', connector);
    expect([made.status, made.body.tools]).toEqual([201, []]);
    expect(JSON.stringify(made.body)).not.toContain(connector.auth.value);
    const tool = await create({
      name: 'by_connector',
      type: 'http',
      config: { method: 'GET', connectorId: made.body.id, path: '/status' },
    });
    expect(tool.timeoutMs).toBe(4000);
    provider.requests.length = 0;
    expect((await acme.as.operator('POST', `/api/tools/${tool.id}/execute`, { payload: {} })).status).toBe(
      200,
    );
    expect(provider.requests[0]).toMatchObject({
      url: '/v1/status',
      headers: { 'x-team': 'ops', 'x-api-key': connector.auth.value },
    });
    const { value: _value, ...auth } = connector.auth;
    const moved = await acme.as.tool_admin('PUT', `/api/connectors/${made.body.id}`, {
      ...connector,
      auth,
      baseUrl: other.url,
    });
    expect([moved.status, moved.body.error.issues[0].path]).toEqual([422, '/auth/value']);
    const changed = await acme.as.tool_admin('PUT', `/api/connectors/${made.body.id}`, {
      ...connector,
      auth,
      baseUrl: `${provider.url}/v2`,
    });
    expect([changed.status, changed.body.revision]).toEqual([200, 2]);
    expect(changed.body.tools.map((each: { name: string }) => each.name)).toEqual(['by_connector']);
    await acme.as.operator('POST', `/api/tools/${tool.id}/execute`, { payload: {} });
    expect(provider.requests.at(-1)!.url).toBe('/v2/status');
    expect((await acme.as.tool_admin('DELETE', `/api/connectors/${made.body.id}`)).status).toBe(409);
    await acme.as.tool_admin('DELETE', `/api/tools/${tool.id}`);
    expect((await acme.as.tool_admin('DELETE', `/api/connectors/${made.body.id}`)).status).toBe(204);
    for (const [bad, path] of [
      [{ ...connector, name: 'x_y', baseUrl: 'nope' }, '/baseUrl'],
      [{ ...connector, name: 'x_y', headers: { host: 'x' } }, '/headers/host'],
      [{ ...connector, name: 'x_y', auth: { type: 'bearer' } }, '/auth/token'],
    ] as const) {
      const response = await acme.as.tool_admin('POST', '/api/connectors', bad);
      expect([response.status, response.body.error.issues[0].path]).toEqual([422, path]);
    }
    expect((await globex.as.viewer('GET', '/api/connectors')).body.items).toEqual([]);
  });

  test('a rate limit allows its burst and refuses further executions with a Retry-After', async () => {
    const tool = await create(named({ rateLimit: { requestsPerMinute: 60, burst: 3 } }));
    const execute = (headers?: Record<string, string>) =>
      acme.as.operator('POST', `/api/tools/${tool.id}/execute`, { payload: {} }, headers);
    const first = await execute({ 'idempotency-key': 'once' });
    const responses = await Promise.all(Array.from({ length: 6 }, () => execute()));
    expect(responses.map((each) => each.status).toSorted()).toEqual([200, 200, 429, 429, 429, 429]);
    const refused = responses.find((each) => each.status === 429)!;
    expect(refused.body.error.code).toBe('rate_limited');
    expect(refused.body.failure).toMatchObject({ code: 'rate_limited', retryable: true });
    expect(Number(refused.headers.get('retry-after'))).toBe(1);
    // A retry with the same key is not a new execution.
    expect((await execute({ 'idempotency-key': 'once' })).body.id).toBe(first.body.id);
    await eventually(async () => (await execute()).status === 200, { everyMs: 200 });
  });

  test('no secret is returned by the API or stored in clear', async () => {
    const secrets = ['sk-live-4242+/= secret', 'connector-secret-value'];
    const paths = [
      '/api/tools?limit=200',
      '/api/connectors',
      '/api/events?limit=200',
      '/api/tools/executions',
    ];
    const bodies = await Promise.all(
      paths.map(async (path) => (await acme.as.tenant_admin('GET', path)).body),
    );
    const responses = JSON.stringify(bodies);
    const places: Record<string, string> = { ...(await dumpDatabase(inject('servers').adminUrl)), responses };
    expect(places.responses).toContain('keeps_secret');
    expect(places['public.tool_version']).toContain('keeps_secret');
    for (const secret of secrets) expect(findSecret(places, secret)).toEqual([]);
  });

  test('every change has an event with its actor, its request id and only the names of the changed fields', async () => {
    const tool = await create(named({ title: 'Before' }));
    const changed = await acme.as.tool_admin('PUT', `/api/tools/${tool.id}`, {
      name: tool.name,
      type: 'dummy',
      title: 'After',
    });
    await acme.as.tool_admin('PUT', `/api/tools/${tool.id}/enabled`, { enabled: false });
    await acme.as.tool_admin('DELETE', `/api/tools/${tool.id}`);
    const { body } = await acme.as.viewer('GET', `/api/events?subjectType=tool&subjectId=${tool.id}`);
    expect(body.items.map((each: { type: string }) => each.type)).toEqual([
      'ToolArchived',
      'ToolDisabled',
      'ToolUpdated',
      'ToolCreated',
    ]);
    expect(body.items[2]).toMatchObject({
      actor: { type: 'api_key', name: 'tool_admin key' },
      requestId: changed.headers.get('x-request-id'),
      data: { changed: ['/title'] },
    });
    const first = await acme.as.viewer('GET', `/api/events?subjectId=${tool.id}&limit=3`);
    const second = await acme.as.viewer(
      'GET',
      `/api/events?subjectId=${tool.id}&limit=3&cursor=${first.body.nextCursor}`,
    );
    expect([first.body.items.length, second.body.items.length, second.body.nextCursor]).toEqual([3, 1, null]);
  });

  test('the live stream sends events to their tenant alone, and continues after the last event without a gap', async () => {
    const listen = (tenant: TestTenant, lastEventId?: string) => {
      const seen: { id: string; data: { subjectId: string; type: string } }[] = [];
      const stop = new AbortController();
      const input = encodeURIComponent(JSON.stringify(lastEventId ? { lastEventId } : {}));
      const done = fetch(`${api.url}/trpc/live.events?input=${input}`, {
        headers: { authorization: `Bearer ${tenant.keys.viewer}`, accept: 'text/event-stream' },
        signal: stop.signal,
      }).then(async (response) => {
        let text = '';
        for await (const chunk of response.body!) {
          text += Buffer.from(chunk).toString();
          const parts = text.split('\n\n');
          text = parts.pop()!;
          for (const part of parts) {
            const id = /^id: (.+)$/m.exec(part)?.[1];
            if (id) seen.push({ id, data: JSON.parse(/^data: (.+)$/m.exec(part)![1]!) });
          }
        }
      });
      return {
        seen,
        stop: () => {
          stop.abort();
          return done.catch(() => {});
        },
      };
    };
    const mine = listen(acme);
    const theirs = listen(globex);
    let tool = await create(named());
    await eventually(
      async () => {
        if (mine.seen.length === 0) tool = await create(named());
        return mine.seen.some((each) => each.data.subjectId === tool.id);
      },
      { everyMs: 300 },
    );
    const last = mine.seen.at(-1)!.id;
    await mine.stop();
    const missed = await create(named());
    const again = listen(acme, last);
    await eventually(() => again.seen.some((each) => each.data.subjectId === missed.id));
    expect(again.seen.every((each) => each.id !== last)).toBe(true);
    const foreign = await create(named(), globex);
    await eventually(() => theirs.seen.some((each) => each.data.subjectId === foreign.id));
    expect(theirs.seen.map((each) => each.data.subjectId)).toEqual([foreign.id]);
    await Promise.all([again.stop(), theirs.stop()]);
  });
});
