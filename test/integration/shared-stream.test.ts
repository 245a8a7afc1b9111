import { v7 as uuidv7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { appendEvent } from '../../shared/events/db/append-event.ts';
import { tailNow } from '../../shared/events/db/events.ts';
import { createEventTail, isAfter } from '../../shared/events/server/event-tail.ts';
import { eventually } from '../support/eventually.ts';
import { cookieOf, startTestApi, type TestApi, type TestTenant } from '../support/test-api.ts';

/** Any open transaction on the server delays the event log, and other tests open some. */
const patience = { timeoutMs: 45_000 };

describe('the stream that pages and engines share', () => {
  let api: TestApi;
  let acme: TestTenant;
  let globex: TestTenant;
  beforeAll(async () => {
    api = await startTestApi({ worker: false });
    [acme, globex] = await Promise.all([api.tenant(), api.tenant()]);
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
    const { headers } = await api.signIn(acme.email, acme.password);
    const cookie = cookieOf(headers);
    const page = await listen(`tenant=${acme.slug}&pings=event`, { cookie });
    await createTool(acme, 't_page');
    await eventually(() => page.names().includes('t_page'), patience);
    await eventually(() => /event: ping\nid: \d+-\d+\ndata:\n\n/.test(page.text()));
    await page.stop();
    const foreign = await listen(`tenant=${globex.slug}`, { cookie });
    expect(foreign.status).toBe(403);
    await foreign.stop();
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
    await db.tenant(busy, (connection) =>
      appendEvent(connection, busy, {
        type: 'ToolCreated',
        subjectType: 'tool',
        subjectId: '1',
        actor: { type: 'system', id: 'test', name: 'Test' },
      }),
    );
    await eventually(() => isAfter(until, start), patience);
    stop.abort();
    await quiet;
  });
});
