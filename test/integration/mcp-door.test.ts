import type { ServerResponse } from 'node:http';
import type { Client } from '@modelcontextprotocol/client';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { createDrain } from '../../api/drain.ts';
import { cancelCall } from '../../api/mcp/call-tool.ts';
import { createMetrics } from '../../api/metrics.ts';
import { buildServer } from '../../api/server.ts';
import type { Identity } from '../../shared/identity/roles.ts';
import { requireApproval } from '../support/approvals.ts';
import { eventually } from '../support/eventually.ts';
import { connectAgent, textOf } from '../support/mcp-client.ts';
import { peopleOf } from '../support/people.ts';
import { type ProviderServer, sendJson, startProvider } from '../support/provider-server.ts';
import { type Call, startTestApi, type TestApi, type TestTenant } from '../support/test-api.ts';

const long = { timeoutMs: 60_000, everyMs: 50 };
const present = { pin: '2026-07-28' };
const eras = [['2026-07-28', present] as const, ['2025-11-25', 'legacy'] as const];

describe('the MCP door', () => {
  let api: TestApi;
  let acme: TestTenant;
  let globex: TestTenant;
  let admin: Call;
  let provider: ProviderServer;
  let held: ServerResponse[] = [];
  const agents: Client[] = [];
  /** Ids of tools, by name. */
  const ids: Record<string, string> = {};

  const agent = async (key: string, mode: Parameters<typeof connectAgent>[2] = present) => {
    const client = await connectAgent(api.url, key, mode);
    agents.push(client);
    return client;
  };
  const keyFor = async (more: object): Promise<{ id: string; key: string }> => {
    const { status, body } = await admin('POST', '/api/api-keys', {
      name: `agent ${crypto.randomUUID()}`,
      roles: ['operator'],
      ...more,
    });
    expect(status, JSON.stringify(body)).toBe(201);
    return body;
  };
  const made = async (owner: Call, more: Record<string, unknown>): Promise<string> => {
    const { status, body } = await owner('POST', '/api/tools', {
      type: 'http',
      config: { method: 'POST', url: `${provider.url}/${String(more.name)}` },
      ...more,
    });
    expect(status, JSON.stringify(body)).toBe(201);
    return body.id;
  };
  const eventsOf = async (id: string) =>
    (await admin('GET', `/api/audit?subjectId=${id}&limit=50`)).body.items as {
      type: string;
      door: string;
      actor: { id: string };
    }[];
  /** Another process of the same deployment, as far as its callers see. */
  const another = async () => {
    const { services } = api;
    const drain = createDrain();
    const app = await buildServer({
      log: services.log,
      accounts: services.accounts,
      services: () => services,
      publicUrl: services.environment.publicUrl,
      metrics: createMetrics(),
      metricsReaders: 'no one',
      webDist: null,
      drain,
    });
    return { app, drain, url: await app.listen({ host: '127.0.0.1', port: 0 }) };
  };
  const post = (body: unknown, headers: Record<string, string> = {}, url = api.url) =>
    fetch(`${url}/mcp`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        accept: 'application/json, text/event-stream',
        ...headers,
      },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });

  beforeAll(async () => {
    provider = await startProvider(({ url }, response) => {
      if (url.startsWith('/slow')) held.push(response);
      else if (url.startsWith('/look_up')) sendJson(response, 200, { id: 'o_1' });
      else sendJson(response, 200, { refundId: 're_1', note: 'done' });
    });
    api = await startTestApi({ reconcile: true });
    acme = await api.tenant({ privateHosts: [provider.host] });
    globex = await api.tenant({ privateHosts: [provider.host] });
    admin = acme.as.tenant_admin;
    ids.refund = await made(admin, {
      name: 'refund',
      title: 'Refund a payment',
      inputSchema: {
        type: 'object',
        required: ['amount'],
        properties: { amount: { $ref: '#/definitions/money' }, pin: { type: 'string', writeOnly: true } },
        definitions: { money: { type: 'number', exclusiveMinimum: 0 } },
      },
      outputSchema: { type: 'object', required: ['refundId'], properties: { refundId: { type: 'string' } } },
    });
    ids.look_up = await made(admin, {
      name: 'look_up',
      config: { method: 'GET', url: `${provider.url}/look_up` },
    });
    ids.slow = await made(admin, {
      name: 'slow',
      timeoutMs: 60_000,
      retry: { maxAttempts: 1 },
      config: { method: 'POST', url: `${provider.url}/slow`, stream: 'auto' },
    });
    ids.hidden = await made(admin, { name: 'hidden' });
    await made(globex.as.tenant_admin, { name: 'only_globex' });
  });
  afterEach(async () => {
    for (const response of held) response.destroy();
    held = [];
    await Promise.all(agents.splice(0).map((client) => client.close().catch(() => {})));
  });
  afterAll(async () => {
    await api?.close();
    await provider?.close();
  });

  test.each(eras)('an agent of %s lists the tools of its key, and calls one', async (_name, mode) => {
    const { id: keyId, key } = await keyFor({ tools: ['refund', 'look_up'], doors: ['mcp'] });
    const client = await agent(key, mode);
    const { tools } = await client.listTools();
    expect(tools.map(({ name }) => name)).toEqual(['interlock-get-execution', 'look_up', 'refund']);
    const [, lookUp, refund] = tools;
    expect(refund).toMatchObject({
      title: 'Refund a payment',
      inputSchema: {
        type: 'object',
        required: ['amount'],
        properties: { amount: { type: 'number', exclusiveMinimum: 0 }, pin: { type: 'string' } },
      },
      annotations: { readOnlyHint: false, destructiveHint: true, idempotentHint: false, openWorldHint: true },
    });
    expect(JSON.stringify(refund)).not.toContain('$ref');
    expect(lookUp!.annotations).toMatchObject({
      readOnlyHint: true,
      destructiveHint: false,
      idempotentHint: true,
    });

    const result = await client.callTool({ name: 'refund', arguments: { amount: 12.5, pin: 'secret-4711' } });
    expect(result.isError).toBeFalsy();
    expect(result.structuredContent).toEqual({ refundId: 're_1', note: 'done' });
    expect(JSON.parse(textOf(result))).toEqual(result.structuredContent);
    expect(provider.requests.at(-1)!.body).toBe('{"amount":12.5,"pin":"secret-4711"}');
    const executionId = String(result._meta!['interlock/executionId']);
    const execution = (await admin('GET', `/api/tools/executions/${executionId}`)).body;
    expect(execution).toMatchObject({ actor: { type: 'api_key', id: keyId }, input: { pin: '[redacted]' } });
    expect((await eventsOf(executionId)).find(({ type }) => type === 'ToolExecutionRequested')).toMatchObject(
      {
        door: 'mcp',
        actor: { id: keyId },
      },
    );
  });

  test('an agent runs a tool that needs approval, a person approves it, and the agent reads the result', async () => {
    ids.payout = await made(admin, {
      name: 'payout',
      inputSchema: { type: 'object', properties: { amount: { type: 'number' } } },
    });
    await requireApproval(acme, ids.payout);
    const people = peopleOf(api, acme);
    const bea = await people.person(`bea@${acme.slug}.test`, ['approver']);
    const { key } = await keyFor({ tools: ['payout'] });
    const client = await agent(key);
    const asked = provider.requests.length;
    const result = await client.callTool({ name: 'payout', arguments: { amount: 9000 } });
    const { executionId, approval } = result.structuredContent as {
      executionId: string;
      approval: { url: string };
    };
    expect(result).toMatchObject({
      structuredContent: { status: 'requested', approval: { status: 'waiting', required: 1 } },
    });
    expect(result.isError).toBeFalsy();
    expect(textOf(result)).toMatch(/needs an approval, and nothing was sent/);
    expect(approval.url).toContain(executionId);
    expect(provider.requests.length).toBe(asked);
    const inbox = (await bea('GET', '/api/inbox')).body.items;
    expect(JSON.stringify(inbox)).toContain(executionId);

    // The agent may not approve what it asked for, whatever it sends.
    expect((await api.call(key)('POST', `/api/tools/executions/${executionId}/approve`, {})).status).toBe(
      403,
    );
    const approved = await bea('POST', `/api/tools/executions/${executionId}/approve`, { reason: 'Agreed' });
    expect(approved.status, JSON.stringify(approved.body)).toBe(200);
    const read = await eventually(async () => {
      const now = await client.callTool({
        name: 'interlock-get-execution',
        arguments: { executionId, waitSeconds: 5 },
      });
      const { status } = now.structuredContent as { status: string };
      return status === 'succeeded' ? now.structuredContent : undefined;
    }, long);
    expect(read).toMatchObject({ executionId, output: { refundId: 're_1' } });
    expect(provider.requests.length).toBe(asked + 1);
  });

  test('what is not valid, not allowed or not there is said as the API says it', async () => {
    const { id: keyId, key } = await keyFor({ tools: ['refund'] });
    const client = await agent(key);
    const invalid = await client.callTool({ name: 'refund', arguments: { amount: -1 } });
    expect(invalid).toMatchObject({ isError: true });
    expect(textOf(invalid)).toMatch(/\/amount .*\d/);
    const other = await client.callTool({ name: 'hidden', arguments: {} });
    expect(textOf(other)).toMatch(/limited to other tools.*forbidden/s);
    // A tool of another organization is the same as none.
    for (const name of ['only_globex', 'nothing_like_it'])
      await expect(client.callTool({ name, arguments: {} })).rejects.toThrow(`Unknown tool: ${name}`);
    const refusals = (await admin('GET', '/api/audit?type=AccessDenied&limit=50')).body.items;
    expect(refusals).toContainEqual(
      expect.objectContaining({ actor: expect.objectContaining({ id: keyId }), door: 'mcp' }),
    );
    await admin('PUT', `/api/tools/${ids.hidden}/enabled`, { enabled: false });
    const all = await agent(acme.keys.operator);
    expect((await all.listTools()).tools.map(({ name }) => name)).not.toContain('hidden');
    expect(textOf(await all.callTool({ name: 'hidden', arguments: {} }))).toMatch(/disabled/);

    const viewer = await agent(acme.keys.viewer);
    expect((await viewer.listTools()).tools.map(({ name }) => name)).toEqual(['interlock-get-execution']);
    expect(textOf(await viewer.callTool({ name: 'refund', arguments: { amount: 1 } }))).toMatch(/operators/);
    const done = await client.callTool({ name: 'refund', arguments: { amount: 1 } });
    const executionId = String(done._meta!['interlock/executionId']);
    const foreign = await agent(globex.keys.operator);
    const read = await foreign.callTool({ name: 'interlock-get-execution', arguments: { executionId } });
    expect(textOf(read)).toMatch(/Execution not found/);
  });

  test('a long call reports progress; a client that leaves cancels it', async () => {
    const client = await agent(acme.keys.operator);
    const messages: string[] = [];
    const leaving = new AbortController();
    const calling = client.callTool(
      { name: 'slow', arguments: {} },
      {
        signal: leaving.signal,
        onprogress: ({ message }) => messages.push(message ?? ''),
        timeout: 60_000,
      },
    );
    calling.catch(() => {});
    await eventually(() => messages.some((message) => /Running for \d+ s/.test(message)), long);
    held[0]!.writeHead(200, { 'content-type': 'text/event-stream' });
    held[0]!.write('data: {"found":"the first page"}\n\n');
    await eventually(() => messages.some((message) => message.includes('the first page')), long);
    leaving.abort();
    await expect(calling).rejects.toThrow();
    await endsCancelled();
  });

  test('a call that runs is read, and cancelled, by its execution', async () => {
    const client = await agent(acme.keys.operator);
    const calling = client.callTool({ name: 'slow', arguments: {} }, { timeout: 60_000 });
    await eventually(() => held.length > 0, long);
    const [{ id: executionId }] = (await admin('GET', `/api/tools/executions?toolId=${ids.slow}&limit=1`))
      .body.items;
    const running = await client.callTool({ name: 'interlock-get-execution', arguments: { executionId } });
    expect(running).toMatchObject({ structuredContent: { executionId, status: 'running' } });
    expect(running.isError).toBeFalsy();
    const wrong = await client.callTool({ name: 'interlock-get-execution', arguments: { waitSeconds: 999 } });
    expect(textOf(wrong)).toMatch(/\/executionId[\s\S]*\/waitSeconds/);
    // A key that is limited to tools cancels the calls that it has made, and no others.
    const limited = await agent((await keyFor({ tools: ['slow'] })).key);
    const foreign = await limited.callTool({
      name: 'interlock-cancel-execution',
      arguments: { executionId },
    });
    expect(textOf(foreign)).toMatch(/limited to some tools/);
    await client.callTool({ name: 'interlock-cancel-execution', arguments: { executionId } });
    expect(await calling).toMatchObject({
      isError: true,
      structuredContent: { executionId, status: 'failed' },
    });
  });

  test('before 2026-07-28, a client cancels by a message, which any process understands', async () => {
    const { key } = await keyFor({ tools: ['slow'] });
    const other = await another();
    const headers = {
      authorization: `Bearer ${key}`,
      'mcp-session-id': 'a-session-of-its-client',
      'mcp-protocol-version': '2025-11-25',
    };
    const calling = post(
      { jsonrpc: '2.0', id: 7, method: 'tools/call', params: { name: 'slow', arguments: {} } },
      headers,
    );
    await eventually(() => held.length > 0, long);
    const cancel = { jsonrpc: '2.0', method: 'notifications/cancelled', params: { requestId: 7 } };
    // The same message of another session is about another call.
    await post(cancel, { ...headers, 'mcp-session-id': 'another-session' }, other.url);
    const [open] = (await admin('GET', `/api/tools/executions?toolId=${ids.slow}&limit=1`)).body.items;
    expect(open.cancelRequestedAt).toBeNull();
    expect((await post(cancel, headers, other.url)).status).toBe(202);
    expect(await (await calling).text()).toContain('"isError":true');
    await endsCancelled();
    await other.app.close();
  });

  test('a call of someone else is not cancelled by the key that it was made with', async () => {
    const key = 'order-17';
    const { body } = await acme.as.operator(
      'POST',
      `/api/tools/${ids.slow}/execute`,
      { payload: {} },
      { 'idempotency-key': key, prefer: 'respond-async' },
    );
    await eventually(() => held.length > 0, long);
    const identity: Identity = {
      tenantId: acme.id,
      tenantSlug: acme.slug,
      tenantName: acme.slug,
      actor: { type: 'api_key', id: 'another-key', name: 'another key' },
      roles: ['operator'],
      person: null,
    };
    const { services } = api;
    const context = { services, identity, requestId: 'test', session: null, identify: async () => identity };
    await cancelCall(context, key);
    const read = async () => (await admin('GET', `/api/tools/executions/${body.id}`)).body;
    expect((await read()).cancelRequestedAt).toBeNull();
    await cancelCall({ ...context, identity: { ...identity, actor: body.actor } }, key);
    expect((await read()).cancelRequestedAt).not.toBeNull();
  });

  test('a server that stops cancels nothing: its listeners are told to go elsewhere, and calls go on', async () => {
    const other = await another();
    const client = await connectAgent(other.url, acme.keys.operator);
    agents.push(client);
    const listening = await client.listen({ toolsListChanged: true });
    const calling = client.callTool({ name: 'slow', arguments: {} }, { timeout: 60_000 });
    calling.catch(() => {});
    await eventually(() => held.length > 0, long);
    other.drain.begin();
    expect(await listening.closed).toBe('graceful');
    // Who still waits is cut off in the end.
    await other.app.close();
    await expect(calling).rejects.toThrow();
    sendJson(held[0]!, 200, { done: true });
    const ended = await eventually(async () => {
      const [execution] = (await admin('GET', `/api/tools/executions?toolId=${ids.slow}&limit=1`)).body.items;
      return execution.completedAt !== null && execution;
    }, long);
    expect(ended).toMatchObject({ status: 'succeeded', cancelRequestedAt: null });
  });

  /** The call in progress has been told; what it may have done is not known. */
  const endsCancelled = async () => {
    const { body } = await admin('GET', `/api/tools/executions?toolId=${ids.slow}&limit=1`);
    await eventually(async () => {
      const execution = (await admin('GET', `/api/tools/executions/${body.items[0].id}`)).body;
      return execution.cancelRequestedAt !== null && execution.status === 'failed';
    }, long);
  };

  test('the same call of a session, sent again, is one execution', async () => {
    const headers = { authorization: `Bearer ${acme.keys.operator}` };
    const opened = await post(
      {
        jsonrpc: '2.0',
        id: 0,
        method: 'initialize',
        params: {
          protocolVersion: '2025-11-25',
          capabilities: {},
          clientInfo: { name: 'raw', version: '1' },
        },
      },
      headers,
    );
    const session = opened.headers.get('mcp-session-id')!;
    expect(await opened.text()).toContain('interlock-get-execution');
    const call = async (id: number) => {
      const response = await post(
        `{"jsonrpc":"2.0","id":${id},"method":"tools/call","params":{"name":"refund","arguments":{"amount":3.50}}}`,
        { ...headers, 'mcp-session-id': session, 'mcp-protocol-version': '2025-11-25' },
      );
      return /"interlock\/executionId":"([^"]+)"/.exec(await response.text())?.[1];
    };
    const [first, again, other] = [await call(1), await call(1), await call(2)];
    expect(first).toBeDefined();
    // Numbers keep their digits.
    expect(provider.requests.at(-1)!.body).toBe('{"amount":3.50}');
    expect(again).toBe(first);
    expect(other).not.toBe(first);
  });

  test('cases and playbooks are resources and prompts of those who may read them, and of no one else', async () => {
    const playbook = await admin('POST', '/api/playbooks', {
      name: 'failed_payment',
      title: 'Failed payment',
      inputSchema: {
        type: 'object',
        required: ['paymentId'],
        properties: { paymentId: { type: 'string', description: 'As in the shop' } },
      },
      steps: [
        { id: 'check', type: 'manual', title: 'Check the account', instructions: 'Look at the balance.' },
        { id: 'refund', type: 'call_tool', title: 'Refund it', tool: 'refund', input: { amount: 1 } },
      ],
    });
    expect(playbook.status, JSON.stringify(playbook.body)).toBe(201);
    const exception = await admin('POST', '/api/exceptions', { title: 'Card declined' });
    const uri = `interlock://exceptions/EX-${exception.body.number}`;
    const client = await agent((await keyFor({ roles: ['viewer'] })).key);
    expect((await client.listPrompts()).prompts).toEqual([]);
    expect((await admin('POST', `/api/playbooks/${playbook.body.id}/publish`, {})).status).toBe(200);
    const { prompts } = await client.listPrompts();
    expect(prompts).toEqual([
      expect.objectContaining({
        name: 'failed_payment',
        arguments: [
          { name: 'paymentId', description: 'As in the shop', required: true },
          expect.objectContaining({ name: 'exception', required: false }),
        ],
      }),
    ]);
    const { messages } = await client.getPrompt({
      name: 'failed_payment',
      arguments: { paymentId: 'pay_1', exception: `EX-${exception.body.number}` },
    });
    expect(messages[0]!.content).toMatchObject({
      text: expect.stringMatching(
        /- paymentId: pay_1[\s\S]*1\. Check the account \(manual\)[\s\S]*Tool: refund/,
      ),
    });
    expect(messages[1]!.content).toMatchObject({ type: 'resource', resource: { uri } });
    const { resources } = await client.listResources();
    expect(resources.map((each) => each.uri)).toEqual(
      expect.arrayContaining([`interlock://playbooks/${playbook.body.id}`, uri]),
    );
    const [content] = (await client.readResource({ uri })).contents;
    expect(JSON.parse((content as { text: string }).text)).toMatchObject({
      title: 'Card declined',
      timeline: [expect.anything()],
    });
    const foreign = await agent(globex.keys.viewer);
    expect((await foreign.listResources()).resources).toEqual([]);
    for (const hidden of [
      `interlock://playbooks/${playbook.body.id}`,
      `interlock://exceptions/${exception.body.id}`,
      'file:///etc/passwd',
    ])
      await expect(foreign.readResource({ uri: hidden })).rejects.toThrow(/not found/i);
    await expect(foreign.getPrompt({ name: 'failed_payment' })).rejects.toThrow(/Unknown prompt/);
  });

  test.each(eras)('an agent of %s hears that its tools have changed', async (_name, mode) => {
    const client = await agent(acme.keys.viewer, mode);
    let heard = 0;
    client.setNotificationHandler('notifications/tools/list_changed', () => {
      heard += 1;
    });
    if (mode !== 'legacy') await client.listen({ toolsListChanged: true });
    let round = 0;
    await eventually(
      async () => {
        round += 1;
        await admin('PUT', `/api/tools/${ids.refund}/enabled`, { enabled: round % 2 === 0 });
        return heard > 0;
      },
      { timeoutMs: 60_000, everyMs: 300 },
    );
    await admin('PUT', `/api/tools/${ids.refund}/enabled`, { enabled: true });
  });

  test('whoever has no good key, comes from another site or sends too much gets nothing', async () => {
    const ping = { jsonrpc: '2.0', id: 1, method: 'ping' };
    const headers = { authorization: `Bearer ${acme.keys.operator}` };
    const none = await post(ping);
    expect(none.status).toBe(401);
    expect(none.headers.get('www-authenticate')).toMatch(/^Bearer realm="interlock", /);
    expect(await none.json()).toMatchObject({
      jsonrpc: '2.0',
      id: null,
      error: { data: { code: 'unauthorized' } },
    });
    expect((await post(ping, { authorization: 'Bearer ilk_wrong' })).status).toBe(401);
    expect((await post(ping, { ...headers, origin: 'https://evil.example' })).status).toBe(403);
    const rest = await keyFor({ doors: ['rest'] });
    expect((await post(ping, { authorization: `Bearer ${rest.key}` })).status).toBe(403);
    const flood = await post(
      Array.from({ length: 50 }, () => ping),
      headers,
    );
    expect([flood.status, await flood.json()]).toEqual([
      400,
      expect.objectContaining({ error: expect.objectContaining({ code: -32_600 }) }),
    ]);
    expect((await post(`{"x":"${'a'.repeat(1_100_000)}"}`, headers)).status).toBe(413);
    expect((await post('{not json', headers)).status).toBe(400);
    for (const method of ['GET', 'DELETE']) {
      const response = await fetch(`${api.url}/mcp`, { method, headers });
      expect(response.status, method).toBe(405);
    }
    const signedIn = await api.signIn(acme.email, acme.password);
    const cookie = signedIn.headers.getSetCookie().join('; ');
    expect((await post(ping, { cookie, 'x-tenant': acme.slug })).status).toBe(401);
  });

  test('tools come in pages, each of them once', async () => {
    const initech = await api.tenant();
    const files = Array.from({ length: 101 }, (_, index) => `tool_${String(index).padStart(3, '0')}`);
    await Promise.all(
      files.map((name) => initech.as.tenant_admin('POST', '/api/tools', { name, type: 'dummy' })),
    );
    const client = await agent(initech.keys.operator);
    const first = await client.request({ method: 'tools/list', params: {} });
    expect(first.tools).toHaveLength(102);
    expect(first.nextCursor).toBeDefined();
    const second = await client.request({ method: 'tools/list', params: { cursor: first.nextCursor! } });
    expect(second.nextCursor).toBeUndefined();
    const names = [...first.tools, ...second.tools].map(({ name }) => name);
    expect(names.filter((name) => name.startsWith('tool_'))).toEqual(files);
    await expect(client.request({ method: 'tools/list', params: { cursor: 'x' } })).rejects.toThrow(
      'Invalid cursor',
    );
  });
});
