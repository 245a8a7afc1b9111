import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { freePort } from '../../dev/free-port.ts';
import {
  createInterlockClient,
  InterlockApiError,
  type InterlockClient,
  type SubscribedEvent,
} from '../../shared/client/interlock-client.ts';
import { eventually } from '../support/eventually.ts';
import { publishPlaybook } from '../support/playbook-runs.ts';
import { createTcpGate, type TcpGate } from '../support/tcp-gate.ts';
import { startTestApi, type TestApi, type TestTenant } from '../support/test-api.ts';

/** Any open transaction of the database delays the event log, and other tests open some. */
const patience = { timeoutMs: 45_000 };

describe('the client for outside engines', () => {
  let api: TestApi;
  let acme: TestTenant;
  let client: InterlockClient;
  beforeAll(async () => {
    api = await startTestApi();
    acme = await api.tenant();
    client = createInterlockClient({ url: api.url, apiKey: acme.keys.operator });
  });
  afterAll(() => api.close());

  /** A client whose first responses are lost or replaced. */
  function faulty(...faults: ('lost' | Response)[]) {
    const sent: { key: string | null; body: unknown; at: number }[] = [];
    const engine = createInterlockClient({
      url: `${api.url}/`,
      apiKey: acme.keys.operator,
      fetch: async (url, init) => {
        sent.push({
          key: new Headers(init?.headers).get('idempotency-key'),
          body: init?.body,
          at: performance.now(),
        });
        const fault = faults.shift();
        if (fault instanceof Response) return fault;
        const response = await fetch(url, init);
        if (fault === 'lost') throw new TypeError('fetch failed');
        return response;
      },
    });
    return { engine, sent };
  }
  const countOf = async (q: string) => (await client.exceptions.list({ q })).items.length;

  test('a list gives every item, page after page, and keeps its filters', async () => {
    const title = `Paged ${acme.slug}`;
    for (const number of [1, 2, 3, 4, 5]) await client.exceptions.create({ title: `${title} ${number}` });
    await client.exceptions.create({ title: 'Other' });
    const { engine, sent } = faulty();
    const titles: string[] = [];
    for await (const exception of engine.exceptions.list.all({ q: title, limit: 2 }))
      titles.push(exception.title);
    expect(titles.toSorted()).toEqual([1, 2, 3, 4, 5].map((number) => `${title} ${number}`));
    expect(sent).toHaveLength(3);
  });

  test('executing and starting carry a key, and numbers keep their digits with a lossless reader', async () => {
    const { body: tool } = await acme.as.tool_admin('POST', '/api/tools', { name: 'keyed', type: 'dummy' });
    const { engine, sent } = faulty('lost');
    const execution = await engine.tools.execute({ id: tool.id, payload: {} });
    expect(sent[1]!.key).toBe(sent[0]!.key);
    expect(sent[0]!.key).toBeTruthy();
    expect((await client.executions.list({ toolId: tool.id })).items).toMatchObject([{ id: execution.id }]);
    const asText = createInterlockClient({
      url: api.url,
      apiKey: acme.keys.operator,
      json: { parse: (text) => ({ text }), stringify: () => '{"payload":{"amount":12345678901234567890}}' },
    });
    const read: unknown = await asText.tools.execute({ id: tool.id, payload: {} });
    expect(read).toEqual({ text: expect.stringContaining('"status":"succeeded"') });
  });

  test('when a response is lost, the request is retried with the same key: one exception', async () => {
    const { engine, sent } = faulty('lost');
    const exception = await engine.exceptions.create({ title: 'Lost response' });
    expect(sent.map((each) => each.key)).toEqual([sent[0]!.key, sent[0]!.key]);
    expect(sent[0]!.key).toBeTruthy();
    expect(await countOf('Lost response')).toBe(1);
    expect((await client.exceptions.get({ id: exception.id })).title).toBe('Lost response');
    // A caller's own key works across processes.
    const own = { title: 'Own key', idempotencyKey: 'order-17' };
    const [first, second] = [await client.exceptions.create(own), await client.exceptions.create(own)];
    expect(second.id).toBe(first.id);
  });

  test('a write without a key is not retried when its outcome is unknown', async () => {
    const { id } = await client.exceptions.create({ title: 'Commented' });
    const { engine, sent } = faulty('lost');
    await expect(engine.exceptions.comment({ id, body: 'once' })).rejects.toMatchObject({
      status: 0,
      code: 'unreachable',
    });
    expect(sent).toHaveLength(1);
  });

  test('a 503 that says that its outcome is unknown is retried with a key only', async () => {
    const unknown = () =>
      Response.json(
        { error: { code: 'unavailable', message: '…', details: { outcome: 'unknown' }, requestId: 'r' } },
        { status: 503, headers: { 'retry-after': '0' } },
      );
    const { engine, sent } = faulty(unknown(), unknown());
    const { id } = await engine.exceptions.create({ title: 'Not known' });
    expect(sent.map((each) => each.key)).toEqual([sent[0]!.key, sent[0]!.key, sent[0]!.key]);
    const keyless = faulty(unknown());
    await expect(keyless.engine.exceptions.comment({ id, body: 'once' })).rejects.toMatchObject({
      code: 'unavailable',
      details: { outcome: 'unknown' },
    });
    expect(keyless.sent).toHaveLength(1);
  });

  test('a call is retried after the Retry-After of a 503, and at once after a 502 of a proxy', async () => {
    const busy = Response.json(
      { error: { code: 'unavailable', message: 'Stopping', requestId: 'r' } },
      { status: 503, headers: { 'retry-after': '1' } },
    );
    const { engine, sent } = faulty(busy, new Response('<h1>Bad gateway</h1>', { status: 502 }));
    await engine.exceptions.create({ title: 'In the end' });
    expect(sent).toHaveLength(3);
    expect(sent[1]!.at - sent[0]!.at).toBeGreaterThan(990);
    expect(sent[2]!.at - sent[1]!.at).toBeLessThan(990);
    expect(await countOf('In the end')).toBe(1);
  });

  test('a 503 that does not say that nothing was done is retried with the same key, and not without one', async () => {
    const unknown = () =>
      Response.json(
        { error: { code: 'not_known', message: 'The outcome is not known', requestId: 'r' } },
        { status: 503 },
      );
    const keyed = faulty(unknown());
    const { id } = await keyed.engine.exceptions.create({ title: 'Not known' });
    expect(keyed.sent.map(({ key }) => key)).toEqual([keyed.sent[0]!.key, keyed.sent[0]!.key]);
    const unkeyed = faulty(unknown());
    await expect(unkeyed.engine.exceptions.comment({ id, body: 'once' })).rejects.toMatchObject({
      status: 503,
    });
    expect(unkeyed.sent).toHaveLength(1);
  });

  test('an error has a code, paths and the request id', async () => {
    const failure = await client.exceptions
      .create({ title: '', severity: 'enormous' as 'low' })
      .catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(InterlockApiError);
    expect(failure).toMatchObject({ status: 422, code: 'invalid_input', requestId: expect.any(String) });
    expect((failure as InterlockApiError).issues.map((issue) => issue.path)).toEqual(['/title', '/severity']);
    await expect(client.runs.get({ id: 'none' })).rejects.toMatchObject({ status: 404, code: 'not_found' });
    const stranger = createInterlockClient({ url: api.url, apiKey: 'ilk_no' });
    await expect(stranger.tools.list()).rejects.toMatchObject({ status: 401, code: 'unauthorized' });
    await expect(stranger.events.subscribe().ready).rejects.toMatchObject({ status: 401 });
    await expect(client.events.subscribe({ types: ['Nothing'] }).ready).rejects.toMatchObject({
      status: 422,
    });
  });

  test('a failed execution is a result, not an error', async () => {
    const { body: tool } = await acme.as.tool_admin('POST', '/api/tools', {
      name: 'failing',
      type: 'dummy',
      config: { failure: { message: 'Out of stock' } },
    });
    const execution = await client.tools.execute({ id: tool.id, payload: {} });
    expect(execution.status).toBe('failed');
    expect((await client.executions.get({ id: execution.id })).id).toBe(execution.id);
  });

  describe('subscribed to events', () => {
    let gate: TcpGate;
    let engine: InterlockClient;
    beforeAll(async () => {
      const port = await freePort('gate', 0);
      gate = createTcpGate(port, { host: '127.0.0.1', port: Number(new URL(api.url).port) });
      await gate.open();
      engine = createInterlockClient({ url: `http://127.0.0.1:${port}`, apiKey: acme.keys.viewer });
    });
    afterAll(() => gate.shut());

    function collect(filter: Parameters<InterlockClient['events']['subscribe']>[0]) {
      const subscription = engine.events.subscribe(filter);
      const seen: SubscribedEvent[] = [];
      const done = (async () => {
        for await (const event of subscription) seen.push(event);
      })();
      return { seen, done, subscription };
    }

    test('a subscription gets every event of its exception after `ready`, and none of other exceptions or tenants', async () => {
      const globex = await api.tenant();
      const other = await client.exceptions.create({ title: 'Another' });
      const mine = await client.exceptions.create({ title: 'Mine' });
      const { seen, done, subscription } = collect({ exceptionId: mine.id });
      await subscription.ready;
      await globex.as.operator('POST', '/api/exceptions', { title: 'Foreign' });
      await client.exceptions.comment({ id: other.id, body: 'not for you' });
      await client.exceptions.comment({ id: mine.id, body: 'for you' });
      await client.exceptions.resolve({ id: mine.id, code: 'fixed' });
      // While another test has an open transaction, the log shows what came just before `ready` only after it.
      const later = () => seen.filter(({ type }) => type !== 'ExceptionCreated');
      await eventually(() => later().length === 2, patience);
      expect(later().map((event) => event.type)).toEqual(['ExceptionCommented', 'ExceptionResolved']);
      expect(later()[0]).toMatchObject({
        subjectType: 'exception',
        subjectId: mine.id,
        exceptionId: mine.id,
        actor: { type: 'api_key', name: 'operator key' },
      });
      subscription.close();
      await done;
    });

    test('a subscription reconnects after a lost connection without gaps or duplicates', async () => {
      const { id } = await client.exceptions.create({ title: 'Cut off' });
      const { seen, done, subscription } = collect({ exceptionId: id, types: ['ExceptionCommented'] });
      await subscription.ready;
      // Cut before the first event, and between two.
      for (const body of ['1', '2', '3']) {
        await gate.shut();
        await client.exceptions.comment({ id, body });
        await gate.open();
        await eventually(() => seen.length === Number(body), patience);
      }
      subscription.close();
      await done;
      expect(new Set(seen.map((event) => event.id)).size).toBe(3);

      // Another process continues after a stored position.
      const later = collect({ exceptionId: id, types: ['ExceptionCommented'], after: seen[0]!.position });
      await eventually(() => later.seen.length === 2, patience);
      expect(later.seen.map((event) => event.id)).toEqual(seen.slice(1).map((event) => event.id));
      later.subscription.close();
      await later.done;
    });
  });

  test('the example handles a whole exception: run, steps, resolution', async () => {
    await acme.as.tool_admin('POST', '/api/tools', {
      name: 'refund',
      type: 'dummy',
      inputSchema: { type: 'object', required: ['paymentId'], properties: { paymentId: { type: 'string' } } },
    });
    await publishPlaybook(acme.as.tool_admin, {
      name: 'failed_payment',
      steps: [
        {
          id: 'check',
          type: 'manual',
          title: 'Check the account',
          form: { type: 'object', required: ['refund'], properties: { refund: { type: 'boolean' } } },
          assignee: { role: 'operator' },
        },
        {
          id: 'refund',
          type: 'call_tool',
          title: 'Refund the payment',
          tool: 'refund',
          when: '${{ steps.check.output.refund = true }}',
          input: { paymentId: '${{ exception.attributes.paymentId }}' },
          assignee: { role: 'operator' },
        },
      ],
    });
    const { stdout } = await promisify(execFile)(process.execPath, ['dev/example-engine.ts'], {
      env: { ...process.env, INTERLOCK_URL: api.url, INTERLOCK_API_KEY: acme.keys.operator },
    });
    expect(stdout).toMatch(/^Opened EX-\d+\n/);
    expect(stdout).toMatch(/EX-\d+ is resolved\n$/);
    const [exception] = (await client.exceptions.list({ q: 'Card payment failed twice' })).items;
    const [run] = (await client.runs.list({ exceptionId: exception!.id })).items;
    const { steps } = await client.runs.get({ id: run!.id });
    expect(run).toMatchObject({ status: 'completed', startedBy: { name: 'operator key' } });
    expect(steps.map((step) => [step.id, step.status, step.executionIds.length])).toEqual([
      ['check', 'completed', 0],
      ['refund', 'completed', 1],
    ]);
    const execution = await client.executions.get({ id: steps[1]!.executionIds[0]! });
    expect(execution.input).toEqual({ paymentId: 'pay_k28axcwum3' });
  });

  test('a server that stops ends its streams normally', async () => {
    const other = await startTestApi({ worker: false });
    const tenant = await other.tenant();
    const response = await fetch(`${other.url}/api/events/stream`, {
      headers: { authorization: `Bearer ${tenant.keys.viewer}` },
    });
    expect(response.headers.get('content-type')).toContain('text/event-stream');
    const reader = response.body!.getReader();
    expect(new TextDecoder().decode((await reader.read()).value)).toMatch(/^: connected\nid: \d+-0\n\n$/);
    const rest = reader.read();
    await other.close();
    expect(await rest).toMatchObject({ done: true });
  });
});
