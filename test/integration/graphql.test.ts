import { auditServer } from 'graphql-http';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createInterlockClient } from '../../shared/client/interlock-client.ts';
import { memberRoles } from '../../shared/identity/roles.ts';
import { countStatements } from '../support/count-statements.ts';
import { eventually } from '../support/eventually.ts';
import { asking } from '../support/graphql-client.ts';
import { createOwnDatabase } from '../support/own-database.ts';
import { peopleOf } from '../support/people.ts';
import { complete, publishPlaybook, runWhen, startRun, stepWhen } from '../support/playbook-runs.ts';
import { processorTime } from '../support/processor-time.ts';
import { type ProviderServer, sendJson, startProvider } from '../support/provider-server.ts';
import { cookieOf, startTestApi, type TestApi, type TestTenant } from '../support/test-api.ts';

const secret = 'token-5d1f40b2c87e4a19';
const wholeCase = /* GraphQL */ `
  query Cases($first: Int!) {
    exceptions(first: $first) {
      nodes {
        id number title attributes createdBy { name }
        runs { nodes {
          id status input playbook { name }
          steps {
            id status title
            executions {
              id status input output
              tool { name }
              attempts { number status httpStatus request }
              events(first: 5) { nodes { type actor { name } } }
            }
          }
          events(first: 5) { nodes { type } }
        } }
        executions { nodes { id toolName } pageInfo { hasNextPage } }
        events(first: 20) { nodes { type data } pageInfo { hasNextPage endCursor } }
      }
      pageInfo { hasNextPage endCursor }
    }
  }
`;

describe('the GraphQL door', () => {
  let api: TestApi;
  let acme: TestTenant;
  let globex: TestTenant;
  let provider: ProviderServer;
  let toolId: string;
  let playbookId: string;

  beforeAll(async () => {
    provider = await startProvider(({ body }, response) => {
      if (String(body).includes('"wait"')) return;
      sendJson(response, 200, { refundId: 're_1', amount: 19.9, exact: 1 });
    });
    // Tools of everyone, which others make, are in no list of it.
    const { databaseUrl } = await createOwnDatabase();
    api = await startTestApi({ databaseUrl });
    [acme, globex] = await Promise.all([api.tenant({ privateHosts: [provider.host] }), api.tenant()]);
    const tool = await acme.as.tenant_admin('POST', '/api/tools', {
      name: 'refund',
      title: 'Refund',
      type: 'http',
      auth: { type: 'bearer', token: secret },
      config: { method: 'POST', url: `${provider.url}/refunds` },
      inputSchema: { type: 'object', properties: { pin: { type: 'string', writeOnly: true } } },
    });
    expect(tool.status, JSON.stringify(tool.body)).toBe(201);
    toolId = tool.body.id;
    playbookId = await publishPlaybook(acme.as.tenant_admin, {
      name: 'refund_case',
      steps: [
        { id: 'look', type: 'manual', title: 'Look at it' },
        {
          id: 'pay',
          type: 'call_tool',
          title: 'Pay back',
          tool: 'refund',
          input: { amount: 5, pin: '8374' },
        },
      ],
    });
  });
  afterAll(async () => {
    await api?.close();
    await provider?.close();
  });

  /** A case whose run has called the tool. @returns its id */
  async function caseWithRun(tenant: TestTenant, title: string): Promise<string> {
    const { body } = await tenant.as.operator('POST', '/api/exceptions', {
      title,
      attributes: { order: 'o_1' },
    });
    const runId = await startRun(tenant.as.operator, playbookId, {
      exceptionId: body.id,
      input: { from: title },
    });
    await stepWhen(tenant.as.operator, runId, 'look', 'waiting');
    await complete(tenant.as.operator, runId, 'look');
    await stepWhen(tenant.as.operator, runId, 'pay', 'waiting');
    await complete(tenant.as.operator, runId, 'pay');
    await runWhen(tenant.as.operator, runId, ({ status }) => status === 'completed');
    return body.id;
  }

  test('one query reads cases with their runs, steps, executions and events', async () => {
    const id = await caseWithRun(acme, 'Paid twice');
    const { status, body } = await asking(acme.as.viewer)(wholeCase, { first: 5 });
    expect(status, JSON.stringify(body)).toBe(200);
    expect(body.errors).toBeUndefined();
    const found = body.data.exceptions.nodes.find((each: { id: string }) => each.id === id);
    expect(found).toMatchObject({ title: 'Paid twice', attributes: { order: 'o_1' } });
    const [run] = found.runs.nodes;
    expect(run).toMatchObject({
      status: 'completed',
      input: { from: 'Paid twice' },
      playbook: { name: 'refund_case' },
    });
    expect(run.steps.map((step: { id: string; status: string }) => [step.id, step.status])).toEqual([
      ['look', 'completed'],
      ['pay', 'completed'],
    ]);
    const [execution] = run.steps[1].executions;
    expect(execution).toMatchObject({
      status: 'succeeded',
      input: { amount: 5, pin: '[redacted]' },
      output: { refundId: 're_1', amount: 19.9 },
      tool: { name: 'refund' },
      attempts: [{ number: 1, status: 'succeeded', httpStatus: 200, request: { method: 'POST' } }],
    });
    expect(execution.events.nodes.map((each: { type: string }) => each.type)).toContain(
      'ToolExecutionCompleted',
    );
    expect(run.events.nodes.map((each: { type: string }) => each.type)).toContain('PlaybookRunCompleted');
    expect(found.executions.nodes).toEqual([{ id: execution.id, toolName: 'refund' }]);
    expect(found.events.nodes.map((each: { type: string }) => each.type)).toContain('ExceptionCreated');
    // What REST shows of the same.
    const rest = (await acme.as.viewer('GET', `/api/tools/executions/${execution.id}`)).body;
    expect(execution.attempts[0].request).toEqual(rest.attempts[0].request);
    const all = JSON.stringify(body);
    expect(all).not.toContain(secret);
    expect(all).not.toContain('8374');
  });

  test('twenty cases take as many statements as one', async () => {
    const of = (first: number) =>
      countStatements(api.services.db, async () => {
        const { body } = await asking(acme.as.viewer)(wholeCase, { first });
        expect(body.errors).toBeUndefined();
        expect(body.data.exceptions.nodes).toHaveLength(first);
      });
    await Promise.all(Array.from({ length: 20 }, (_, index) => caseWithRun(acme, `Case ${index}`)));
    const one = await of(1);
    expect(await of(20)).toBe(one);
    expect(one).toBeLessThan(30);
  });

  const refusal = ({
    body,
  }: {
    body: { errors?: { message: string; extensions: Record<string, unknown> }[] };
  }) => body.errors?.map(({ extensions: { code, details } }) => ({ code, details }));

  test.each(memberRoles)(
    '%s reads what REST shows, and whence an event came only as a tenant admin',
    async (role) => {
      const ask = asking(acme.as[role]);
      const every = await ask(/* GraphQL */ `{
      viewer { actor { type } roles tenant { slug } }
      tools { nodes { name runs24h } } playbooks { nodes { name steps } } executions(first: 1) { nodes { id } }
      runs(first: 1, status: completed) { nodes { id parentRun { id } exception { number } } }
      events(first: 1, type: "ExceptionCreated") { nodes { subjectId exception { title } } }
      batches { nodes { id } }
    }`);
      expect(every.body.errors).toBeUndefined();
      expect(every.body.data).toMatchObject({
        viewer: { actor: { type: 'api_key' }, roles: [role], tenant: { slug: acme.slug } },
        tools: { nodes: [{ name: 'refund' }] },
        playbooks: { nodes: [{ name: 'refund_case', steps: 2 }] },
        executions: { nodes: [{}] },
        runs: { nodes: [{ parentRun: null, exception: { number: expect.any(Number) } }] },
        events: { nodes: [{ exception: { title: expect.any(String) } }] },
      });
      const origin = await ask('{ events(first: 1) { nodes { type door address } } }');
      if (role === 'tenant_admin')
        expect(origin.body.data.events.nodes[0]).toMatchObject({ door: expect.any(String) });
      else {
        expect(origin.body.data).toBeUndefined();
        expect(refusal(origin)).toEqual([
          { code: 'forbidden', details: { field: 'Event.door', permission: 'audit.read' } },
        ]);
      }
    },
  );

  test('a refused field is in the audit trail', async () => {
    await asking(acme.as.approver)('{ events(first: 1) { nodes { address } } }');
    const { body } = await acme.as.tenant_admin('GET', '/api/audit?type=AccessDenied&limit=1');
    expect(body.items[0].data).toMatchObject({ operation: 'graphql.Event.address', reason: 'forbidden' });
  });

  test('a caller without a role reads nothing', async () => {
    const people = peopleOf(api, acme);
    const key = await people.key([], `viewer@${acme.id}.test`);
    const { body } = await asking(key)('{ exceptions { nodes { events { nodes { type } } } } }');
    expect(body.data).toBeUndefined();
    expect(body.errors.map((error: { extensions: { details: object } }) => error.extensions.details)).toEqual(
      [
        { field: 'Exception', permission: 'exceptions.read' },
        { field: 'Event', permission: 'events.read' },
      ],
    );
  });

  test('another organization finds nothing, by list or by id', async () => {
    const { body: own } = await asking(acme.as.viewer)(/* GraphQL */ `{
      exceptions(first: 1) { nodes { id number } } runs(first: 1) { nodes { id } }
      executions(first: 1) { nodes { id } } }`);
    const ids = {
      exception: own.data.exceptions.nodes[0].id,
      run: own.data.runs.nodes[0].id,
      execution: own.data.executions.nodes[0].id,
      tool: toolId,
      playbook: playbookId,
    };
    const fields = Object.keys(ids).map((name) => `${name}(id: $${name}) { id }`);
    const query = `query(${Object.keys(ids)
      .map((name) => `$${name}: ID!`)
      .join(' ')}) { ${fields.join(' ')}
      exceptions { nodes { id } } runs { nodes { id } } executions { nodes { id } } tools { nodes { id } }
      playbooks { nodes { id } } events(exceptionNone: 1) { nodes { id } } }`.replace(
      'events(exceptionNone: 1) { nodes { id } }',
      '',
    );
    const theirs = await asking(globex.as.tenant_admin)(query, ids);
    expect(theirs.body.errors).toBeUndefined();
    for (const value of Object.values(theirs.body.data)) expect([null, { nodes: [] }]).toContainEqual(value);
    const ours = await asking(acme.as.viewer)(query, ids);
    for (const name of Object.keys(ids)) expect(ours.body.data[name]).toEqual({ id: ids[name as 'run'] });
    const named = await asking(acme.as.viewer)('query($id: ID!) { exception(id: $id) { id } }', {
      id: `EX-${own.data.exceptions.nodes[0].number}`,
    });
    expect(named.body.data.exception.id).toBe(ids.exception);
    for (const id of ['EX-99999', 'no id', "' OR 1=1"])
      expect(
        (
          await asking(acme.as.viewer)(query, {
            ...ids,
            exception: id,
            run: id,
            execution: id,
            tool: id,
            playbook: id,
          })
        ).body.data,
      ).toMatchObject({ exception: null, run: null, execution: null, tool: null, playbook: null });
  });

  test('every list is read to its end, page after page, and a foreign cursor is refused', async () => {
    const ask = asking(acme.as.viewer);
    for (const list of ['exceptions', 'runs', 'executions', 'events']) {
      const seen: string[] = [];
      for (let after: string | null = null; ; ) {
        const { body } = await ask(
          `query($after: String) { ${list}(first: 7, after: $after) { nodes { id } pageInfo { hasNextPage endCursor } } }`,
          { after },
        );
        const page = body.data[list];
        seen.push(...page.nodes.map(({ id }: { id: string }) => id));
        if (!page.pageInfo.hasNextPage) break;
        after = page.pageInfo.endCursor;
      }
      expect(new Set(seen).size).toBe(seen.length);
      expect(seen.length).toBeGreaterThanOrEqual(21);
      const bad = await ask(`{ ${list}(after: "nothing") { nodes { id } } }`);
      expect(bad.body.errors[0].extensions).toMatchObject({ code: 'invalid_input' });
    }
    const inside = await ask(
      /* GraphQL */ `query($id: ID!, $after: String) {
      exception(id: $id) { events(first: 3, after: $after) { nodes { id } pageInfo { endCursor } } } }`,
      { id: 'EX-1' },
    );
    const { nodes, pageInfo } = inside.body.data.exception.events;
    const next = await ask(
      'query($id: ID!, $after: String) { exception(id: $id) { events(first: 3, after: $after) { nodes { id } } } }',
      { id: 'EX-1', after: pageInfo.endCursor },
    );
    const later = next.body.data.exception.events.nodes;
    expect(later).toHaveLength(3);
    expect(Number(later[0].id)).toBeLessThan(Number(nodes[2].id));
    for (const first of [0, 101]) {
      const wrong = await ask(`{ tools(first: ${first}) { nodes { id } } }`);
      expect(wrong.body.errors[0].extensions).toMatchObject({
        code: 'invalid_input',
        issues: [{ path: '/first' }],
      });
    }
  });

  test('a batch is read with its calls and their executions', async () => {
    const made = await acme.as.operator('POST', '/api/batches', {
      title: 'Two refunds',
      calls: [
        { id: 'one', tool: 'refund', payload: { amount: 1 } },
        { id: 'two', tool: 'refund', payload: { amount: 2 }, dependsOn: ['one'] },
      ],
      waitMs: 30_000,
    });
    expect(made.body.status, JSON.stringify(made.body)).toBe('succeeded');
    const { body } = await asking(acme.as.viewer)(
      /* GraphQL */ `query($id: ID!) { batch(id: $id) {
        title counts { total succeeded } actor { type } exception { id }
        calls(first: 1) { nodes { id execution { input status } } pageInfo { endCursor hasNextPage } }
      } batches(q: "refunds") { nodes { id calls { nodes { id needs } } } } }`,
      { id: made.body.id },
    );
    expect(body.errors).toBeUndefined();
    expect(body.data.batch).toMatchObject({
      title: 'Two refunds',
      counts: { total: 2, succeeded: 2 },
      calls: {
        nodes: [{ id: 'one', execution: { input: { amount: 1 }, status: 'succeeded' } }],
        pageInfo: { hasNextPage: true },
      },
    });
    expect(body.data.batches.nodes[0].calls.nodes).toEqual([
      { id: 'one', needs: [] },
      { id: 'two', needs: ['one'] },
    ]);
    const rest = await asking(acme.as.viewer)(
      'query($id: ID!, $after: String) { batch(id: $id) { calls(after: $after) { nodes { id } } } }',
      { id: made.body.id, after: body.data.batch.calls.pageInfo.endCursor },
    );
    expect(rest.body.data.batch.calls.nodes).toEqual([{ id: 'two' }]);
  });

  test('numbers keep their digits, and a long payload among many is an error of its field alone', async () => {
    const long = 'x'.repeat(6_000_000 / 8);
    const payload = `{"exact":9007199254740993.10,"text":"${long}"}`;
    const sent = [];
    for (let index = 0; index < 13; index++)
      sent.push(
        await acme.as.operator(
          'POST',
          `/api/tools/${toolId}/execute`,
          `{"payload":${payload.replace('"exact"', `"n${index}":1,"exact"`)}}`,
        ),
      );
    for (const { status, body } of sent) expect(status, JSON.stringify(body).slice(0, 500)).toBe(200);
    const response = await fetch(`${api.url}/api/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${acme.keys.viewer}` },
      body: JSON.stringify({ query: `{ execution(id: "${sent[0]!.body.id}") { input } }` }),
    });
    expect(await response.text()).toContain('"exact":9007199254740993.10');
    const { body } = await asking(acme.as.viewer)('{ executions(first: 13) { nodes { id input } } }');
    expect(body.data.executions.nodes.every(({ input }: { input: unknown }) => input === null)).toBe(true);
    expect(body.errors).toHaveLength(13);
    expect(body.errors[0]).toMatchObject({
      extensions: { code: 'payload_too_large' },
      path: ['executions', 'nodes', 0, 'input'],
    });
  });

  test.each([
    [
      'depth',
      `{ exceptions { nodes { ${'runs { nodes { exception { '.repeat(3)} runs { nodes { exception { id } } } ${'} } } '.repeat(3)} } } }`,
      { depth: 15, limit: 14 },
    ],
    [
      'cost',
      '{ exceptions(first: 100) { nodes { runs(first: 100) { nodes { events(first: 100) { nodes { id } } } } } } }',
      { cost: 1_010_100, limit: 50_000 },
    ],
    [
      'aliases',
      `{ ${Array.from({ length: 31 }, (_, n) => `a${n}: viewer { roles }`).join(' ')} }`,
      { aliases: 31, limit: 30 },
    ],
    ['aliases', `{ ${'viewer { roles } ... { viewer { roles } } '.repeat(30)} }`, { aliases: 59, limit: 30 }],
    ['tokens', `{ viewer { ${'roles '.repeat(1_000)} } }`, { limit: 1_000 }],
  ])('too much %s is refused before anything is read, with the numbers', async (_what, query, details) => {
    const statements = await countStatements(api.services.db, async () => {
      const answer = await asking(acme.as.viewer)(query);
      expect(refusal(answer)).toEqual([{ code: 'bad_request', details }]);
      expect(answer.body.errors[0].message).toMatch(/allowed.*Nothing was read\.$/);
      expect(answer.body.data).toBeUndefined();
    });
    expect(statements).toBe(0);
  });

  test('fragments that use each other a billion times cost no time', async () => {
    const fragments = Array.from(
      { length: 40 },
      (_, n) => `fragment f${n} on Exception { ...f${n + 1} runs { nodes { exception { ...f${n + 1} } } } }`,
    );
    const query = `{ exceptions { nodes { ...f0 } } } ${fragments.join(' ')} fragment f40 on Exception { id }`;
    const took = processorTime();
    expect((await asking(acme.as.viewer)(query)).body.errors[0].message).toContain('levels of fields');
    const circle =
      '{ exceptions { nodes { ...a } } } fragment a on Exception { ...b } fragment b on Exception { ...a }';
    expect((await asking(acme.as.viewer)(circle)).body.errors[0].message).toContain(
      'Cannot spread fragment "a" within itself',
    );
    expect(took()).toBeLessThan(2_000);
  });

  test('a size in a variable counts as what it is', async () => {
    const query =
      'query($n: Int = 100) { exceptions(first: $n) { nodes { runs(first: $n) { nodes { events(first: $n) { nodes { id } } } } } } }';
    expect(refusal(await asking(acme.as.viewer)(query))).toMatchObject([{ details: { cost: 1_010_100 } }]);
    expect((await asking(acme.as.viewer)(query, { n: 2 })).body.errors).toBeUndefined();
    expect(refusal(await asking(acme.as.viewer)(query, { n: 'x' }))).toMatchObject([{ code: 'bad_request' }]);
  });

  test('the schema can be read by whoever is signed in, and by no one else', async () => {
    const query =
      '{ __schema { queryType { name } mutationType { name } subscriptionType { fields { name } } } }';
    expect((await asking(acme.as.viewer)(query)).body.data.__schema).toEqual({
      queryType: { name: 'Query' },
      mutationType: null,
      subscriptionType: {
        fields: ['events', 'execution', 'run', 'executionChunks'].map((name) => ({ name })),
      },
    });
    for (const headers of [{}, { authorization: 'Bearer ilk_wrong' }] as Record<string, string>[]) {
      const { status, body } = await asking(api.call(null))(query, {}, headers);
      expect([status, body.errors[0].extensions.code, body.data]).toEqual([401, 'unauthorized', undefined]);
    }
  });

  test('what is wrong with a query is said with a code of ours, and nothing is changed by it', async () => {
    const ask = asking(acme.as.tenant_admin);
    for (const query of [
      '{ nothing }',
      '{',
      'mutation { deleteTool }',
      'query a { viewer { roles } } query b { viewer { roles } }',
    ]) {
      const { body } = await ask(query);
      expect(body.data, query).toBeUndefined();
      expect(body.errors[0].extensions, query).toMatchObject({
        code: 'bad_request',
        requestId: expect.any(String),
      });
    }
    expect((await ask('mutation { __typename }')).body.errors[0].message).toContain(
      'Nothing can be changed here',
    );
    expect((await ask('subscription { events { position } }')).body.errors[0].message).toContain('WebSocket');
  });

  test('what fails inside tells nothing of it', async () => {
    const { runs } = api.services;
    const { list } = runs;
    runs.list = () => Promise.reject(new Error('relation "playbook_run" of 10.0.0.7 broke'));
    try {
      const { status, body } = await asking(acme.as.viewer)('{ viewer { roles } runs { nodes { id } } }');
      expect(status).toBe(200);
      expect(body.errors[0]).toMatchObject({ extensions: { code: 'internal' }, path: ['runs'] });
      expect(JSON.stringify(body)).not.toMatch(/relation|10\.0\.0\.7|stack/);
    } finally {
      runs.list = list;
    }
  });

  test('a query that takes too long ends in time, and reads no further', async () => {
    const { runs, environment } = api.services;
    const { list } = runs;
    const before = environment.INTERLOCK_GRAPHQL_SECONDS;
    const go = Promise.withResolvers<void>();
    environment.INTERLOCK_GRAPHQL_SECONDS = 0.3;
    runs.list = async (...args) => {
      await go.promise;
      return list(...args);
    };
    try {
      const { body } = await asking(acme.as.viewer)('{ runs { nodes { id events { nodes { id } } } } }');
      expect(body).toMatchObject({ errors: [{ extensions: { code: 'unavailable' } }] });
      expect(body.errors[0].message).toContain('longer than 0.3 s');
      expect(await countStatements(api.services.db, async () => go.resolve())).toBe(0);
    } finally {
      go.resolve();
      runs.list = list;
      environment.INTERLOCK_GRAPHQL_SECONDS = before;
    }
  });

  test('an organization has so many queries in progress, and others are served meanwhile', async () => {
    const { runs, environment } = api.services;
    const { list } = runs;
    const go = Promise.withResolvers<void>();
    let waiting = 0;
    runs.list = async (...args) => {
      waiting += 1;
      await go.promise;
      return list(...args);
    };
    const most = environment.INTERLOCK_GRAPHQL_AT_ONCE;
    try {
      const query = '{ runs(first: 1) { nodes { id } } }';
      const held = Array.from({ length: most }, () => asking(acme.as.viewer)(query));
      const turned = await eventually(async () => {
        const answer = await asking(acme.as.viewer)('{ viewer { roles } }');
        return answer.status === 503 && waiting === 4 ? answer : undefined;
      });
      // Of all its queries together: the other connections to the database are for others.
      expect(waiting).toBe(4);
      expect(turned!.headers.get('retry-after')).toBe('1');
      expect(turned!.body.errors[0].extensions).toMatchObject({
        code: 'overloaded',
        details: { limit: most },
      });
      expect((await asking(globex.as.viewer)('{ viewer { roles } }')).status).toBe(200);
      go.resolve();
      for (const { status } of await Promise.all(held)) expect(status).toBe(200);
      expect((await asking(acme.as.viewer)(query)).status).toBe(200);
    } finally {
      go.resolve();
      runs.list = list;
    }
  });

  test('a page asks with its cookie, from its own origin only', async () => {
    const { headers } = await api.signIn(acme.email, acme.password);
    const cookie = cookieOf(headers);
    const origin = api.services.environment.publicUrl;
    const ask = asking(api.call(null));
    const query = '{ viewer { actor { name } } }';
    const own = await ask(query, {}, { cookie, origin, 'x-tenant': acme.slug });
    expect(own.body.data.viewer.actor.name).toBe('Ana Admin');
    const other = await ask(query, {}, { cookie, origin: 'https://evil.example', 'x-tenant': acme.slug });
    expect([other.status, other.body.errors[0].extensions.code]).toEqual([403, 'forbidden']);
    const foreign = await ask(query, {}, { cookie, origin, 'x-tenant': globex.slug });
    expect(foreign.status).toBe(403);
  });

  test('a key that is limited to other doors does not open this one', async () => {
    const keyFor = async (doors: string[]) =>
      (
        await acme.as.tenant_admin('POST', '/api/api-keys', {
          name: `for ${doors}`,
          roles: ['viewer'],
          doors,
        })
      ).body.key;
    const rest = await asking(api.call(await keyFor(['rest'])))('{ viewer { roles } }');
    expect([rest.status, rest.body.errors[0].extensions.code]).toEqual([403, 'forbidden']);
    expect((await asking(api.call(await keyFor(['graphql'])))('{ viewer { roles } }')).status).toBe(200);
  });

  test('the client asks a query and gets its data, or an error as of every other call', async () => {
    const clientOf = (apiKey: string) => createInterlockClient({ url: api.url, apiKey });
    const client = clientOf(acme.keys.viewer);
    const found = await client.graphql<{ exception: { number: number } | null }>(
      'query A($id: ID!) { exception(id: $id) { number } } query B { viewer { roles } }',
      { id: 'EX-1' },
      { operationName: 'A' },
    );
    expect(found.exception?.number).toBe(1);
    const failures: [Promise<unknown>, object][] = [
      [client.graphql('{ nothing }'), { status: 200, code: 'bad_request', requestId: expect.any(String) }],
      [
        client.graphql('{ tools(first: 0) { nodes { id } } }'),
        { code: 'invalid_input', issues: [{ path: '/first' }] },
      ],
      [
        client.graphql('{ events { nodes { door } } }'),
        { code: 'forbidden', details: { field: 'Event.door' } },
      ],
      [clientOf('wrong').graphql('{ viewer { roles } }'), { status: 401, code: 'unauthorized' }],
    ];
    for (const [failing, error] of failures) await expect(failing).rejects.toMatchObject(error);
  });

  test('the audits of the GraphQL over HTTP specification pass', async () => {
    const authorization = `Bearer ${acme.keys.viewer}`;
    // One after the other: an organization has a limited number in progress.
    let before: Promise<unknown> = Promise.resolve();
    const results = await auditServer({
      url: `${api.url}/graphql`,
      fetchFn: (url: string, { headers, ...init }: { headers?: object } = {}) => {
        const response = before.then(() => fetch(url, { ...init, headers: { ...headers, authorization } }));
        before = response;
        return response;
      },
    });
    expect(results.length).toBeGreaterThan(50);
    expect(
      results.flatMap((each) =>
        each.status === 'ok' ? [] : [`${each.status}: ${each.name}: ${each.reason}`],
      ),
    ).toEqual([]);
  });
});
