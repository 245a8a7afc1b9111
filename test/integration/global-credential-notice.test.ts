import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Role } from '../../shared/identity/roles.ts';
import { sweepCredentials } from '../../shared/tools/server/credential-sweep.ts';
import { createOwnDatabase } from '../support/own-database.ts';
import { startTestApi, type TestApi, type TestTenant } from '../support/test-api.ts';

const dayMs = 24 * 60 * 60_000;

describe('a global credential that expires', () => {
  let api: TestApi;
  let acme: TestTenant;
  let globex: TestTenant;

  beforeAll(async () => {
    // The sweep reminds of the credentials of every tenant.
    const { databaseUrl } = await createOwnDatabase();
    api = await startTestApi({ databaseUrl, worker: false });
    acme = await api.tenant();
    globex = await api.tenant();
  });
  afterAll(() => api?.close());

  const inbox = async (tenant: TestTenant, role: Role) => ({
    notices: (await tenant.as[role]('GET', '/api/inbox/notices')).body.items,
    unread: (await tenant.as[role]('GET', '/api/inbox/count')).body.unreadNotices,
  });

  test('is said to platform admins in every organization, to no one else, until it is rotated', async () => {
    const { status, body } = await acme.as.platform_admin('POST', '/api/credentials', {
      name: 'shared-key',
      scope: 'global',
      auth: { type: 'bearer' },
      value: 'a-secret-of-the-test',
      allowedHosts: ['pay.example:443'],
      expiresAt: new Date(Date.now() + 30 * dayMs).toISOString(),
    });
    expect(status, JSON.stringify(body)).toBe(201);
    await api.services.db.system((connection) =>
      connection.query({
        text: 'UPDATE credential SET expires_at = $2, remind_at = $3 WHERE id = $1',
        values: [body.id, new Date(Date.now() + 10 * dayMs), new Date()],
      }),
    );
    await Promise.all([1, 2, 3].map(() => sweepCredentials(api.services)));
    for (const tenant of [acme, globex])
      expect(await inbox(tenant, 'platform_admin')).toMatchObject({
        notices: [
          {
            kind: 'reminder',
            credentialId: body.id,
            unread: true,
            text: expect.stringMatching(
              /^The global credential shared-key expires in 10 days, on .*Rotate it\.$/,
            ),
          },
        ],
        unread: 1,
      });
    for (const role of ['tenant_admin', 'tool_admin'] as const)
      expect(await inbox(acme, role)).toEqual({ notices: [], unread: 0 });
    const { id } = (await inbox(acme, 'platform_admin')).notices[0];
    expect(
      (await acme.as.platform_admin('POST', '/api/inbox/notices/read', { upTo: id })).status,
    ).toBeLessThan(300);
    expect(await inbox(acme, 'platform_admin')).toMatchObject({ notices: [{ unread: false }], unread: 0 });
    const rotated = await acme.as.platform_admin('POST', `/api/credentials/${body.id}/rotate`, {
      value: 'another',
    });
    expect(rotated.status, JSON.stringify(rotated.body)).toBe(200);
    expect(await inbox(globex, 'platform_admin')).toEqual({ notices: [], unread: 0 });
  });
});
