import pg from 'pg';
import { pino } from 'pino';
import { v7 as uuidv7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { appendEvent } from '../../shared/events/db/append-event.ts';
import { type Database, openDatabase, type TenantConnection } from '../../shared/platform/db/database.ts';
import { writeDocuments } from '../../shared/search/db/search-documents.ts';
import { findSubjects } from '../../shared/search/db/search-read.ts';
import { gramsOf, searchBody, searchQuery } from '../../shared/search/search-text.ts';
import type { SearchSource } from '../../shared/search/server/index-events.ts';
import { createSearchIndex } from '../../shared/search/server/search-index.ts';
import { createOwnDatabase } from '../support/own-database.ts';

const log = pino({ level: 'silent' });
const actor = { type: 'system', id: 'test', name: 'Test' } as const;

/** Texts that this transaction has read by the primary key or by the index of the search, and how often it has read all. */
async function readsOf(connection: TenantConnection): Promise<{ texts: number; scans: number }> {
  const [row] = await connection.query<{ texts: number; scans: number }>({
    text: `SELECT (pg_stat_get_xact_tuples_fetched('search_document_pkey'::regclass)
        + pg_stat_get_xact_tuples_fetched('search_document'::regclass))::int AS texts,
      pg_stat_get_xact_numscans('search_document'::regclass)::int AS scans`,
  });
  return row!;
}

describe('the index of the search', () => {
  let db: Database;
  let admin: pg.Client;
  const [acme, globex] = [uuidv7(), uuidv7()];
  /** Of both tenants in turns, oldest first; one of acme's in a hundred says "walrus". */
  const subjects: { tenantId: string; id: string; body: string }[] = [];

  beforeAll(async () => {
    const { databaseUrl, adminUrl } = await createOwnDatabase();
    db = openDatabase(databaseUrl);
    admin = new pg.Client({ connectionString: adminUrl });
    await admin.connect();
    const day = Date.parse('2026-01-01T00:00:00Z');
    for (let i = 0; i < 16_000; i++) {
      // Two ids in this range open a block.
      const opens = i === 5000 || i === 10_000;
      const id = `${uuidv7({ msecs: day + i }).slice(0, 32)}${opens ? '0000' : 'abc1'}`;
      const rare = i % 200 === 0 ? 'walrus' : i === 3 ? 'unicorn' : 'horse';
      const body = searchBody([`pay_${String(i * 7919).padStart(9, '0')}`, 'refund', rare]);
      subjects.push({ tenantId: i % 2 === 0 ? acme : globex, id, body });
    }
    for (let from = 0; from < subjects.length; from += 2000) {
      const documents = subjects
        .slice(from, from + 2000)
        .map((each) => ({ ...each, type: 'execution' as const, grams: gramsOf(each.body) }));
      await db.systemTransaction((connection) => writeDocuments(connection, documents));
    }
    await admin.query('VACUUM ANALYZE search_document');
  });
  afterAll(async () => {
    await db?.close();
    await admin?.end();
  });

  const find = (tenantId: string, q: string, page: { before?: string; limit: number }) =>
    db.tenant(tenantId, (connection) => findSubjects(connection, 'execution', searchQuery(q), page));
  const matching = (tenantId: string, ...parts: string[]) =>
    subjects
      .filter((each) => each.tenantId === tenantId && parts.every((part) => each.body.includes(part)))
      .map((each) => each.id)
      .toReversed();

  test.each([
    ['walrus'],
    ['refund'],
    ['471'],
    ['refund walrus'],
    ['00791'],
    ['unicorn'],
    ['nothing of this'],
  ])('pages of "%s" are what comparing every text finds, newest first, across blocks', async (q) => {
    for (const tenant of [acme, globex]) {
      const expected = matching(tenant, ...q.split(' '));
      for (const limit of [7, 3000]) {
        const seen: string[] = [];
        for (let page: string[] | null = null; page === null || page.length === limit; ) {
          page = await find(tenant, q, { before: seen.at(-1), limit });
          seen.push(...page);
          if (limit === 7 && seen.length >= 70) break;
        }
        expect(seen).toEqual(expected.slice(0, seen.length));
        if (limit === 3000) expect(seen).toHaveLength(expected.length);
      }
    }
  });

  test.each([
    ['a rare word', 'walrus', 20],
    ['a word that no text has', 'platypus', 20],
    ['the id of a payment', 'pay_000023757', 20],
    ['a frequent word', 'refund', 20],
  ])('the search for %s reads an index and few texts, under the role of requests', async (_, q, limit) => {
    await db.tenantTransaction(acme, async (connection) => {
      const before = await readsOf(connection);
      await findSubjects(connection, 'execution', searchQuery(q), { limit });
      const after = await readsOf(connection);
      expect(after.texts - before.texts).toBeLessThan(1200);
      expect(after.scans).toBe(before.scans);
    });
  });

  test('words of one or two characters alone are looked for in the newest 5,000 texts', async () => {
    const newest = subjects.filter((each) => each.tenantId === globex).slice(-5000);
    const expected = newest.filter((each) => each.body.includes('9')).map((each) => each.id);
    expect(await find(globex, '9 re', { limit: 10_000 })).toEqual(expected.toReversed());
  });

  test('without the function, row-level security keeps the index from serving', async () => {
    await db.tenant(acme, async (connection) => {
      const plan = await connection.query<Record<string, string>>({
        text: 'EXPLAIN SELECT FROM search_document WHERE keys @> ARRAY[1, 2]',
      });
      expect(plan.map((row) => row['QUERY PLAN']).join('\n')).not.toContain('search_document_keys');
    });
  });

  test('blocks have opened, and each text is in the block of its id', async () => {
    const { rows } = await admin.query(`
      SELECT count(*)::int AS texts, count(DISTINCT block_id)::int AS blocks,
        count(*) FILTER (WHERE d.block_id <> (SELECT max(b.block_id::text)::uuid FROM search_block b
          WHERE b.tenant_id = d.tenant_id AND b.subject_type = d.subject_type AND b.block_id <= d.subject_id))::int AS astray
      FROM search_document d WHERE tenant_id = '${acme}'`);
    expect(rows).toEqual([{ texts: 8000, blocks: 3, astray: 0 }]);
  });

  describe('follows the event log', () => {
    const texts = new Map<string, string>();
    let fails = false;
    const source: SearchSource = {
      type: 'exception',
      events: ['ExceptionCreated', 'ExceptionUpdated'],
      async read(_, ids) {
        if (fails) throw new Error('cannot read');
        return ids.map((id) => ({ tenantId: acme, id, parts: [texts.get(id) ?? null] }));
      },
    };
    const open = () => createSearchIndex({ db, log }, [source]);
    const say = async (id: string, text: string) => {
      texts.set(id, text);
      await db.tenant(acme, (connection) =>
        appendEvent(connection, acme, {
          type: 'ExceptionUpdated',
          subjectType: 'exception',
          subjectId: id,
          actor,
        }),
      );
    };
    const found = async (index: ReturnType<typeof open>, q: string) => {
      const match = await index.match(acme, 'exception', q, null);
      return 'ids' in match ? match.ids : null;
    };

    test('a search refuses until what was there before it is indexed', async () => {
      const ids = Array.from({ length: 1200 }, () => uuidv7());
      for (const id of ids) texts.set(id, 'older than the index');
      await admin.query(
        `INSERT INTO event (tenant_id, type, subject_type, subject_id, actor_type, actor_id, actor_name)
         SELECT $1, 'ExceptionCreated', 'exception', id, 'system', 'test', 'Test' FROM unnest($2::text[]) AS id`,
        [acme, ids],
      );
      await admin.query('UPDATE search_position SET complete = false');
      fails = true;
      const index = open();
      await expect(found(index, 'older')).rejects.toMatchObject({
        code: 'unavailable',
        message: expect.stringContaining('Nothing was searched'),
      });
      fails = false;
      expect(await found(index, 'older')).toHaveLength(1200);
    });

    test('several processes write at once, and every search finds the latest', async () => {
      const indexes = [open(), open(), open()];
      await Promise.all(
        indexes.map(async (index, n) => {
          const id = uuidv7();
          for (let round = 0; round < 10; round++) {
            await say(id, `process ${n} round_${round}`);
            const ids = await found(index, `process round_${round}`);
            expect(ids).toContain(id);
          }
          expect(await found(index, `process round_0`)).not.toContain(id);
        }),
      );
    });

    test('a search that takes too long is ended, and says so', async () => {
      const { rows } = await admin.query("SELECT pg_get_functiondef('interlock_search'::regproc) AS text");
      const whole: string = rows[0].text;
      expect(whole).toContain("interval '2 s'");
      await admin.query(whole.replace("interval '2 s'", "interval '-1 s'"));
      await expect(found(open(), 'platypus')).rejects.toMatchObject({
        code: 'unavailable',
        message: expect.stringContaining('took longer than 2 s'),
      });
      await admin.query(whole);
    });

    test('what is indexed is found while nothing can be written', async () => {
      const index = open();
      const [before, after] = [uuidv7(), uuidv7()];
      await say(before, 'readable ostrich');
      expect(await found(index, 'ostrich')).toEqual([before]);
      await admin.query('REVOKE UPDATE ON search_position FROM interlock_system');
      await say(after, 'unwritten ostrich');
      expect(await found(index, 'ostrich')).toEqual([before]);
      await admin.query('GRANT UPDATE ON search_position TO interlock_system');
      expect((await found(index, 'ostrich'))?.toSorted()).toEqual([before, after].toSorted());
    });
  });
});
