import pg from 'pg';
import { v7 as uuidv7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { idStatement, numerousTypes } from '../../shared/finding/db/find-named.ts';
import { idRange } from '../../shared/finding/id-range.ts';
import { connectAdmin } from '../support/connect-admin.ts';
import { peopleOf } from '../support/people.ts';
import { startTestApi, type TestApi, type TestTenant } from '../support/test-api.ts';

interface Item {
  type: string;
  id: string;
  title: string;
  subtitle: string;
  url: string;
}

const inputSchema = {
  type: 'object',
  properties: {
    paymentId: { type: 'string' },
    amount: { type: 'number' },
    pin: { type: 'string', writeOnly: true },
  },
};

describe('the search', () => {
  let api: TestApi;
  let acme: TestTenant;
  let globex: TestTenant;
  /** Of each tenant: a tool, and an execution for the same payment. */
  const tools: Record<string, string> = {};
  const executions: Record<string, string> = {};

  beforeAll(async () => {
    api = await startTestApi();
    [acme, globex] = await Promise.all([api.tenant(), api.tenant()]);
    for (const tenant of [acme, globex]) {
      const made = await tenant.as.tool_admin('POST', '/api/tools', {
        type: 'dummy',
        name: 'refund_parcel',
        title: 'Refund a lost parcel',
        inputSchema,
      });
      expect(made.status, JSON.stringify(made.body)).toBe(201);
      tools[tenant.id] = made.body.id;
      executions[tenant.id] = await execute(tenant, {
        paymentId: 'pay_0047110815',
        amount: 12.5,
        pin: 'hunter2hunter',
      });
    }
  });
  afterAll(() => api?.close());

  async function execute(tenant: TestTenant, payload: unknown, exceptionId?: string): Promise<string> {
    const path = `/api/tools/${tools[tenant.id]}/execute`;
    const { body } = await tenant.as.operator('POST', path, { payload, exceptionId });
    return body.id;
  }
  async function search(query: string, call = acme.as.viewer): Promise<Item[]> {
    const { status, body } = await call('GET', `/api/search?${query}`);
    expect(status, JSON.stringify(body)).toBe(200);
    return body.items;
  }
  const find = async (q: string, types: string, call = acme.as.viewer) =>
    (await search(`q=${encodeURIComponent(q)}&types=${types}&limit=50`, call)).map((item) => item.id);
  const create = async (fields: Record<string, unknown>): Promise<{ id: string; number: number }> =>
    (await acme.as.operator('POST', '/api/exceptions', fields)).body;

  test('names are found with one or two typing errors, after what is called so, and by whom they are listed', async () => {
    const spelled = await api.tenant();
    const call = spelled.as.tenant_admin;
    const made = async (path: string, body: object) => (await call('POST', path, body)).body.id as string;
    const tool = await made('/api/tools', { type: 'dummy', name: 'reconcile_ledger', title: 'Reconcile' });
    const playbook = await made('/api/playbooks', {
      name: 'chargeback',
      title: 'Chargeback dispute',
      steps: [{ id: 'one', type: 'manual', title: 'One' }],
    });
    const dispute = await made('/api/exceptions', { title: 'Settlement of Kowalczyk is short' });
    await made('/api/exceptions', { title: 'Another one' });
    const people = peopleOf(api, spelled);
    await people.person(`magdalena@${spelled.slug}.test`, ['viewer']);
    await made('/api/credentials', {
      name: 'Ledgerkey',
      auth: { type: 'bearer', token: 'a token' },
      allowedHosts: ['ledger.example'],
    });
    const found = async (q: string, as = call) =>
      (await search(`q=${encodeURIComponent(q)}`, as)).map(({ id }) => id);
    for (const [q, id] of [
      ['recnocile', tool],
      ['reconcile_ldeger', tool],
      ['chargbeack', playbook],
      ['chagrebcak', playbook],
      ['Kowalzcyk', dispute],
      ['settlment kowalczik', dispute],
      ['kowalzc', dispute],
    ] as const)
      expect(await found(q), q).toContain(id);
    for (const q of ['kwalczky settlemnt', 'platypus']) expect(await found(q), q).toEqual([]);
    const templates = await search('q=srtipe', call);
    expect(templates.length).toBeGreaterThan(1);
    for (const { type, subtitle } of templates) expect([type, subtitle]).toEqual(['template', 'Stripe']);
    // What is called so comes first, and alone.
    const [first] = await search('q=reconcile', call);
    expect(first).toMatchObject({ type: 'tool', id: tool });
    const { body: other } = await call('POST', '/api/exceptions', { title: 'Reconcyle the books' });
    expect(await found('reconcyle')).toEqual([other.id]);
    // Nothing of another organization, and of a person nothing that they may not list.
    expect(await found('recnocile', globex.as.tenant_admin)).toEqual([]);
    expect((await search('q=madgalena', call)).map(({ type }) => type)).toEqual(['member']);
    expect((await search('q=ldegerkey', call)).map(({ type }) => type)).toEqual(['credential']);
    expect(await found('ldegerkey', spelled.as.viewer)).toEqual([]);
  });

  test.each([
    ['the id of a payment in its input', 'pay_0047110815'],
    ['a part of it', '4711081'],
    ['words in any order, of different fields', 'PARCEL 471108 refund'],
    ['a number', '12.5'],
    ['the title of its tool', 'lost parcel'],
    ['a short word', 're pa'],
    ['who requested it', 'operator key'],
  ])('an execution is found at once by %s, by its own tenant alone', async (_, q) => {
    for (const tenant of [acme, globex]) {
      const found = await find(q, 'execution', tenant.as.viewer);
      expect(found).toContain(executions[tenant.id]);
      expect(found).not.toContain(executions[tenant === acme ? globex.id : acme.id]);
    }
  });

  test('an execution is found by its id, whole or as pages show it, and comes first', async () => {
    const id = executions[acme.id]!;
    for (const q of [id, id.toUpperCase(), id.slice(-8), `…${id.slice(-8)}`])
      expect(await find(q, 'execution'), q).toEqual([id]);
    expect((await search(`q=${id}`))[0]).toEqual({
      type: 'execution',
      id,
      title: 'Refund a lost parcel',
      subtitle: `succeeded · operator key · ${id}`,
      url: `/t/${acme.slug}/executions/${id}`,
    });
    expect(await find(executions[globex.id]!, 'execution')).toEqual([]);
  });

  test('what was redacted is not found', async () => {
    expect(await find('hunter2hunter', 'execution')).toEqual([]);
    expect(await find('redacted', 'execution')).toEqual([]);
    const admin = await connectAdmin();
    const { rowCount } = await admin.query("SELECT FROM search_document WHERE body LIKE '%hunter2%'");
    await admin.end();
    expect(rowCount).toBe(0);
  });

  test('characters with a meaning elsewhere are literal', async () => {
    const id = await execute(acme, { paymentId: `100%_of\\it 'quoted' ÄÖÜ ﬁne 付款成功` });
    for (const q of ['100%_of\\it', "'quoted'", 'äöü', 'FINE', '款成功', '_of\\'])
      expect(await find(q, 'execution'), q).toEqual([id]);
    for (const q of ['100%of', '%%%', '___', '1__%', '\\\\\\', "'; DROP TABLE tool; --"])
      expect(await find(q, 'execution'), q).toEqual([]);
  });

  test.each([
    ['nothing', ''],
    ['spaces', '%20%20'],
    ['a character that cannot be stored', 'a%00b'],
    ['a very long text', 'x'.repeat(10_000)],
  ])('%s is refused', async (_, q) => {
    expect((await acme.as.viewer('GET', `/api/search?q=${q}`)).status).toBe(422);
  });

  test('an exception is found by its number first, its title, attributes, links and comments, as they are now', async () => {
    const { id, number } = await create({
      title: 'Chargeback of Frau Müller',
      attributes: { paymentId: 'pay_9313370042', amount: 77 },
    });
    await create({ title: `Repeats EX-${number}` });
    await acme.as.operator('POST', `/api/exceptions/${id}/comments`, {
      body: 'The bank calls it *zebrafish*.',
    });
    await acme.as.operator('POST', `/api/exceptions/${id}/links`, {
      kind: 'url',
      url: 'https://wiki.example/quokka',
    });
    for (const q of ['müller chargeback', '93133700', 'ZEBRAFISH', 'wiki.example/quokka', id])
      expect(await find(q, 'exception'), q).toEqual([id]);
    for (const q of [`EX-${number}`, `ex${number}`]) expect((await find(q, 'exception'))[0], q).toBe(id);
    expect(await find('zebrafish', 'exception', globex.as.viewer)).toEqual([]);

    await acme.as.operator('PUT', `/api/exceptions/${id}`, { title: 'Settled with Frau Meier' });
    expect(await find('frau meier', 'exception')).toEqual([id]);
    expect(await find('müller', 'exception')).toEqual([]);
    expect(await find('zebrafish', 'exception')).toEqual([id]);

    const execution = await execute(acme, { paymentId: 'pay_9313370042' }, id);
    expect(await find(`EX-${number}`, 'execution')).toEqual([execution]);
    const items = await search('q=9313370042&types=exception,execution');
    expect(items.map((item) => item.id)).toEqual([execution, id]);
  });

  test('tools, connectors, playbooks and members are found by name, title and id', async () => {
    const { body: connector } = await acme.as.tool_admin('POST', '/api/connectors', {
      name: 'quagga_bank',
      title: 'The bank of quaggas',
      baseUrl: 'https://quagga.example',
    });
    const { body: playbook } = await acme.as.tool_admin('POST', '/api/playbooks', {
      name: 'quagga_returns',
      title: 'A quagga comes back',
      steps: [{ id: 'look', type: 'manual', title: 'Look', assignee: { role: 'operator' } }],
    });
    const items = await search('q=quagga');
    expect(items.map(({ type, id }) => [type, id])).toEqual([
      ['playbook', playbook.id],
      ['connector', connector.id],
    ]);
    expect(await find('refund lost', 'tool')).toEqual([tools[acme.id]]);
    expect((await search('q=refund_parcel')).at(0)).toMatchObject({ type: 'tool', id: tools[acme.id] });
    expect((await search(`q=${encodeURIComponent(acme.email)}`)).map((item) => item.type)).toEqual([
      'member',
    ]);
    expect(await search('q=quagga', globex.as.viewer)).toEqual([]);
  });

  test('a case is found by #number; executions, runs, cases and batches by the beginning of their id', async () => {
    const { id, number } = await create({ title: 'Numbered wombat' });
    for (const q of [`#${number}`, `EX-${number}`, `${number}`])
      expect((await search(`q=${encodeURIComponent(q)}`))[0], q).toMatchObject({ type: 'exception', id });
    const calls = [{ id: 'one', toolId: tools[acme.id], payload: {} }];
    const { body: batch } = await acme.as.operator('POST', '/api/batches', { title: 'Wombats', calls });
    for (const [type, own] of [
      ['exception', id],
      ['batch', batch.id],
      ['execution', executions[acme.id]!],
    ] as const) {
      // Ids of one minute begin alike.
      for (const q of [own.slice(0, 8), own.slice(0, 18), own.slice(0, 18).replaceAll('-', '')])
        expect(await find(q, type), q).toContain(own);
      expect(await find(own.slice(0, 23), type, globex.as.viewer)).toEqual([]);
    }
    expect(await find(batch.id.slice(0, 4), 'batch,exception')).not.toContain(id);
    expect(await find('wombats', 'batch')).toEqual([batch.id]);
  });

  test('credentials are found by name, by those who may list them; schedules, templates; archived ones are not', async () => {
    const { body: credential } = await acme.as.tool_admin('POST', '/api/credentials', {
      name: 'okapi_key',
      auth: { type: 'bearer', token: 'okapisecrettoken' },
      allowedHosts: ['okapi.example'],
    });
    const { body: schedule } = await acme.as.operator('POST', '/api/schedules', {
      title: 'Okapi report',
      target: { toolId: tools[acme.id] },
      spec: { cron: '0 3 1 1 *' },
    });
    expect(schedule.id).toBeDefined();
    const seen = async (call = acme.as.viewer) => (await search('q=okapi', call)).map(({ id }) => id);
    expect(await seen(acme.as.tool_admin)).toEqual([credential.id, schedule.id]);
    expect(await seen()).toEqual([schedule.id]);
    expect(await seen(globex.as.tenant_admin)).toEqual([]);
    expect(await search('q=okapisecret', acme.as.tool_admin)).toEqual([]);
    expect((await search('q=slack_post_message'))[0]).toMatchObject({
      type: 'template',
      url: `/t/${acme.slug}/tools/templates/slack_post_message`,
    });
    await acme.as.operator('DELETE', `/api/schedules/${schedule.id}`);
    expect(await seen()).toEqual([]);
  });

  test('a name that begins with the query comes before one that only contains it', async () => {
    for (const name of ['a_numbat_late', 'numbat_first', 'b_xnumbat'])
      await acme.as.tool_admin('POST', '/api/tools', { name, title: name, type: 'dummy' });
    const found = (await search('q=numbat&types=tool')).map(({ title }) => title);
    expect(found).toEqual(['numbat_first', 'a_numbat_late', 'b_xnumbat']);
  });

  test('the beginning of an id is looked up in the index of the list, never row by row', async () => {
    const admin = await connectAdmin();
    await admin.query('SET enable_seqscan = off');
    const [from, to] = idRange(executions[acme.id]!.slice(0, 8))!;
    const { text, values } = idStatement(numerousTypes, [acme.id, from, to, 5]);
    const { rows } = await admin.query(`EXPLAIN ${text}`, values);
    await admin.end();
    const plan = rows.map((row) => row['QUERY PLAN']).join('\n');
    expect(plan).not.toContain('Seq Scan');
    for (const table of ['tool_execution', 'exception', 'playbook_run', 'batch'])
      expect(plan, plan).toMatch(new RegExp(`Index[^\n]* ${table}`));
    expect(plan).toMatch(/Index Cond: [^\n]*id >= /);
  });

  test('a list with other conditions shows what the search finds, page by page', async () => {
    const payments = ['pay_kiwi_1', 'pay_kiwi_2', 'pay_kiwi_3'];
    const made: string[] = [];
    for (const paymentId of payments) made.unshift(await execute(acme, { paymentId }));
    for (const filter of ['', `&toolId=${tools[acme.id]}&status=succeeded`]) {
      const seen: string[] = [];
      let cursor: string | null = null;
      do {
        const path: string = `/api/tools/executions?q=kiwi&limit=2${filter}${cursor ? `&cursor=${cursor}` : ''}`;
        const { body } = await acme.as.viewer('GET', path);
        seen.push(...body.items.map((item: { id: string }) => item.id));
        cursor = body.nextCursor;
      } while (cursor);
      expect(seen).toEqual(made);
    }
    const { body } = await acme.as.viewer('GET', '/api/tools/executions?q=kiwi&status=failed');
    expect(body.items).toEqual([]);
  });

  test('what commits late is found', async () => {
    const admin = await connectAdmin();
    const late = uuidv7();
    await admin.query('BEGIN');
    await admin.query(
      `INSERT INTO exception (id, tenant_id, number, title, domain, severity, created_by_type, created_by_id, created_by_name)
       VALUES ($1, $2, 9999, 'Latecomer wallaby', 'general', 'low', 'system', 'test', 'Test')`,
      [late, acme.id],
    );
    await admin.query(
      `INSERT INTO event (tenant_id, type, subject_type, subject_id, actor_type, actor_id, actor_name)
       VALUES ($1, 'ExceptionCreated', 'exception', $2, 'system', 'test', 'Test')`,
      [acme.id, late],
    );
    const { id } = await create({ title: 'Punctual wallaby' });
    expect(await find('wallaby', 'exception')).toEqual([id]);
    await admin.query('COMMIT');
    await admin.end();
    expect((await find('wallaby', 'exception')).toSorted()).toEqual([id, late].toSorted());
  });

  test('no login of the processes reads or writes the texts of another tenant', async () => {
    await find('refund', 'execution');
    const client = new pg.Client({ connectionString: inject('servers').databaseUrl });
    await client.connect();
    const asTenant = (id: string) =>
      client.query("SELECT set_config('interlock.tenant_id', $1, false)", [id]);
    const call = "SELECT id FROM interlock_search('execution', '{refund}', '{}', NULL, 1000) AS found(id)";
    try {
      expect((await client.query(call)).rows).toEqual([]);
      for (const { id } of [acme, globex]) {
        await asTenant(id);
        const own = new Set((await client.query(call)).rows.map((row) => row.id));
        expect(own.has(executions[id])).toBe(true);
        const { rows } = await client.query('SELECT DISTINCT tenant_id FROM search_document');
        expect(rows).toEqual([{ tenant_id: id }]);
        const others = Object.values(executions).filter((each) => each !== executions[id]);
        expect(others.filter((each) => own.has(each))).toEqual([]);
      }
      for (const statement of [
        "UPDATE search_document SET body = ''",
        'DELETE FROM search_document',
        'INSERT INTO search_document SELECT * FROM search_document',
        'SELECT * FROM search_position',
        'SELECT * FROM search_block',
      ])
        await expect(client.query(statement), statement).rejects.toThrow(/permission denied/);
    } finally {
      await client.end();
    }
  });
});
