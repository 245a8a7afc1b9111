import { v7 as uuidv7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { complete, publishPlaybook, startRun, stepWhen } from '../support/playbook-runs.ts';
import { type ProviderServer, sendJson, startProvider } from '../support/provider-server.ts';
import { startTestApi, type TestApi, type TestTenant } from '../support/test-api.ts';

const hashOf = (kind: string) => expect.stringMatching(new RegExp(`^\\[redacted:${kind}#[a-p]{20}\\]$`));

describe('marks of personal data in schemas that people fill in', () => {
  let api: TestApi;
  let acme: TestTenant;
  let provider: ProviderServer;

  beforeAll(async () => {
    provider = await startProvider((_request, response) => sendJson(response, 200, {}));
    api = await startTestApi({ reconcile: true });
    acme = await api.tenant({ privateHosts: [provider.host] });
    const saved = await acme.as.tenant_admin('PUT', '/api/settings/redaction', {
      kinds: { name: 'hash', birth_date: 'drop', email: 'mask', address: 'off' },
    });
    expect(saved.status).toBe(200);
  });
  afterAll(async () => {
    await api?.close();
    await provider?.close();
  });

  const customer = { type: 'string', minLength: 3, maxLength: 40, 'x-pii': 'name' };
  const schema = {
    type: 'object',
    required: ['customer'],
    properties: {
      customer,
      born: { type: 'string', format: 'date', 'x-pii': 'birth_date' },
      street: { type: 'string', 'x-pii': 'address' },
      note: { type: 'string' },
    },
  };
  const sent = {
    customer: 'Ana Sousa',
    born: '1980-04-01',
    street: 'Rua Augusta 1',
    // Not marked: people work with it, although a detector would find it.
    note: 'Write to ana@example.com',
  };
  const stored = { ...sent, customer: hashOf('name'), born: '[redacted:birth_date]' };
  const found = async (path: string, q: string): Promise<string[]> =>
    (await acme.as.viewer('GET', `${path}?q=${encodeURIComponent(q)}`)).body.items.map(
      ({ id }: { id: string }) => id,
    );

  test('attributes of a domain are stored as its marks say, can be sent back, and are found by their value', async () => {
    await acme.as.tenant_admin('PUT', '/api/exception-domains/claims', {
      title: 'Claims',
      attributeSchema: schema,
    });
    const created = await acme.as.operator('POST', '/api/exceptions', {
      title: 'A claim of ana@example.com',
      domain: 'claims',
      attributes: sent,
    });
    expect(created, JSON.stringify(created.body)).toMatchObject({
      status: 201,
      body: { title: 'A claim of ana@example.com', attributes: stored },
    });
    const { id, attributes } = created.body;
    // A date that was dropped is no date, and valid all the same: it was not changed.
    const put = (next: object) => acme.as.operator('PUT', `/api/exceptions/${id}`, { attributes: next });
    const back = await put({ ...attributes, note: 'Called' });
    expect(back, JSON.stringify(back.body)).toMatchObject({
      status: 200,
      body: { attributes: { ...stored, note: 'Called' } },
    });
    const other = await put({ ...attributes, customer: 'Bea Costa' });
    expect(other.body.attributes.customer).not.toBe(attributes.customer);
    await put(attributes);
    expect(await found('/api/exceptions', 'ana  SOUSA')).toEqual([id]);
    expect(await found('/api/exceptions', 'Bea Costa')).toEqual([]);
    const row = await api.services.db.system((connection) =>
      connection.query<{ row: string }>({
        text: `SELECT to_json(e)::text AS row FROM exception e WHERE id = $1
          UNION ALL SELECT to_json(e)::text FROM event e WHERE exception_id = $1::text`,
        values: [id],
      }),
    );
    expect(JSON.stringify(row)).not.toMatch(/Ana Sousa|Bea Costa|1980-04-01/);
  });

  test('inputs of runs and forms of steps are stored as their marks say, and runs are found by the value', async () => {
    const playbookId = await publishPlaybook(acme.as.tool_admin, {
      name: 'claims',
      inputSchema: schema,
      steps: [{ id: 'ask', type: 'manual', title: 'Ask', assignee: { role: 'operator' }, form: schema }],
    });
    const runId = await startRun(acme.as.operator, playbookId, { input: sent });
    await stepWhen(acme.as.operator, runId, 'ask', 'waiting');
    const run = (await acme.as.operator('GET', `/api/playbook-runs/${runId}`)).body;
    expect(run.input).toEqual(stored);
    expect(await found('/api/playbook-runs', 'Ana Sousa')).toEqual([runId]);
    const done = await complete(acme.as.operator, runId, 'ask', {
      input: { ...sent, customer: 'Carla Dias' },
    });
    expect(done.status, JSON.stringify(done.body)).toBe(200);
    const step = await stepWhen(acme.as.operator, runId, 'ask', 'completed');
    expect(JSON.stringify(step)).not.toMatch(/Carla Dias|1980-04-01/);
    expect(JSON.stringify(step)).toMatch(/\[redacted:name#[a-p]{20}\]/);
  });

  test('an execution whose name is stored as a hash is found by the name, however it is written', async () => {
    const created = await acme.as.tool_admin('POST', '/api/tools', {
      name: `greet_${uuidv7().replaceAll('-', '_')}`,
      type: 'http',
      inputSchema: { type: 'object', properties: { customer } },
      config: { method: 'POST', url: provider.url },
    });
    const run = async (name: string) =>
      (
        await acme.as.operator('POST', `/api/tools/${created.body.id}/execute`, {
          payload: { customer: name },
        })
      ).body;
    const dora = await run('Dora Maia');
    await run('Eva Luz');
    expect(dora.input).toEqual({ customer: hashOf('name') });
    expect(await found('/api/tools/executions', 'dora maia')).toEqual([dora.id]);
    expect(await found('/api/tools/executions', 'Dora')).toEqual([]);
    const searched = await acme.as.viewer('GET', '/api/search?q=Dora%20Maia&types=execution');
    expect(searched.body.items).toMatchObject([{ type: 'execution', id: dora.id }]);
  });
});
