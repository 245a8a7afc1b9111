import type { ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { type Client, createClient } from 'graphql-ws';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { graphqlProtocol } from '../../api/live/sockets.ts';
import { anotherServer } from '../support/another-server.ts';
import { connectAdmin } from '../support/connect-admin.ts';
import { eventually } from '../support/eventually.ts';
import { complete, publishPlaybook, startRun, stepWhen } from '../support/playbook-runs.ts';
import { type ProviderServer, startProvider } from '../support/provider-server.ts';
import { openSocket } from '../support/socket-client.ts';
import { cookieOf, startTestApi, type TestApi, type TestTenant } from '../support/test-api.ts';

const patience = { timeoutMs: 45_000 };

describe('GraphQL over a WebSocket', () => {
  let api: TestApi;
  let acme: TestTenant;
  let globex: TestTenant;
  let provider: ProviderServer;
  let held: ServerResponse[] = [];
  const clients: Client[] = [];

  beforeAll(async () => {
    provider = await startProvider((_request, response) => held.push(response));
    api = await startTestApi();
    [acme, globex] = await Promise.all([api.tenant({ privateHosts: [provider.host] }), api.tenant()]);
  });
  afterEach(async () => {
    for (const client of clients.splice(0)) await client.dispose();
    for (const response of held) response.destroy();
    held = [];
  });
  afterAll(async () => {
    await api?.close();
    await provider?.close();
  });

  const keyOf = (tenant: TestTenant) => ({ authorization: `Bearer ${tenant.keys.viewer}` });

  function connect(headers: Record<string, string> = keyOf(acme), url = api.url) {
    const closes: { code: number; reason: string }[] = [];
    const client = createClient({
      url: `${url.replace('http', 'ws')}/graphql`,
      webSocketImpl: class extends WebSocket {
        constructor(address: string, protocols: string) {
          super(address, protocols, { headers });
        }
      },
      retryAttempts: 0,
      on: { closed: (event) => closes.push(event as { code: number; reason: string }) },
    });
    clients.push(client);
    return { client, closes };
  }

  // biome-ignore lint/suspicious/noExplicitAny: tests read values of many shapes
  type Any = any;
  /** Subscribes, or asks. */
  function follow(client: Client, query: string, variables?: Record<string, unknown>) {
    const values: Any[] = [];
    const errors: Any[] = [];
    let over = false;
    const stop = client.subscribe(
      { query, variables },
      {
        next: (value) => values.push(value),
        error: (error) => {
          errors.push(error);
          over = true;
        },
        complete: () => {
          over = true;
        },
      },
    );
    return { values, errors, over: () => over, stop };
  }
  /** Of an operation that was refused, before or as it began. */
  const refusalOf = ({ values, errors }: { values: Any[]; errors: Any[] }) =>
    errors[0]?.[0] ?? values[0]?.errors?.[0];
  const createTool = (tenant: TestTenant, name: string) =>
    tenant.as.tool_admin('POST', '/api/tools', { name, type: 'dummy' });
  const toolEvents =
    'subscription($after: String) { events(after: $after, types: ["ToolCreated"]) { position event { type data exception { id } } } }';
  const namesOf = ({ values }: { values: Any[] }) => values.map(({ data }) => data.events.event.data.name);

  /** Until the subscription gets what happens. @returns how many tools were made for that */
  async function begun(tenant: TestTenant, followed: { values: Any[] }, prefix: string) {
    let count = 0;
    await eventually(
      async () => {
        await createTool(tenant, `${prefix}_${count++}`);
        return followed.values.length > 0;
      },
      { ...patience, everyMs: 300 },
    );
  }

  test('events come once each to those of their organization, and go on after a position in another process', async () => {
    const ours = follow(connect().client, toolEvents);
    const theirs = follow(connect(keyOf(globex)).client, toolEvents);
    await Promise.all([begun(acme, ours, 'begin'), begun(globex, theirs, 'theirs')]);
    await createTool(acme, 'last');
    await eventually(() => namesOf(ours).includes('last'), patience);
    expect(namesOf(theirs).every((name) => name.startsWith('theirs'))).toBe(true);
    expect(new Set(namesOf(ours)).size).toBe(ours.values.length);
    expect(ours.values[0].data.events.event).toMatchObject({ type: 'ToolCreated', exception: null });
    const after = ours.values.at(-1).data.events.position;
    ours.stop();
    await createTool(acme, 'missed');
    const another = await anotherServer(api);
    try {
      const again = follow(connect(keyOf(acme), another.url).client, toolEvents, { after });
      await createTool(acme, 'then');
      await eventually(() => namesOf(again).includes('then'), patience);
      expect(namesOf(again)).toEqual(['missed', 'then']);
    } finally {
      await another.app.close();
    }
  });

  test('an execution comes as it is and after each change, what it shows as it comes, and both end', async () => {
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
    const { client } = connect();
    const state = follow(
      client,
      'subscription($id: ID!) { execution(id: $id) { status output attempts { status } } }',
      body,
    );
    const chunks = follow(
      client,
      'subscription($id: ID!) { executionChunks(id: $id) { position kind value } }',
      body,
    );
    await eventually(() => state.values.length > 0, patience);
    expect(state.values[0].data.execution).toMatchObject({ status: 'running', output: null });
    held[0]!.writeHead(200, { 'content-type': 'application/x-ndjson' });
    held[0]!.end('{"n":1}\n{"n":2}\n');
    await eventually(() => state.over() && chunks.over(), patience);
    expect(state.values.at(-1).data.execution).toEqual({
      status: 'succeeded',
      output: [{ n: 1 }, { n: 2 }],
      attempts: [{ status: 'succeeded' }],
    });
    expect(chunks.values.map(({ data }) => data.executionChunks)).toEqual([
      { position: '1.1', kind: 'data', value: { n: 1 } },
      { position: '1.2', kind: 'data', value: { n: 2 } },
    ]);
    const rest = follow(
      client,
      'subscription($id: ID!) { executionChunks(id: $id, after: "1.1") { position } }',
      body,
    );
    await eventually(rest.over, patience);
    expect(rest.values).toEqual([{ data: { executionChunks: { position: '1.2' } } }]);
    const foreign = follow(
      connect(keyOf(globex)).client,
      'subscription($id: ID!) { execution(id: $id) { id } }',
      body,
    );
    await eventually(foreign.over, patience);
    expect(refusalOf(foreign)).toMatchObject({ extensions: { code: 'not_found' } });
  });

  test('a run comes after each change of its steps', async () => {
    const playbookId = await publishPlaybook(acme.as.tenant_admin, {
      name: 'followed',
      steps: [{ id: 'look', type: 'manual', title: 'Look' }],
    });
    const id = await startRun(acme.as.operator, playbookId);
    await stepWhen(acme.as.operator, id, 'look', 'waiting');
    const followed = follow(
      connect().client,
      'subscription($id: ID!) { run(id: $id) { status steps { status } } }',
      { id },
    );
    await eventually(() => followed.values.length > 0, patience);
    expect(followed.values[0].data.run).toEqual({ status: 'waiting', steps: [{ status: 'waiting' }] });
    await complete(acme.as.operator, id, 'look');
    await eventually(followed.over, patience);
    expect(followed.values.at(-1).data.run).toEqual({
      status: 'completed',
      steps: [{ status: 'completed' }],
    });
  });

  test('a query over a WebSocket has the same limits and errors', async () => {
    const { client } = connect();
    const ask = async (query: string) => {
      const asked = follow(client, query);
      await eventually(asked.over, patience);
      return asked;
    };
    expect((await ask('{ viewer { tenant { slug } } }')).values).toEqual([
      { data: { viewer: { tenant: { slug: acme.slug } } } },
    ]);
    for (const [query, code] of [
      [
        '{ exceptions(first: 100) { nodes { runs(first: 100) { nodes { events(first: 100) { nodes { id } } } } } } }',
        'bad_request',
      ],
      ['{ events { nodes { door } } }', 'forbidden'],
      ['subscription { events { event { address } } }', 'forbidden'],
      ['subscription { events(types: ["Nothing"]) { position } }', 'invalid_input'],
      ['subscription { events(after: "yesterday") { position } }', 'invalid_input'],
      ['mutation { a }', 'bad_request'],
    ] as const)
      expect(refusalOf(await ask(query)), query).toMatchObject({ extensions: { code } });
    const invalid = await ask('{ tools(first: 0) { nodes { id } } }');
    expect(invalid.values[0].errors[0]).toMatchObject({
      extensions: { code: 'invalid_input' },
      path: ['tools'],
    });
    const { runs } = api.services;
    const { list } = runs;
    runs.list = () => Promise.reject(new Error('relation playbook_run broke'));
    try {
      const broken = await ask('{ runs { nodes { id } } }');
      expect(broken.values[0].errors).toMatchObject([{ extensions: { code: 'internal' } }]);
      expect(JSON.stringify(broken.values)).not.toContain('relation');
    } finally {
      runs.list = list;
    }
  });

  test('a subscription that fails inside tells nothing of it', async () => {
    const { runs } = api.services;
    const { summaries } = runs;
    const playbookId = await publishPlaybook(acme.as.tenant_admin, {
      name: 'failing',
      steps: [{ id: 'look', type: 'manual', title: 'Look' }],
    });
    const id = await startRun(acme.as.operator, playbookId);
    const { client } = connect();
    const followed = follow(client, 'subscription($id: ID!) { run(id: $id) { status } }', { id });
    await eventually(() => followed.values.length > 0, patience);
    runs.summaries = () => Promise.reject(new Error('relation "playbook_run" of 10.0.0.7 broke'));
    try {
      await eventually(() => stepWhen(acme.as.operator, id, 'look', 'waiting'), patience);
      await complete(acme.as.operator, id, 'look');
      await eventually(followed.over, patience);
      expect(refusalOf(followed)).toMatchObject({ extensions: { code: 'internal' } });
      expect(JSON.stringify([followed.values, followed.errors])).not.toMatch(/relation|10\.0\.0\.7/);
    } finally {
      runs.summaries = summaries;
    }
  });

  test('one connection has so many operations at once, and those that are left end at once', async () => {
    const { client } = connect();
    const many = Array.from({ length: 20 }, () => follow(client, toolEvents));
    await begun(acme, many[19]!, 'many');
    const over = follow(client, toolEvents);
    await eventually(over.over, patience);
    expect(over.errors[0][0]).toMatchObject({ extensions: { code: 'rate_limited' } });
    for (const each of many) each.stop();
    await eventually(async () => {
      const next = follow(client, '{ viewer { roles } }');
      await eventually(next.over, patience);
      return next.values.length > 0;
    }, patience);
  });

  test('a connection ends when its key is revoked, and gets nothing after that', async () => {
    const made = await acme.as.tenant_admin('POST', '/api/api-keys', {
      name: 'to revoke',
      roles: ['viewer'],
    });
    const { client, closes } = connect({ authorization: `Bearer ${made.body.key}` });
    const followed = follow(client, toolEvents);
    await begun(acme, followed, 'revoked');
    await acme.as.tenant_admin('DELETE', `/api/api-keys/${made.body.id}`);
    await eventually(() => closes.length > 0, patience);
    expect(closes[0]).toMatchObject({ code: 4403 });
    const count = followed.values.length;
    await createTool(acme, 'afterwards');
    expect(followed.values).toHaveLength(count);
  });

  test('whoever may not connect is refused: no credential, another site, another organization', async () => {
    const { headers } = await api.signIn(acme.email, acme.password);
    const cookie = cookieOf(headers);
    const origin = api.services.environment.publicUrl;
    const open = (sent: Record<string, string>, query = '') =>
      openSocket(`${api.url}/graphql${query}`, sent, graphqlProtocol);
    await expect(open({})).rejects.toThrow(/401 .*"code":"unauthorized"/);
    await expect(open({ cookie, origin: 'https://evil.example' })).rejects.toThrow('403');
    await expect(open({ cookie, origin }, `?tenant=${globex.slug}`)).rejects.toThrow('403');
    const own = await open({ cookie, origin }, `?tenant=${acme.slug}`);
    // The protocol: nothing before `connection_init`.
    own.socket.send('{"type":"subscribe","id":"1","payload":{"query":"{ viewer { roles } }"}}');
    expect(await own.closed).toMatchObject({ code: 4401 });
    const other = await openSocket(`${api.url}/graphql`, keyOf(acme));
    expect(await other.closed).toMatchObject({ code: 4406 });
  });

  test('a reader that does not read costs little memory', async () => {
    const another = await anotherServer(api);
    const connections: Socket[] = [];
    another.app.server.on('connection', (socket: Socket) => connections.push(socket));
    try {
      const slow = await openSocket(`${another.url}/graphql`, keyOf(acme), graphqlProtocol);
      slow.socket.send('{"type":"connection_init"}');
      await eventually(() => slow.messages.some(({ type }) => type === 'connection_ack'));
      const query = 'subscription { events(types: ["ToolArchived"]) { event { subjectId data } } }';
      slow.socket.send(JSON.stringify({ type: 'subscribe', id: '1', payload: { query } }));
      const quick = await openSocket(`${api.url}/api/live?types=ToolArchived`, keyOf(acme));
      const append = async (count: number) => {
        const admin = await connectAdmin();
        await admin.query(
          `INSERT INTO event (tenant_id, type, subject_type, subject_id, actor_type, actor_id, actor_name, data)
           SELECT $1, 'ToolArchived', 'tool', n::text, 'system', 'test', 'Test', json_build_object('text', repeat('x', 2000))
           FROM generate_series(1, $2::int) n`,
          [acme.id, count],
        );
        await admin.end();
      };
      await eventually(
        async () => {
          await append(1);
          return slow.messages.some(({ type }) => type === 'next');
        },
        { ...patience, everyMs: 300 },
      );
      slow.socket.pause();
      const count = 15_000;
      await append(count);
      await eventually(() => quick.messages.at(-1)?.data?.subjectId === String(count), patience);
      expect(connections[0]!.writableLength).toBeLessThan(100_000);
      slow.socket.resume();
      const last = () => slow.messages.at(-1)?.payload?.data?.events.event.subjectId;
      await eventually(() => last() === String(count), patience);
      await Promise.all([slow.stop(), quick.stop()]);
    } finally {
      await another.app.close();
    }
  });
});
