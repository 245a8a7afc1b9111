import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { eventually } from '../support/eventually.ts';
import { type McpTestServer, startMcp } from '../support/mcp-server.ts';
import type { Respond } from '../support/provider-server.ts';
import { startTestApi, type TestApi, type TestTenant } from '../support/test-api.ts';

const token = 'mcp-token-6626070150';

describe.each(['stateless', 'sessions'] as const)('tools of an MCP server (%s)', (era) => {
  let api: TestApi;
  let acme: TestTenant;
  let server: McpTestServer;
  let connectorId: string;
  let instead: Respond | null = null;
  let count = 0;

  beforeAll(async () => {
    server = await startMcp(era, (request, response) => {
      if (request.headers.authorization !== `Bearer ${token}`) response.writeHead(401).end();
      else if (instead && request.body.includes('tools/call')) void instead(request, response);
      else return false;
      return true;
    });
    api = await startTestApi();
    acme = await api.tenant({ privateHosts: [server.host] });
  });
  afterAll(() => Promise.all([api?.close(), server?.close()]));

  const as = (...request: Parameters<TestTenant['as']['tool_admin']>) => acme.as.tool_admin(...request);
  const made = async (path: string, body: object): Promise<string> => {
    const response = await as('POST', path, body);
    expect(response.status, JSON.stringify(response.body)).toBe(201);
    return response.body.id;
  };
  const connector = (more: object = {}) => ({
    name: 'order_desk',
    kind: 'mcp',
    url: `${server.url}/mcp`,
    auth: { type: 'bearer', token },
    ...more,
  });
  const tool = (name: string, more: object = {}) =>
    made('/api/tools', {
      name: `mcp_${++count}`,
      type: 'mcp',
      config: { connectorId, tool: name },
      retry: { maxAttempts: 2, initialMs: 10, maxMs: 10 },
      ...more,
    });
  const run = async (id: string, payload: object = {}) =>
    (await as('POST', `/api/tools/${id}/execute`, { payload })).body;
  const calls = () => server.requests.filter(({ body }) => body.includes('tools/call'));

  test('the list of tools is fetched and kept by the connector, and each is a draft', async () => {
    const { body } = await as('POST', '/api/connectors/describe', { definition: connector() });
    expect(body.fields.protocolVersion).toBe(era === 'stateless' ? '2026-07-28' : '2025-11-25');
    expect(body.fields.serverTools[0]).toMatchObject({
      name: 'find_order',
      title: 'Find an order',
      inputSchema: { required: ['id'] },
      annotations: { readOnlyHint: true },
    });
    connectorId = await made('/api/connectors', connector(body.fields));
    const offered = (await as('GET', `/api/connectors/${connectorId}/operations?q=find`)).body.items;
    expect(offered).toMatchObject([
      {
        key: 'find_order',
        tool: { config: { connectorId, tool: 'find_order' } },
        reason: expect.stringContaining('only reads'),
      },
    ]);
    const id = await made('/api/tools', offered[0].tool);
    expect((await as('GET', `/api/tools/${id}`)).body.config.readOnly).toBe(false);
  });

  test('a tool without schemas gets those of the server; one that the server does not have is refused', async () => {
    const id = await tool('find_order');
    const stored = (await as('GET', `/api/tools/${id}`)).body;
    expect(stored.inputSchema.required).toEqual(['id']);
    expect(stored.outputSchema.properties).toHaveProperty('total');
    const unknown = { name: 'unknown', type: 'mcp', config: { connectorId, tool: 'nothing' } };
    expect((await as('POST', '/api/tools', unknown)).body.error.issues).toMatchObject([
      { path: '/config/tool' },
    ]);
  });

  test('a preview is what the server gets, and the structured content is the output', async () => {
    const id = await tool('find_order');
    const payload = { id: '7' };
    const { request } = (await as('POST', `/api/tools/${id}/preview`, { payload })).body;
    expect(await run(id, payload)).toMatchObject({ status: 'succeeded', output: { id: '7', total: 12.5 } });
    const { body, headers } = calls().at(-1)!;
    const sent = JSON.parse(body);
    expect(sent).toMatchObject(request.body);
    expect(sent.id).toBe(sent.params._meta.progressToken);
    expect(headers['mcp-session-id'] === undefined).toBe(era === 'stateless');
    expect(JSON.stringify(request)).not.toContain(token);
  });

  test('an argument that the server wants in a header is sent there too, as the preview shows it', async () => {
    const id = await tool('route');
    const payload = { region: 'Zürich ', where: { floor: 3 } };
    const expected = { 'mcp-param-region': '=?base64?WsO8cmljaCA=?=', 'mcp-param-floor': '3' };
    const { request } = (await as('POST', `/api/tools/${id}/preview`, { payload })).body;
    // The official server compares headers and arguments.
    expect((await run(id, payload)).output).toBe('Zürich  3');
    if (era === 'stateless') expect(request.headers).toMatchObject(expected);
    const { headers } = calls().at(-1)!;
    for (const [name, value] of Object.entries(expected))
      expect(headers[name]).toBe(era === 'stateless' ? value : undefined);
    expect((await run(id)).output).toBe('undefined undefined');
  });

  test('texts are joined, and images stay beside them', async () => {
    const greeted = await run(await tool('greet'), { name: 'Ana' });
    expect(greeted.output).toBe('Hello Ana\nHow are you?');
    const drawn = await run(await tool('draw'));
    expect(drawn.output).toEqual({ text: 'A dot', images: [{ mimeType: 'image/png', data: 'AAAA' }] });
  });

  test('a tool that reports progress over a stream ends with its result', async () => {
    expect((await run(await tool('count'))).output).toBe('Done');
  });

  test('progress and messages of the server appear while the call runs', async () => {
    const open = Promise.withResolvers<(message: object) => void>();
    instead = ({ body }, response) => {
      const { id } = JSON.parse(body);
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      open.resolve((message) =>
        response.write(`data: ${JSON.stringify({ jsonrpc: '2.0', ...message })}\n\n`),
      );
      open.resolve = () => {};
      result = { id, result: { content: [{ type: 'text', text: 'Counted' }] } };
    };
    let result = {};
    const id = await tool('count', { timeoutMs: 60_000, deadlineMs: 60_000 });
    const started = await acme.as.tool_admin(
      'POST',
      `/api/tools/${id}/execute`,
      { payload: {} },
      { prefer: 'respond-async' },
    );
    const path = `/api/tools/executions/${started.body.id}`;
    const send = await open.promise;
    send({ method: 'notifications/progress', params: { progressToken: 'p', progress: 1, total: 2 } });
    send({ method: 'notifications/message', params: { level: 'info', data: `Half of it, with ${token}.` } });
    const items = await eventually(
      async () => {
        const { body } = await as('GET', `${path}/chunks`);
        return body.items.length === 2 && body.items;
      },
      { timeoutMs: 60_000, everyMs: 100 },
    );
    expect(items).toMatchObject([
      { kind: 'log', value: { progress: 1, total: 2, message: null } },
      { kind: 'log', value: 'Half of it, with [redacted].' },
    ]);
    expect((await as('GET', path)).body).toMatchObject({ status: 'running', output: null });
    send(result);
    const ended = await eventually(
      async () => {
        const { body } = await as('GET', path);
        return body.completedAt !== null && body;
      },
      { timeoutMs: 60_000, everyMs: 100 },
    );
    expect(ended).toMatchObject({
      status: 'succeeded',
      output: 'Counted',
      attempts: [{ log: ['Half of it, with [redacted].'] }],
    });
    instead = null;
  });

  test('a result that is an error fails the execution in the words of the tool', async () => {
    const id = await tool('refund');
    expect((await run(id, { amount: 5 })).output).toBe('Refunded');
    expect(await run(id, { amount: 500 })).toMatchObject({
      status: 'failed',
      failure: {
        code: 'provider_error',
        message: `The provider refused: More than was paid. refund of ${server.host} failed.`,
      },
      output: { isError: true },
    });
  });

  test('a tool that the server has no longer fails in words that say what to do', async () => {
    const id = await tool('gone');
    server.without.add('gone');
    if (era === 'sessions') server.forgetSessions();
    const { failure } = await run(id);
    expect(failure.code).toBe('provider_error');
    expect(failure.message).toMatch(/gone.*(not found|no longer have this tool)/i);
    server.without.clear();
  });

  test('a lost response is an unknown outcome, unless the tool is declared to only read', async () => {
    instead = (_request, response) => response.socket?.destroy();
    const attempts = async (id: string) => {
      const before = calls().length;
      const { failure } = await run(id, { id: '7' });
      return [failure.code, calls().length - before];
    };
    const unsafe = await tool('find_order');
    const safe = await tool('find_order', { config: { connectorId, tool: 'find_order', readOnly: true } });
    expect(await attempts(unsafe)).toEqual(['outcome_unknown', 1]);
    expect(await attempts(safe)).toEqual(['provider_error', 2]);
    instead = null;
  });

  test('a stream that stays open after the response ends the call', async () => {
    instead = ({ body }, response) => {
      const { id } = JSON.parse(body);
      const result = { content: [{ type: 'text', text: 'Early' }] };
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.write(`data: ${JSON.stringify({ jsonrpc: '2.0', id, result })}\n\n`);
    };
    expect((await run(await tool('greet'), { name: 'Ana' })).output).toBe('Early');
    instead = null;
  });

  test('a call that takes too long is stopped, and the server is told', async () => {
    const before = server.cancelled();
    const { failure } = await run(await tool('wait', { timeoutMs: 500, retry: { maxAttempts: 1 } }));
    expect(failure.code).toBe('outcome_unknown');
    await eventually(async () => server.cancelled() > before);
  });

  test('what is no response, a refusal and a server that may not be reached fail in words', async () => {
    const id = await tool('greet', { retry: { maxAttempts: 1 } });
    const failing = async (respond: Respond) => {
      instead = respond;
      const { failure } = await run(id, { name: 'Ana' });
      instead = null;
      return `${failure.code} ${failure.message}`;
    };
    expect(await failing((_request, response) => response.end('<html>'))).toMatch(/^invalid_output /);
    expect(await failing((_request, response) => response.writeHead(403).end('no'))).toMatch(
      /^provider_error .*returned 403/,
    );
    const endless = await failing((_request, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' }).end('data: {}\n\n');
    });
    expect(endless).toMatch(/^invalid_output The response ended before the tool did/);
    const elsewhere = await made('/api/tools', {
      name: 'elsewhere',
      type: 'mcp',
      config: { url: 'http://10.1.2.3/mcp', tool: 'greet' },
    });
    expect((await run(elsewhere)).failure.code).toBe('denied');
  });

  test.runIf(era === 'sessions')('an expired session is opened again, once', async () => {
    const id = await tool('greet');
    const opened = () => server.requests.filter(({ body }) => body.includes('"initialize"')).length;
    await run(id, { name: 'Ana' });
    const before = opened();
    await run(id, { name: 'Ben' });
    expect(opened()).toBe(before);
    server.forgetSessions();
    expect((await run(id, { name: 'Cy' })).output).toContain('Hello Cy');
    expect(opened()).toBe(before + 1);
  });
});
