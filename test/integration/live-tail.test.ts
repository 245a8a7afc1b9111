import { v7 as uuidv7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { appendEvent } from '../../shared/events/db/append-event.ts';
import { type TailEvent, tailNow } from '../../shared/events/db/events.ts';
import { createEventTail, formatPosition, parsePosition } from '../../shared/events/server/event-tail.ts';
import { type Database, openDatabase } from '../../shared/platform/db/database.ts';
import { isDatabaseUnavailable } from '../../shared/platform/db/database-errors.ts';
import { connectAdmin } from '../support/connect-admin.ts';
import { eventually } from '../support/eventually.ts';

const actor = { type: 'system', id: 'test', name: 'Test' } as const;
const event = (subjectId: string) =>
  ({ type: 'ToolCreated', subjectType: 'tool', subjectId, actor }) as const;

/** Any open transaction of the database delays the tail, and other tests open some. */
const patience = { timeoutMs: 45_000 };

describe('the live tail', () => {
  let db: Database;
  beforeAll(() => {
    db = openDatabase(inject('servers').databaseUrl);
  });
  afterAll(() => db.close());

  const now = async () => formatPosition(await db.system(tailNow));

  function follow(tenantId: string, position: string | null = null) {
    const stop = new AbortController();
    const seen: TailEvent[] = [];
    const tail = createEventTail(db, { warn: () => {} });
    const done = (async () => {
      for await (const batch of tail.follow(tenantId, parsePosition(position), stop.signal))
        seen.push(...batch.events);
    })();
    return {
      seen,
      subjects: () => seen.map((each) => each.subjectId),
      stop: () => {
        stop.abort();
        return done;
      },
    };
  }

  test('an event that commits late arrives late and is not skipped', async () => {
    const tenant = uuidv7();
    const slow = await connectAdmin();
    const { seen, subjects, stop } = follow(tenant, await now());
    await slow.query('BEGIN');
    await slow.query(
      `INSERT INTO event (tenant_id, type, subject_type, subject_id, actor_type, actor_id, actor_name)
       VALUES ($1, 'ToolCreated', 'tool', 'late', 'system', 'test', 'Test')`,
      [tenant],
    );
    await db.tenant(tenant, (connection) => appendEvent(connection, tenant, event('early')));
    await slow.query('COMMIT');
    await slow.end();
    await eventually(() => seen.length === 2, patience);
    expect(subjects()).toEqual(['late', 'early']);
    await stop();
  });

  test('a listener that returns gets the events after its position, each once and in order', async () => {
    const tenant = uuidv7();
    const first = follow(tenant, await now());
    await db.tenant(tenant, (connection) => appendEvent(connection, tenant, event('1')));
    await eventually(() => first.seen.length === 1, patience);
    await first.stop();
    for (const subject of ['2', '3'])
      await db.tenant(tenant, (connection) => appendEvent(connection, tenant, event(subject)));
    const again = follow(tenant, formatPosition(first.seen[0]!));
    await eventually(() => again.seen.length === 2, patience);
    await db.tenant(tenant, (connection) => appendEvent(connection, tenant, event('4')));
    await eventually(() => again.seen.length === 3, patience);
    expect(again.subjects()).toEqual(['2', '3', '4']);
    await again.stop();
  });

  test('a process that freezes in a transaction does not delay the others until it continues', async () => {
    const tenant = uuidv7();
    const { seen, subjects, stop } = follow(tenant, await now());
    const frozen = openDatabase(inject('servers').databaseUrl);
    const [begun, thaw] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const outcome = frozen
      .tenantTransaction(tenant, async (connection) => {
        await appendEvent(connection, tenant, event('half'));
        begun.resolve();
        await thaw.promise;
      })
      .catch((error: unknown) => error);
    await begun.promise;
    try {
      await db.tenant(tenant, (connection) => appendEvent(connection, tenant, event('whole')));
      await eventually(() => seen.length === 1, patience);
      expect(subjects()).toEqual(['whole']);
    } finally {
      thaw.resolve();
    }
    expect(isDatabaseUnavailable(await outcome)).toBe(true);
    await Promise.all([stop(), frozen.close()]);
  });
});
