import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { restOperations } from '../../api/rest/rest-operations.ts';
import { readServerEnvironment } from '../../shared/platform/server/environment.ts';
import { createLogger } from '../../shared/platform/server/logger.ts';
import { startTracing, type Tracing } from '../../shared/platform/server/tracing/start-tracing.ts';
import { canaryModes, newPerson, newSecrets, respondAs } from '../support/canary.ts';
import { type Collector, startCollector } from '../support/collector-server.ts';
import { connectTo } from '../support/connect-admin.ts';
import { eventually } from '../support/eventually.ts';
import { createOwnDatabase } from '../support/own-database.ts';
import { complete, publishPlaybook, startRun, stepWhen } from '../support/playbook-runs.ts';
import {
  type ProviderServer,
  type ReceivedRequest,
  sendJson,
  startProvider,
} from '../support/provider-server.ts';
import { dumpDatabase, dumpWorkflow, findSecret } from '../support/secret-scan.ts';
import { startTestApi, type TestApi, type TestTenant } from '../support/test-api.ts';

const secrets = newSecrets();
const person = newPerson();
const secretText = { type: 'string', writeOnly: true };
const markedName = { type: 'string', 'x-pii': 'name' };
const patience = { timeoutMs: 45_000 };

/** Auth of every kind. */
const auths = {
  api_key_header: { type: 'api_key', in: 'header', name: 'x-api-key', value: secrets.apiKeyHeader },
  api_key_query: { type: 'api_key', in: 'query', name: 'key', value: secrets.apiKeyQuery },
  bearer: { type: 'bearer', token: secrets.bearer },
  basic: { type: 'basic', username: 'canary', password: secrets.basic },
};

/**
 * Plants secrets and personal data wherever they can enter, makes everything happen that a tenant can make happen, and
 * then reads every place where something of it is stored, shown or sent.
 */
describe('nothing that is planted comes out', () => {
  let api: TestApi;
  let acme: TestTenant;
  let adminUrl: string;
  let provider: ProviderServer;
  let tokens: ProviderServer;
  let hook: ProviderServer;
  let collector: Collector;
  let tracing: Tracing;
  const logs: string[] = [];
  const responses: Record<string, string> = {};
  const streamed: string[] = [];
  const statuses: string[] = [];
  const stopStream = new AbortController();

  const tenantAdmin = async (method: string, path: string, body?: unknown) => {
    const response = await acme.as.tenant_admin(method, path, body);
    const place = `${method} ${path}`;
    responses[place] = `${responses[place] ?? ''} ${JSON.stringify(response.body)}`;
    return response;
  };

  beforeAll(async () => {
    const own = await createOwnDatabase();
    adminUrl = own.adminUrl;
    provider = await startProvider((request, response) => respondAs(request, response, knownTo(request)));
    tokens = await startProvider((request, response) =>
      request.url.includes('refused')
        ? sendJson(response, 400, {
            error: 'invalid_client',
            error_description: `${secrets.client} is wrong`,
          })
        : sendJson(response, 200, {
            access_token: secrets.accessToken,
            token_type: 'Bearer',
            expires_in: 600,
          }),
    );
    collector = await startCollector();
    const traced = readServerEnvironment({ OTEL_EXPORTER_OTLP_ENDPOINT: collector.url });
    tracing = startTracing(traced, 'canary', createLogger('silent'))!;
    hook = await startProvider((_request, response) => response.writeHead(204).end());
    api = await startTestApi({
      databaseUrl: own.databaseUrl,
      reconcile: true,
      onLog: (line) => logs.push(line),
      env: { INTERLOCK_WEBHOOK_RETRY_SECONDS: '0.05,0.05' },
    });
    acme = await api.tenant({ privateHosts: [provider.host, tokens.host, hook.host] });
    await tenantAdmin('PUT', '/api/settings/redaction', {
      kinds: {
        email: 'mask',
        phone: 'hash',
        card: 'mask',
        iban: 'drop',
        national_id: 'drop',
        ip: 'mask',
        name: 'hash',
      },
    });
    await tenantAdmin('POST', '/api/webhooks', { url: `${hook.url}/hook`, eventTypes: [] });
    void follow().catch(() => {});
    await runTools();
    await runPlaybooks();
  }, 120_000);
  afterAll(async () => {
    stopStream.abort();
    await tracing?.stop();
    await api?.close();
    for (const server of [provider, tokens, hook, collector]) await server?.close();
  });

  /** A provider knows what it was sent. */
  function knownTo({ url, headers, body }: ReceivedRequest): string[] {
    const [, credentials = ''] = headers.authorization?.split('Basic ') ?? [];
    const received = [
      new URL(url, provider.url).searchParams.toString().split('&').map(readQuery).join(' '),
      Object.values(headers).join(' '),
      Buffer.from(credentials, 'base64').toString(),
      body === '' ? '' : Object.values(JSON.parse(body)).join(' '),
    ].join(' ');
    return [...Object.values(secrets), ...Object.values(person)].filter((value) => received.includes(value));
  }
  const readQuery = (pair: string) => decodeURIComponent(pair.replaceAll('+', ' '));

  const inputSchema = {
    type: 'object',
    properties: {
      pin: secretText,
      name: { type: 'string', 'x-pii': 'name' },
      mode: { type: 'string' },
      note: { type: 'string' },
    },
  };

  async function createTool(
    name: string,
    more: object,
    config: object = { method: 'GET', url: `${provider.url}/${name}/as/{mode}` },
  ): Promise<string> {
    const { status, body } = await tenantAdmin('POST', '/api/tools', {
      name,
      type: 'http',
      timeoutMs: 700,
      deadlineMs: 8000,
      retry: { maxAttempts: 2, initialMs: 20, factor: 1, maxMs: 50 },
      inputSchema,
      ...more,
      config,
    });
    expect(status, JSON.stringify(body)).toBe(201);
    return body.id;
  }

  const payload = (mode: string, own: string, pin = secrets.pin) => ({
    ...person,
    mode,
    pin,
    note: `with ${own} and ${pin} for ${Object.values(person).join(', ')}`,
  });

  async function execute(toolId: string, body: object): Promise<string> {
    const { body: execution } = await tenantAdmin('POST', `/api/tools/${toolId}/execute`, body);
    statuses.push(execution.failure?.code ?? execution.status);
    return execution.id;
  }

  async function runTools(): Promise<void> {
    const connector = await tenantAdmin('POST', '/api/connectors', {
      name: 'shared',
      baseUrl: provider.url,
      auth: { type: 'bearer', token: secrets.inherited },
    });
    const oauth = (tokenPath: string) => ({
      auth: {
        type: 'oauth2_client_credentials',
        tokenUrl: `${tokens.url}/${tokenPath}`,
        clientId: 'canary',
        clientSecret: secrets.client,
      },
    });
    const made = await Promise.all([
      ...Object.entries(auths).map(
        async ([name, auth]) => [await createTool(name, { auth }), secretOf(auth)] as const,
      ),
      createTool('oauth', oauth('token')).then((id) => [id, secrets.client] as const),
      createTool('oauth_refused', oauth('refused')).then((id) => [id, secrets.client] as const),
      createTool('strict', {
        auth: auths.api_key_query,
        outputSchema: { type: 'object', required: ['nothing'] },
      }).then((id) => [id, secrets.apiKeyQuery] as const),
    ]);
    const connectorId = connector.body.id;
    const path = '/connector/as/{mode}';
    const inherited = await createTool(
      'connector',
      { auth: { type: 'inherit' } },
      { connectorId, method: 'GET', path },
    );
    made.push([inherited, secrets.inherited]);
    const posting = await createTool('plain', {}, { method: 'POST', url: `${provider.url}/plain/as/{mode}` });
    expect(connector.status).toBe(201);
    await Promise.all([
      ...made.flatMap(([id, own], index) =>
        (index === 0 ? canaryModes : (['ok', 'refuse'] as const)).map((mode) =>
          execute(id, { payload: payload(mode, own) }),
        ),
      ),
      ...(['ok', 'html', 'hang', 'drop', 'large'] as const).map((mode) =>
        execute(posting, { payload: payload(mode, secrets.pin) }),
      ),
      ...made.map(([id, own]) =>
        tenantAdmin('POST', `/api/tools/${id}/preview`, { payload: payload('ok', own) }),
      ),
    ]);
    await cancelOne(made[0]![0]);
    await failInside(
      await createTool('broken', { auth: auths.api_key_query, outputSchema: { type: 'object' } }),
    );
  }

  /** What fails inside of Interlock is logged, with its error: PostgreSQL quotes the row that it refuses, a parser the text. */
  async function failInside(broken: string): Promise<void> {
    const texts = { all: [...Object.values(secrets), ...Object.values(person)].join(' ') };
    const { body: exception } = await tenantAdmin('POST', '/api/exceptions', { title: 'Logged' });
    const admin = await connectTo(adminUrl);
    await admin.query('ALTER TABLE comment ADD CONSTRAINT refused CHECK (false) NOT VALID');
    const failed = await acme.as.tenant_admin('POST', `/api/exceptions/${exception.id}/comments`, {
      body: texts.all,
    });
    await admin.query('ALTER TABLE comment DROP CONSTRAINT refused');
    await admin.query(
      `UPDATE tool_version SET definition = jsonb_set(definition::jsonb, '{outputSchema}', '{"type": "nonsense"}')
       WHERE tool_id = $1`,
      [broken],
    );
    await admin.end();
    expect(failed.status).toBe(500);
    expect((await acme.as.tenant_admin('POST', '/api/exceptions', `{"title": ${texts.all}`)).status).toBe(
      400,
    );
    await execute(broken, { payload: payload('ok', secrets.apiKeyQuery) });
    const logged = logs.join('');
    expect(logged).toContain('violates check constraint');
    expect(logged).toContain('a response could not be processed');
  }

  async function cancelOne(toolId: string): Promise<void> {
    const { body } = await acme.as.tenant_admin(
      'POST',
      `/api/tools/${toolId}/execute`,
      { payload: payload('hang', secrets.apiKeyHeader) },
      { prefer: 'respond-async' },
    );
    await tenantAdmin('POST', `/api/tools/executions/${body.id}/cancel`);
    await eventually(async () => {
      const { body: now } = await acme.as.viewer('GET', `/api/tools/executions/${body.id}`);
      return now.status === 'failed';
    }, patience);
    statuses.push('cancelled');
  }

  /** People write what they have copied: a secret that the vault knows, in a text that no schema marks. */
  async function runPlaybooks(): Promise<void> {
    const pasted = `The key is ${secrets.apiKeyHeader}, and "${secrets.basic}" too`;
    const reason = `${pasted} for ${person.email} and ${person.card}`;
    await tenantAdmin('PUT', '/api/exception-domains/cards', {
      title: 'Cards',
      attributeSchema: { type: 'object', properties: { code: secretText, customer: markedName } },
    });
    const exception = await tenantAdmin('POST', '/api/exceptions', {
      title: `Card stuck ${secrets.basic}`,
      description: pasted,
      domain: 'cards',
      attributes: { code: secrets.attribute, customer: secrets.marked, note: reason },
    });
    const exceptionId = exception.body.id;
    await tenantAdmin('POST', `/api/exceptions/${exceptionId}/comments`, { body: pasted });
    await tenantAdmin('PUT', `/api/exceptions/${exceptionId}`, { description: `${pasted}.` });
    const as = acme.as.tenant_admin;
    const playbook = await publishPlaybook(as, {
      name: 'canary',
      inputSchema: {
        type: 'object',
        properties: {
          token: secretText,
          customer: markedName,
          text: { type: 'string' },
          email: { type: 'string' },
          card: { type: 'string' },
        },
      },
      steps: [
        {
          id: 'ask',
          type: 'manual',
          title: 'Ask',
          form: { type: 'object', properties: { code: secretText, customer: markedName } },
        },
        {
          id: 'call',
          type: 'call_tool',
          title: 'Call',
          tool: 'plain',
          input: { mode: 'ok', note: '${{ input.text & exception.attributes.note }}' },
        },
        {
          id: 'sign',
          type: 'approval',
          title: 'Sign',
          covers: ['again'],
        },
        {
          id: 'again',
          type: 'call_tool',
          title: 'Again',
          tool: 'plain',
          input: {
            mode: 'ok',
            email: '${{ input.email }}',
            card: '${{ input.card }}',
            note: '${{ input.text }}',
          },
        },
        { id: 'odd', type: 'manual', title: 'Odd', when: '${{ $number(input.text) > 0 }}' },
      ],
    });
    const runId = await startRun(as, playbook, {
      exceptionId,
      input: { ...person, token: secrets.runInput, customer: secrets.marked, text: reason },
    });
    await stepWhen(as, runId, 'ask', 'waiting');
    await complete(as, runId, 'ask', {
      input: { code: secrets.form, customer: secrets.marked, pasted },
      reason,
    });
    await stepWhen(as, runId, 'call', 'waiting');
    await complete(as, runId, 'call', { input: payload('ok', secrets.form, secrets.form) });
    const approval = await stepWhen(as, runId, 'sign', 'waiting');
    expect(approval.covers[0].preview.request.body.email).toContain('[redacted:email:c…@example.com]');
    const approved = await complete(acme.as.approver, runId, 'sign', { outcome: 'approved' });
    expect(approved.status, JSON.stringify(approved.body)).toBe(200);
    await stepWhen(as, runId, 'again', 'waiting');
    await complete(as, runId, 'again', {});
    await eventually(async () => {
      const { body: run } = await tenantAdmin('GET', `/api/playbook-runs/${runId}`);
      return run.steps.at(-1).issues?.length > 0 || run.steps.at(-1).failure !== null;
    }, patience);
    await tenantAdmin('POST', `/api/playbook-runs/${runId}/cancel`, { reason });
    await tenantAdmin('POST', `/api/exceptions/${exceptionId}/resolve`, { code: 'fixed', note: reason });
    await tenantAdmin('POST', `/api/exceptions/${exceptionId}/reopen`, { reason });
    await settleUnknown(reason);
  }

  async function settleUnknown(note: string): Promise<void> {
    const { body } = await tenantAdmin('GET', '/api/tools/executions?status=failed&limit=100');
    const unknown = body.items.find(
      (each: { failure: { code: string } }) => each.failure.code === 'outcome_unknown',
    );
    const settled = await tenantAdmin('POST', `/api/tools/executions/${unknown.id}/settle`, {
      happened: true,
      note,
      output: { said: secrets.bearer, to: person.card },
    });
    expect(settled.status).toBe(200);
  }

  /** What open pages get. */
  async function follow(): Promise<void> {
    const { body } = await fetch(`${api.url}/trpc/live.events`, {
      headers: { accept: 'text/event-stream', authorization: `Bearer ${acme.keys.tenant_admin}` },
      signal: stopStream.signal,
    });
    for await (const chunk of body!.pipeThrough(new TextDecoderStream())) streamed.push(chunk);
  }

  /** Every GET of the API, with every id that the tenant has. */
  async function readEverything(): Promise<Record<string, string>> {
    const places: Record<string, string> = {};
    const get = async (path: string) => {
      const { status, headers, body } = await acme.as.tenant_admin('GET', path);
      if (status === 200) places[path] = `${JSON.stringify(body)} ${[...headers].join(' ')}`;
      return body;
    };
    const reads = restOperations.filter(({ rest }) => rest.method === 'GET');
    for (const { rest } of reads.filter(({ rest: { path } }) => !path.includes('{'))) {
      const found = await get(`${rest.path}${rest.path === '/api/search' ? '?q=canary' : '?limit=100'}`);
      const items: { id: string }[] = found?.items ?? [];
      await Promise.all(
        items.flatMap(({ id }) =>
          reads
            .filter(({ rest: { path } }) => path.startsWith(`${rest.path}/{id}`))
            .map((inner) => get(inner.rest.path.replace('{id}', id).replace('{version}', '1'))),
        ),
      );
    }
    for (const list of ['/api/tools/executions', '/api/exceptions', '/api/events'])
      for (const format of ['csv', 'ndjson']) await get(`${list}.${format}`);
    for (const word of ['canary', person.email, 'received', secrets.basic])
      await get(`/api/search?q=${encodeURIComponent(word)}`);
    await get('/metrics');
    return places;
  }

  /** Every workflow of this test, as Temporal shows it. */
  async function readTemporal(): Promise<Record<string, string>> {
    const { client } = api.services.temporal;
    const places: Record<string, string> = {};
    const listed: string[] = [];
    for await (const workflow of client.workflow.list({ query: `TaskQueue = '${api.taskQueue}'` })) {
      listed.push(JSON.stringify([workflow.workflowId, workflow.memo, workflow.searchAttributes]));
      places[`workflow ${workflow.workflowId}`] = await dumpWorkflow(client, workflow.workflowId);
    }
    expect(listed.length).toBeGreaterThan(10);
    return { ...places, visibility: listed.join('\n') };
  }

  const finds = (places: Record<string, string>, planted: Record<string, string>) =>
    Object.entries(planted).flatMap(([name, value]) =>
      findSecret(places, value).map((place) => `${name} in ${place}`),
    );

  test('everything has happened: success, failure, retry, unknown, invalid output, cancel', () => {
    for (const status of ['succeeded', 'provider_error', 'outcome_unknown', 'invalid_output', 'cancelled'])
      expect(statuses).toContain(status);
    for (const value of [secrets.pin, person.email])
      expect(
        provider.requests.some(({ url, body }) =>
          `${decodeURIComponent(url)} ${body}`.includes(value.slice(0, 12)),
        ),
      ).toBe(true);
  });

  /**
   * Where personal data stays as people write it: they work with it, and expressions read it. Its secrets are replaced
   * there too.
   */
  const cases = [
    /^public\.(exception|playbook_run)$/,
    /^public\.search_document$/,
    /^(POST |GET |PUT )?\/api\/(exceptions|playbook-runs)(\/[\w-]{36})?(\/(comments|resolve|reopen|cancel))?(\?|$)/,
    /^\/api\/exceptions\.(csv|ndjson)$/,
  ];
  const apart = (places: Record<string, string>) =>
    Object.fromEntries(
      Object.entries(places).filter(([name]) => !cases.some((pattern) => pattern.test(name))),
    );

  test('no table', async () => {
    const tables = await dumpDatabase(adminUrl);
    expect(finds(tables, secrets)).toEqual([]);
    expect(finds(apart(tables), person)).toEqual([]);
  });

  test('no response, page of a list, export, search result or metric', async () => {
    const places = { ...(await readEverything()), ...responses };
    expect(Object.keys(places).length).toBeGreaterThan(40);
    expect(finds(places, secrets)).toEqual([]);
    expect(finds(apart(places), person)).toEqual([]);
  });

  test('no history, description or list of Temporal', async () => {
    expect(finds(await readTemporal(), { ...secrets, ...person })).toEqual([]);
  });

  test('no log line, and no event of a live stream', async () => {
    await eventually(() => streamed.join('').includes('ExceptionReopened'), patience);
    const places = { logs: logs.join('\n'), stream: streamed.join('') };
    expect(finds(places, { ...secrets, ...person })).toEqual([]);
  });

  test('no span of a trace, and there are many', async () => {
    const sent = () => collector.bodies.join('\n');
    await eventually(
      () => ['call http', 'applyCompletion', 'search'].every((name) => sent().includes(name)),
      patience,
    );
    expect(finds({ traces: sent() }, { ...secrets, ...person })).toEqual([]);
  });

  test('a line about an execution names its request, its execution and its trace', () => {
    const line = logs.find((each) => each.includes('a response could not be processed'))!;
    expect(JSON.parse(line)).toMatchObject({
      requestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
      executionId: expect.stringMatching(/^[0-9a-f-]{36}$/),
      traceId: expect.stringMatching(/^[0-9a-f]{32}$/),
    });
    const failed = logs.find((each) => each.includes('violates check constraint'))!;
    expect(JSON.parse(failed).requestId).toMatch(/^[0-9a-f-]{36}$/);
  });

  test('no webhook', async () => {
    await eventually(() => hook.requests.some(({ body }) => body.includes('ToolExecutionSettled')), patience);
    const sent = hook.requests
      .map(({ url, headers, body }) => JSON.stringify([url, headers, body]))
      .join('\n');
    expect(finds({ webhooks: sent }, { ...secrets, ...person })).toEqual([]);
  });
});

function secretOf(auth: Record<string, string>): string {
  return auth.value ?? auth.token ?? auth.password!;
}
