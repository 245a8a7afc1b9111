import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { connectAdmin } from '../support/connect-admin.ts';
import { startTestApi, type TestApi, type TestTenant } from '../support/test-api.ts';

describe('what a tool says about the 5xx of its provider', () => {
  let api: TestApi;
  let acme: TestTenant;

  beforeAll(async () => {
    api = await startTestApi({ worker: false });
    acme = await api.tenant();
  });
  afterAll(() => api?.close());

  test('a tool that says nothing means “unknown”, and saying so changes nothing; a change is in the diff', async () => {
    const written = { name: 'act', type: 'http', config: { method: 'POST', url: 'https://pay.example/' } };
    const as = acme.as.tool_admin;
    const { body: tool } = await as('POST', '/api/tools', written);
    expect(tool.serverErrors).toBe('unknown');
    const put = async (serverErrors: string) =>
      (await as('PUT', `/api/tools/${tool.id}`, { ...written, serverErrors })).body;
    expect((await put('unknown')).version).toBe(1);
    expect(await put('not_done')).toMatchObject({ version: 2, serverErrors: 'not_done' });
    const { body: diff } = await as('GET', `/api/tools/${tool.id}/diff?from=1&to=2`);
    expect(diff.changes).toMatchObject([{ path: '/serverErrors', before: 'unknown', after: 'not_done' }]);
    expect(await put('unknown')).toMatchObject({ version: 3, serverErrors: 'unknown' });
    expect((await as('PUT', `/api/tools/${tool.id}`, { ...written, serverErrors: 'maybe' })).status).toBe(
      422,
    );
    // Processes of the previous version, which does not know the field, run such a tool too.
    const admin = await connectAdmin();
    const { rows } = await admin.query(
      `SELECT definition FROM tool_version WHERE tool_id = $1 AND version IN (1, 3)`,
      [tool.id],
    );
    await admin.end();
    expect(rows.map(({ definition }) => Object.hasOwn(definition, 'serverErrors'))).toEqual([false, false]);
  });
});
