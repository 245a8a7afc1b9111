import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { restOperations } from '../../api/rest/rest-operations.ts';
import { connectAdmin } from '../support/connect-admin.ts';
import { type Call, startTestApi, type TestApi, type TestTenant } from '../support/test-api.ts';

const lists = ['/api/tools/executions', '/api/exceptions', '/api/events'];

describe('lists as files', () => {
  let api: TestApi;
  let acme: TestTenant;
  let globex: TestTenant;
  beforeAll(async () => {
    api = await startTestApi();
    [acme, globex] = await Promise.all([api.tenant(), api.tenant()]);
    for (const tenant of [acme, globex]) {
      const tool = await tenant.as.tool_admin('POST', '/api/tools', { name: 'exported', type: 'dummy' });
      for (const title of ['=HYPERLINK("http://x")', 'a "quoted", title\nwith a line']) {
        const created = await tenant.as.operator('POST', '/api/exceptions', { title });
        await tenant.as.operator('POST', `/api/tools/${tool.body.id}/execute`, {
          payload: {},
          exceptionId: created.body.id,
        });
      }
    }
  });
  afterAll(() => api?.close());

  /** Every item of a list, by its pages. */
  async function all(as: Call, path: string) {
    const items: Record<string, unknown>[] = [];
    for (let cursor: string | null = ''; cursor !== null; ) {
      const { body } = await as('GET', `${path}?limit=200${cursor && `&cursor=${cursor}`}`);
      items.push(...body.items);
      cursor = body.nextCursor;
    }
    return items;
  }

  test.each(lists)('%s.ndjson and .csv have every item of the list, and no other tenant’s', async (path) => {
    const [items, lines, table] = await Promise.all([
      all(acme.as.viewer, path),
      fetch(`${api.url}${path}.ndjson`, { headers: { authorization: `Bearer ${acme.keys.viewer}` } }),
      acme.as.viewer('GET', `${path}.csv`),
    ]);
    expect(items.length).toBeGreaterThan(1);
    expect(lines.headers.get('content-type')).toContain('application/x-ndjson');
    const text = await lines.text();
    expect(
      text
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line)),
    ).toEqual(items);
    expect(table.headers.get('content-disposition')).toContain('attachment');
    const rows = rowsOf(table.body);
    expect(rows.map((row) => row.id)).toEqual(items.map(({ id }) => id));
    expect(rows.every((row) => Object.keys(row).length === Object.keys(rows[0]!).length)).toBe(true);
  });

  test('a title keeps its quotes and lines, and one that a spreadsheet would run is escaped', async () => {
    const { body } = await acme.as.viewer('GET', '/api/exceptions.csv');
    const titles = rowsOf(body).map((row) => row.title);
    expect(titles).toContain('a "quoted", title\nwith a line');
    expect(titles).toContain('\'=HYPERLINK("http://x")');
  });

  test('filters and the permission are those of the list', async () => {
    const { body } = await acme.as.viewer('GET', '/api/tools/executions.csv?status=failed');
    expect(rowsOf(body)).toEqual([]);
    for (const path of lists) {
      expect((await api.call(null)('GET', `${path}.csv`)).status).toBe(401);
      const unknown = await acme.as.viewer('GET', `${path}.csv?limit=1`);
      expect(unknown).toMatchObject({ status: 400, body: { error: { issues: [{ path: '/limit' }] } } });
    }
    const invalid = await acme.as.viewer('GET', '/api/events.ndjson?from=nonsense');
    expect(invalid).toMatchObject({ status: 422, body: { error: { issues: [{ path: '/from' }] } } });
    const { body: document } = await api.call(null)('GET', '/api/openapi.json');
    for (const path of lists)
      for (const format of ['csv', 'ndjson']) expect(document.paths[`${path}.${format}`].get).toBeDefined();
    expect(
      restOperations.filter(({ rest }) => lists.includes(rest.path) && rest.method === 'GET'),
    ).toHaveLength(3);
  });

  test('a list of many pages arrives whole, in the order of the list', async () => {
    const tenant = await api.tenant();
    const admin = await connectAdmin();
    await admin.query(
      `INSERT INTO event (tenant_id, type, subject_type, subject_id, actor_type, actor_id, actor_name)
       SELECT $1, 'ToolCreated', 'tool', n::text, 'system', 'test', 'Test' FROM generate_series(1, 1500) n`,
      [tenant.id],
    );
    await admin.end();
    const { body } = await tenant.as.viewer('GET', '/api/events.csv?type=ToolCreated');
    const subjects = rowsOf(body).map((row) => Number(row.subjectId));
    expect(subjects).toEqual(Array.from({ length: 1500 }, (_, index) => 1500 - index));
  });
});

/** The rows of a CSV by the names of its header (RFC 4180). */
function rowsOf(text: string): Record<string, string>[] {
  const cells = [...text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/g)];
  const lines: string[][] = [[]];
  for (const [, quoted, plain, end] of cells) {
    lines.at(-1)!.push(quoted === undefined ? plain! : quoted.replaceAll('""', '"'));
    if (end === '\r\n') lines.push([]);
  }
  const [header = [], ...rows] = lines.filter((line) => line.length > 0);
  return rows.map((row) =>
    Object.fromEntries(row.map((value, index) => [header[index] ?? `extra${index}`, value])),
  );
}
