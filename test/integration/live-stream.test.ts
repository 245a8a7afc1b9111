import { v7 as uuidv7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { TailEvent } from '../../shared/events/db/events.ts';
import { createEventTail, type TailBatch } from '../../shared/events/server/event-tail.ts';
import { connectAdmin } from '../support/connect-admin.ts';
import { eventually } from '../support/eventually.ts';
import { cookieOf, startTestApi, type TestApi, type TestTenant } from '../support/test-api.ts';

interface LiveEvent {
  id: string;
  name: unknown;
}

describe('the live stream over HTTP', () => {
  let api: TestApi;
  let acme: TestTenant;
  let globex: TestTenant;

  beforeAll(async () => {
    api = await startTestApi({ worker: false });
    [acme, globex] = await Promise.all([api.tenant(), api.tenant()]);
  });
  afterAll(() => api.close());

  const createTool = (tenant: TestTenant, name: string) =>
    tenant.as.tool_admin('POST', '/api/tools', { name, type: 'dummy' });

  /** Reads server-sent events as a browser would. */
  async function listen(headers: Record<string, string>, query = '') {
    const stop = new AbortController();
    const response = await fetch(`${api.url}/trpc/live.events${query}`, {
      headers: { accept: 'text/event-stream', ...headers },
      signal: stop.signal,
    });
    const received: LiveEvent[] = [];
    let open = false;
    let text = '';
    const done = (async () => {
      for await (const chunk of response.body!.pipeThrough(new TextDecoderStream())) {
        text += chunk;
        const messages = text.split('\n\n');
        text = messages.pop()!;
        for (const message of messages) {
          if (message.includes('event: connected')) open = true;
          const id = /^id: (.+)$/m.exec(message)?.[1];
          const data = /^data: (.+)$/m.exec(message)?.[1];
          if (id && data) received.push({ id, name: JSON.parse(data).data.name });
        }
      }
    })().catch(() => {});
    await eventually(() => open);
    return {
      received,
      names: () => received.map((each) => each.name),
      stop: () => {
        stop.abort();
        return done;
      },
    };
  }
  const keyOf = (tenant: TestTenant) => ({ authorization: `Bearer ${tenant.keys.viewer}` });

  test('a tenant gets only its own events, and a client that reconnects gets what it missed', async () => {
    const [ours, theirs] = await Promise.all([listen(keyOf(acme)), listen(keyOf(globex))]);
    // The stream may miss events for a moment after it opens, so create until one arrives.
    let count = 0;
    await eventually(async () => {
      await createTool(acme, `ours_${count++}`);
      return ours.received.length > 0;
    });
    await createTool(globex, 'theirs');
    await createTool(acme, 'ours_last');
    await eventually(() => theirs.names().includes('theirs') && ours.names().includes('ours_last'));
    expect(ours.names()).not.toContain('theirs');
    expect(theirs.names()).toEqual(['theirs']);
    const last = ours.received.at(-1)!;
    await ours.stop();

    await createTool(acme, 'missed');
    const again = await listen({ ...keyOf(acme), 'last-event-id': last.id });
    await createTool(acme, 'after');
    await eventually(() => again.names().includes('after'));
    const names = again.names().filter((name) => !String(name).startsWith('ours_'));
    expect(names).toEqual(['missed', 'after']);
    expect(new Set(again.received.map((each) => each.id)).size).toBe(again.received.length);
    expect(again.received.map((each) => each.id)).not.toContain(last.id);
    await Promise.all([again.stop(), theirs.stop()]);
  });

  test('a page names its tenant in the URL, because an event source sends no headers', async () => {
    const { headers } = await api.signIn(acme.email, acme.password);
    const cookie = cookieOf(headers);
    const as = (tenant: string) => `?connectionParams=${encodeURIComponent(JSON.stringify({ tenant }))}`;
    const stream = await listen({ cookie }, as(acme.slug));
    await eventually(async () => {
      await createTool(acme, `page_${uuidv7().replaceAll('-', '_')}`);
      return stream.received.length > 0;
    });
    await stream.stop();
    // A stream has the status 200 already, so the refusal is its first and only event.
    const foreign = await fetch(`${api.url}/trpc/live.events${as(globex.slug)}`, {
      headers: { accept: 'text/event-stream', cookie },
    });
    const text = await foreign.text();
    expect(text).toContain('"code":"forbidden"');
    expect(text).not.toContain('event: return');
  });
});

describe('the tail of the event log', () => {
  let api: TestApi;
  beforeAll(async () => {
    api = await startTestApi({ worker: false });
  });
  afterAll(() => api.close());

  async function insert(tenantId: string, count: number) {
    const admin = await connectAdmin();
    await admin.query(
      `INSERT INTO event (tenant_id, type, subject_type, subject_id, actor_type, actor_id, actor_name)
       SELECT $1, 'ToolCreated', 'tool', n::text, 'system', 'test', 'Test' FROM generate_series(1, $2::int) n`,
      [tenantId, count],
    );
    await admin.end();
  }

  test('a slow listener gets every event in order and keeps few of them in memory', async () => {
    const tail = createEventTail(api.services.db, { warn: () => {} });
    const stop = new AbortController();
    const tenant = uuidv7();
    const slow = tail.follow(tenant, null, stop.signal);
    let started = false;
    const first = slow.next().finally(() => {
      started = true;
    });
    let kept = 0;
    const quick = (async () => {
      for await (const { events } of tail.follow(tenant, null, stop.signal))
        for (const event of events) kept = Number(event.subjectId);
    })();
    await eventually(
      async () => {
        // Each listener begins at its own moment: the one may have an event that came too early for the other.
        await insert(tenant, 1);
        return kept === 1 && started;
      },
      { everyMs: 300 },
    );
    const seen: number[] = [];
    const take = (batch: TailBatch) => seen.push(...batch.events.map((event) => Number(event.subjectId)));
    take((await first).value!);
    // More events than a listener may hold arrive while this one takes none.
    await insert(tenant, 12_000);
    await eventually(() => kept === 12_000);
    for await (const batch of slow) {
      take(batch);
      if (seen.at(-1) === 12_000) stop.abort();
    }
    await quick;
    expect(seen.slice(-12_000)).toEqual(Array.from({ length: 12_000 }, (_, index) => index + 1));
    expect(new Set(seen.slice(0, -12_000))).not.toContain(2);
  });

  test('a listener with a position of another database still gets events', async () => {
    const tail = createEventTail(api.services.db, { warn: () => {} });
    const stop = new AbortController();
    const tenant = uuidv7();
    let received: TailEvent | undefined;
    const reading = (async () => {
      const position = { xid: '18446744073709551615', id: '1' };
      for await (const { events } of tail.follow(tenant, position, stop.signal)) received ??= events[0];
    })();
    await eventually(
      async () => {
        if (!received) await insert(tenant, 1);
        return received;
      },
      { everyMs: 100 },
    );
    expect(received).toMatchObject({ tenantId: tenant, subjectId: '1' });
    stop.abort();
    await reading;
  });
});
