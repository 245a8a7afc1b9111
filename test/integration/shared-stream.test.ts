import { v7 as uuidv7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { appendEvent } from '../../shared/events/db/append-event.ts';
import { tailNow } from '../../shared/events/db/events.ts';
import { createEventTail, isAfter } from '../../shared/events/server/event-tail.ts';
import { eventually } from '../support/eventually.ts';
import { cookieOf, startTestApi, type TestApi, type TestTenant } from '../support/test-api.ts';

/** Any open transaction of the database delays the event log, and other tests open some. */
const patience = { timeoutMs: 45_000 };

describe.concurrent('the stream that pages and engines share', () => {
  let api: TestApi;
  let acme: TestTenant;
  let globex: TestTenant;
  let initech: TestTenant;
  beforeAll(async () => {
    api = await startTestApi({ worker: false });
    [acme, globex, initech] = await Promise.all([api.tenant(), api.tenant(), api.tenant()]);
  });
  afterAll(() => api.close());

  async function listen(query: string, headers: Record<string, string>) {
    const stop = new AbortController();
    const response = await fetch(`${api.url}/api/events/stream?${query}`, { headers, signal: stop.signal });
    let text = '';
    const done = (async () => {
      for await (const chunk of response.body!.pipeThrough(new TextDecoderStream())) text += chunk;
    })().catch(() => {});
    return {
      status: response.status,
      text: () => text,
      names: () => [...text.matchAll(/"name":"(t_\w+)"/g)].map(([, name]) => name),
      stop: () => {
        stop.abort();
        return done;
      },
    };
  }
  const keyOf = (tenant: TestTenant) => ({ authorization: `Bearer ${tenant.keys.viewer}` });
  const createTool = (tenant: TestTenant, name: string) =>
    tenant.as.tool_admin('POST', '/api/tools', { name, type: 'dummy' });

  test('every listener gets each event of its tenant that it asked for, once', async () => {
    const all = await Promise.all(Array.from({ length: 5 }, () => listen('', keyOf(acme))));
    const [created, none, foreign] = await Promise.all([
      listen('types=ToolCreated', keyOf(acme)),
      listen('types=ToolArchived', keyOf(acme)),
      listen('', keyOf(globex)),
    ]);
    await createTool(acme, 't_one');
    await createTool(globex, 't_other');
    await createTool(acme, 't_two');
    await eventually(() => foreign.names().length > 0, patience);
    for (const each of [...all, created]) {
      await eventually(() => each.names().includes('t_two'), patience);
      expect(each.names()).toEqual(['t_one', 't_two']);
    }
    expect(foreign.names()).toEqual(['t_other']);
    expect([none.status, none.names()]).toEqual([200, []]);
    await Promise.all([...all, created, none, foreign].map((each) => each.stop()));
  });

  test('a page names its tenant in the URL, and sees pings', async () => {
    const { headers } = await api.signIn(initech.email, initech.password);
    const cookie = cookieOf(headers);
    const page = await listen(`tenant=${initech.slug}&pings=event`, { cookie });
    await createTool(initech, 't_page');
    await eventually(() => page.names().includes('t_page'), patience);
    await eventually(() => /event: ping\nid: \d+-\d+\ndata:\n\n/.test(page.text()));
    await page.stop();
    const foreign = await listen(`tenant=${globex.slug}`, { cookie });
    expect(foreign.status).toBe(403);
    await foreign.stop();
  });

  const append = (tenantId: string) =>
    api.services.db.tenant(tenantId, (connection) =>
      appendEvent(connection, tenantId, {
        type: 'ToolCreated',
        subjectType: 'tool',
        subjectId: '1',
        actor: { type: 'system', id: 'test', name: 'Test' },
      }),
    );

  test('the first listener of a tenant misses nothing while the log is being read for others', async () => {
    const { db } = api.services;
    let held: { reached: () => void; until: Promise<void> } | null = null;
    let reads = 0;
    const system: typeof db.system = async (work) => {
      const hold = held;
      held = null;
      hold?.reached();
      await hold?.until;
      const result = await db.system(work);
      reads++;
      return result;
    };
    const tail = createEventTail({ ...db, system }, { warn: () => {} });
    const stop = new AbortController();
    const seen: string[] = [];
    const follow = async (tenantId: string) => {
      for await (const { events } of tail.follow(tenantId, null, stop.signal))
        seen.push(...events.map((event) => event.tenantId));
    };
    const [first, second] = [uuidv7(), uuidv7()];
    const following = [follow(first)];
    await eventually(() => reads > 2, patience);
    const [reached, go] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    held = { reached: reached.resolve, until: go.promise };
    // The next read knows the first tenant only, and sees what happens until it goes on.
    await reached.promise;
    const before = reads;
    following.push(follow(second));
    await eventually(() => reads > before);
    const position = await db.system(tailNow);
    await append(second);
    await eventually(async () => isAfter(await db.system(tailNow), position), patience);
    go.resolve();
    await eventually(() => seen.length > 0, patience);
    expect(seen).toEqual([second]);
    stop.abort();
    await Promise.all(following);
  });

  test('a listener of a quiet tenant keeps up with the log, so that it need not be read again after a reconnect', async () => {
    const { db } = api.services;
    const tail = createEventTail(db, { warn: () => {} }, { progressMs: 0 });
    const stop = new AbortController();
    const busy = uuidv7();
    const start = await db.system(tailNow);
    let until = start;
    const quiet = (async () => {
      for await (const batch of tail.follow(uuidv7(), start, stop.signal)) {
        expect(batch.events).toEqual([]);
        ({ until } = batch);
      }
    })();
    await append(busy);
    await eventually(() => isAfter(until, start), patience);
    stop.abort();
    await quiet;
  });
});
