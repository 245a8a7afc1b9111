import { monitorEventLoopDelay } from 'node:perf_hooks';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { publishPlaybook, runWhen, startRun, stepWhen } from '../support/playbook-runs.ts';
import { type ProviderServer, startProvider } from '../support/provider-server.ts';
import { startTestApi, type TestApi, type TestTenant } from '../support/test-api.ts';

// API, worker and test share one process and one event loop here: what blocks or ends one, blocks or ends all.

const attacks: Record<string, string> = {
  'a comparison of 30,000 objects with each other': '$count($distinct([1..30000].{"n": $}))',
  'a text that doubles until it is too large':
    '($d := function($s, $n) { $n = 0 ? $s : $d($s & $s, $n - 1) }; $count($split($d("a,", 26), ",")))',
  'texts of 64 MB':
    '($d := function($s, $n) { $n = 0 ? $s : $d($s & $s, $n - 1) }; $sum([1..50].$length($uppercase($d("abcdefgh", 23)))))',
  'a list of nine million': '[1..9000000].[$]',
};
const manual = (id: string, more: object = {}) => ({ id, type: 'manual', title: id, ...more });

describe('what a tenant writes', () => {
  let api: TestApi;
  let acme: TestTenant;
  let globex: TestTenant;
  let provider: ProviderServer;
  let delay: ReturnType<typeof monitorEventLoopDelay>;
  beforeAll(async () => {
    api = await startTestApi();
    provider = await startProvider();
    [acme, globex] = await Promise.all([api.tenant({ privateHosts: [provider.host] }), api.tenant()]);
    // The isolates are warm.
    await dryRun('1 + 1');
  });
  afterAll(async () => {
    await api?.close();
    await provider?.close();
  });
  beforeEach(() => {
    delay = monitorEventLoopDelay({ resolution: 10 });
    delay.enable();
  });
  /** Before, each of these blocked it for seconds to minutes. A busy machine alone can stop a process for half a second. */
  afterEach(() => {
    delay.disable();
    expect(delay.max / 1e6).toBeLessThan(1000);
  });

  const dryRun = (when: string) =>
    acme.as.tool_admin('POST', '/api/playbooks/dry-run', {
      document: { name: 'hostile', title: 'Hostile', steps: [manual('first', { when })] },
    });
  const tool = async (definition: object): Promise<string> => {
    const created = await acme.as.tool_admin('POST', '/api/tools', { type: 'http', ...definition });
    expect(created.status, JSON.stringify(created.body)).toBe(201);
    return created.body.id;
  };
  /** Another tenant is served while the work goes on. */
  async function besides<T>(work: Promise<T>): Promise<T> {
    let going = true;
    const end = work.finally(() => {
      going = false;
    });
    const document = { name: 'kind', title: 'Kind', steps: [manual('a', { when: '$sum([1..3]) = 6' })] };
    for (let round = 0; going; round++) {
      expect((await globex.as.viewer('GET', '/api/me')).status).toBe(200);
      if (round >= 10) continue;
      const { body } = await globex.as.tool_admin('POST', '/api/playbooks/dry-run', { document });
      expect(body.steps).toMatchObject([{ result: 'would_wait' }]);
    }
    return end;
  }

  test.each(Object.entries(attacks))('%s is stopped in a dry run, within its budget', async (_, attack) => {
    const { status, body } = await besides(dryRun(`${attack} = 1`));
    expect(status).toBe(200);
    expect(body.steps).toMatchObject([
      {
        result: 'unknown',
        issues: [
          {
            path: '/when',
            message: expect.stringMatching(
              /^The expression (takes longer than 250 ms|needs too much memory|has a result of more than|failed: .+)/,
            ),
          },
        ],
      },
    ]);
  });

  test('a published condition that would block the worker leaves its step waiting, and the next run works', async () => {
    const { tool_admin: admin, operator } = acme.as;
    const hostile = await publishPlaybook(admin, {
      name: 'hostile_when',
      steps: [manual('first', { when: `${attacks['a text that doubles until it is too large']} = 1` })],
    });
    const kind = await publishPlaybook(admin, {
      name: 'kind',
      steps: [manual('first', { when: '1 + 1 = 2' })],
    });
    const stopped = await startRun(operator, hostile);
    const step = await stepWhen(operator, stopped, 'first', 'waiting');
    expect(step.failure ?? step.problem ?? step).toMatchObject({
      message: expect.stringContaining('The expression'),
    });
    await stepWhen(operator, await startRun(operator, kind), 'first', 'waiting');
    await runWhen(operator, stopped, (run) => run.status === 'waiting' || run.status === 'running');
  });

  test('a payload that would take too long to check is refused, and nothing is sent', async () => {
    const each = { type: 'object', required: ['a'], properties: { a: { type: 'string', minLength: 1 } } };
    const id = await tool({
      name: 'checks_much',
      inputSchema: {
        type: 'object',
        properties: { items: { type: 'array', items: { allOf: Array.from({ length: 200 }, () => each) } } },
      },
      config: { method: 'POST', url: `${provider.url}/never` },
    });
    const payload = { items: Array.from({ length: 100_000 }, () => ({})) };
    for (const path of ['validate', 'execute']) {
      const { status, body } = await acme.as.operator('POST', `/api/tools/${id}/${path}`, { payload });
      expect([status, body.error.code, body.error.issues]).toEqual([
        422,
        'invalid_input',
        [expect.objectContaining({ path: '', keyword: 'schema' })],
      ]);
    }
    expect(provider.requests).toEqual([]);
  });

  test('a schema that would take too long to compile is refused at its place', async () => {
    const pattern = `${'('.repeat(10)}a${'?)'.repeat(10)}{1000}`;
    const properties = Object.fromEntries(
      Array.from({ length: 500 }, (_, index) => [
        `p${index}`,
        { type: 'string', pattern: `${pattern}${index}` },
      ]),
    );
    const { status, body } = await acme.as.tool_admin('POST', '/api/tools', {
      name: 'compiles_much',
      type: 'http',
      inputSchema: { type: 'object', properties },
      config: { method: 'POST', url: provider.url },
    });
    expect([status, body.error.issues[0].path]).toEqual([422, expect.stringMatching(/^\/inputSchema/)]);
  });

  test('a response of millions of values is refused, and its beginning is kept', async () => {
    const body = Buffer.from(`[${'{},'.repeat(4_000_000)}{}]`);
    provider.respond = (_, response) =>
      response.writeHead(200, { 'content-type': 'application/json' }).end(body);
    const id = await tool({
      name: 'reads_much',
      inputSchema: { type: 'object' },
      config: { method: 'GET', url: provider.url, maxResponseBytes: 16_777_216 },
    });
    const { status, body: execution } = await besides(
      acme.as.operator('POST', `/api/tools/${id}/execute`, { payload: {} }),
    );
    expect([status, execution.failure?.code]).toEqual([500, 'invalid_output']);
    expect(execution.failure.message).toMatch(/values|memory|longer/);
    expect(execution.output).toMatch(/^\[\{\},\{\},/);
  });

  test.each(Object.entries(attacks))('%s is stopped in a transform of a response', async (_, transform) => {
    provider.respond = (_request, response) =>
      response.writeHead(200, { 'content-type': 'application/json' }).end('{"a":1}');
    const id = await tool({
      name: `transforms_${Object.values(attacks).indexOf(transform)}`,
      inputSchema: { type: 'object' },
      config: { method: 'GET', url: provider.url, transform },
    });
    const { status, body } = await acme.as.operator('POST', `/api/tools/${id}/execute`, { payload: {} });
    expect([status, body.failure?.code, body.output]).toEqual([500, 'invalid_output', { a: 1 }]);
  });

  test('a response with thousands of secrets blocks no one, and shows none of them', async () => {
    const secretOf = (index: number) => `s3cr3t-${index}-${'ab'.repeat(index % 50)}`;
    const secrets = Array.from({ length: 5000 }, (_, index) => secretOf(index));
    const texts = Array.from({ length: 2000 }, (_, index) => `It is ${secretOf(index)}, ${'a'.repeat(400)}.`);
    provider.respond = (_, response) =>
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ secrets, texts }));
    const id = await tool({
      name: 'shows_secrets',
      inputSchema: { type: 'object' },
      outputSchema: {
        type: 'object',
        properties: { secrets: { type: 'array', items: { type: 'string', writeOnly: true } } },
      },
      config: { method: 'GET', url: provider.url, maxResponseBytes: 16_777_216 },
    });
    const { status, body } = await acme.as.operator('POST', `/api/tools/${id}/execute`, { payload: {} });
    expect(status).toBe(200);
    expect(JSON.stringify(body.output)).toContain('[redacted]');
    expect(JSON.stringify(body.output)).not.toContain('s3cr3t');
  });

  test('a document with more expressions than can be read in time is refused', async () => {
    const message = Array.from({ length: 9000 }, (_, index) => `\${{ $sum([${index}]) }}`).join('');
    const { status, body } = await acme.as.tool_admin('POST', '/api/playbooks/check', {
      name: 'expressions',
      title: 'Expressions',
      steps: [
        manual('first'),
        { id: 'call', type: 'call_tool', title: 'Call', tool: 'none', input: { message } },
      ],
    });
    expect([status, body.issues]).toEqual([
      200,
      [expect.objectContaining({ path: '/steps', keyword: 'expression' })],
    ]);
  });

  test('conditions that wait for their turn hold no connection to the database', async () => {
    const third = await api.tenant();
    const when = `${attacks['a comparison of 30,000 objects with each other']} = 1`;
    const document = { name: 'hostile', title: 'Hostile', steps: [manual('first', { when })] };
    let ended = 0;
    // More than there are connections.
    const attack = Array.from({ length: 14 }, async () => {
      const { body } = await third.as.tool_admin('POST', '/api/playbooks/dry-run', { document });
      expect(body.steps).toMatchObject([{ result: 'unknown' }]);
      ended += 1;
    });
    for (let count = 0; count < 20; count++)
      expect((await globex.as.viewer('GET', '/api/tools')).status).toBe(200);
    expect(ended).toBeLessThan(14);
    await Promise.all(attack);
  });

  test('dry runs require the right to edit playbooks, and have a limit for each organization', async () => {
    const { status } = await acme.as.operator('POST', '/api/playbooks/dry-run', {
      document: { name: 'own', title: 'Own', steps: [manual('a')] },
    });
    expect(status).toBe(403);
    const third = await api.tenant();
    const again = () =>
      third.as.tool_admin('POST', '/api/playbooks/dry-run', {
        document: { name: 'own', title: 'Own', steps: [manual('a')] },
      });
    const responses = await Promise.all(Array.from({ length: 125 }, again));
    const refused = responses.filter((each) => each.status === 429);
    expect(refused.length).toBeGreaterThan(0);
    expect(responses.filter((each) => each.status === 200)).toHaveLength(responses.length - refused.length);
    expect(Number(refused[0]?.headers.get('retry-after'))).toBeGreaterThan(0);
  });
});
