import { v7 as uuidv7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sweepCredentials } from '../../shared/tools/server/credential-sweep.ts';
import { createCredentialVerdicts } from '../../shared/tools/server/credential-verdicts.ts';
import { eventually } from '../support/eventually.ts';
import { type ProviderServer, sendJson, startProvider } from '../support/provider-server.ts';
import { startTestApi, type TestApi, type TestTenant } from '../support/test-api.ts';

const waitMs = { timeoutMs: 60_000 };
const dayMs = 24 * 60 * 60_000;

describe('what is known of a credential', () => {
  let api: TestApi;
  let provider: ProviderServer;
  let acme: TestTenant;
  let accepted: string[] = [];

  beforeAll(async () => {
    provider = await startProvider((request, response) => {
      if (request.url === '/busy') return sendJson(response, 503, {});
      sendJson(response, accepted.includes(String(request.headers['x-key'])) ? 200 : 403, {});
    });
    api = await startTestApi();
    acme = await api.tenant({ privateHosts: [provider.host] });
  });
  afterAll(async () => {
    await api?.close();
    await provider?.close();
  });

  const auth = { type: 'api_key', in: 'header', name: 'x-key' };

  async function store(value: string, more: Record<string, unknown> = {}) {
    const name = `Key ${uuidv7()}`;
    const created = await acme.as.tool_admin('POST', '/api/credentials', {
      ...{ name, auth, value, allowedHosts: [provider.host] },
      ...more,
    });
    expect(created, JSON.stringify(created.body)).toMatchObject({ status: 201 });
    return { id: created.body.id as string, name };
  }
  const read = async (id: string) => (await acme.as.tool_admin('GET', `/api/credentials/${id}`)).body;
  const refusedOf = (id: string): Promise<{ since: string }> =>
    eventually(async () => (await read(id)).refused ?? undefined, waitMs);
  const acceptedAgain = (id: string) => eventually(async () => (await read(id)).refused === null, waitMs);
  const rotate = (id: string, body: object) =>
    acme.as.tool_admin('POST', `/api/credentials/${id}/rotate`, body);
  const eventsOf = async (id: string): Promise<string[]> =>
    (await acme.as.viewer('GET', `/api/events?subjectType=credential&subjectId=${id}`)).body.items
      .map(({ type }: { type: string }) => type)
      .filter((type: string) => type === 'CredentialRefused' || type === 'CredentialAccepted');

  async function toolWith(credentialId: string, path = '/') {
    const created = await acme.as.tool_admin('POST', '/api/tools', {
      name: `call_${uuidv7().replaceAll('-', '_')}`,
      type: 'http',
      auth: { ...auth, credentialId },
      config: { method: 'POST', url: provider.url + path },
      retry: { maxAttempts: 1 },
    });
    expect(created, JSON.stringify(created.body)).toMatchObject({ status: 201 });
    return async () =>
      (await acme.as.operator('POST', `/api/tools/${created.body.id}/execute`, { payload: {} })).body.status;
  }

  test('a credential that the provider refuses in calls says since when, until a call is accepted or it is rotated', async () => {
    accepted = [];
    const { id } = await store('k');
    const call = await toolWith(id);
    expect((await read(id)).refused).toBeNull();
    await (await toolWith(id, '/busy'))();
    expect(await call()).toBe('failed');
    const { since } = await refusedOf(id);
    expect((await read(id)).refused.httpStatus).toBe(403);
    expect(await call()).toBe('failed');
    const listed = await acme.as.tool_admin('GET', '/api/credentials?health=refused');
    expect(listed.body.items).toMatchObject([{ id, refused: { since } }]);

    accepted = ['k'];
    expect(await call()).toBe('succeeded');
    await acceptedAgain(id);
    expect(await eventsOf(id)).toEqual(['CredentialAccepted', 'CredentialRefused']);

    // Another value: nothing is known of it.
    const other = await store('old');
    expect(await (await toolWith(other.id))()).toBe('failed');
    await refusedOf(other.id);
    const rotated = await rotate(other.id, { value: 'next' });
    expect(rotated.body.refused).toBeNull();
  });

  test('calls that say what is known write nothing; of many at once one writes, once a minute in each direction', async () => {
    accepted = [];
    const { id } = await store('k');
    let now = Date.now();
    const statements: string[] = [];
    const { db, log } = api.services;
    const watched: typeof db = {
      ...db,
      systemTransaction: (work) =>
        db.systemTransaction((connection) =>
          work({
            ...connection,
            query: (statement) => {
              statements.push(statement.text);
              return connection.query(statement);
            },
          }),
        ),
    };
    const updates = () => statements.filter((text) => text.startsWith('UPDATE credential')).length;
    const one = createCredentialVerdicts({ db: watched, log }, () => now);
    const other = createCredentialVerdicts({ db: watched, log }, () => now);
    const of = { credentialId: id, ownerId: acme.id, version: 1, httpStatus: 401 };
    one.note(acme.id, { ...of, accepted: true, wasRefused: false });
    one.note(acme.id, { ...of, accepted: false, wasRefused: true });
    expect(updates()).toBe(0);
    for (let call = 0; call < 50; call++) {
      one.note(acme.id, { ...of, accepted: false, wasRefused: false });
      other.note(acme.id, { ...of, accepted: false, wasRefused: false });
    }
    await refusedOf(id);
    await eventually(() => updates() === 2, waitMs);
    expect(await eventsOf(id)).toEqual(['CredentialRefused']);
    one.note(acme.id, { ...of, accepted: true, wasRefused: true });
    await acceptedAgain(id);
    one.note(acme.id, { ...of, accepted: false, wasRefused: false });
    expect(updates()).toBe(3);
    now += 61_000;
    // A value that was replaced meanwhile says nothing of the current one.
    one.note(acme.id, { ...of, version: 7, accepted: false, wasRefused: false });
    await eventually(() => updates() === 4, waitMs);
    expect((await read(id)).refused).toBeNull();
    now += 61_000;
    one.note(acme.id, { ...of, accepted: false, wasRefused: false });
    await refusedOf(id);
  });

  test('whoever may change a credential has a notice before it expires, once for each time, until it is rotated', async () => {
    const { id, name } = await store('k', { expiresAt: new Date(Date.now() + 30 * dayMs).toISOString() });
    const reach = (left: number) =>
      api.services.db.system((connection) =>
        connection.query({
          text: 'UPDATE credential SET expires_at = $2, remind_at = $3 WHERE id = $1',
          values: [id, new Date(Date.now() + left), new Date()],
        }),
      );
    const notices = async (role: 'tool_admin' | 'tenant_admin' | 'operator' = 'tool_admin') => {
      const { body } = await acme.as[role]('GET', '/api/inbox/notices');
      return body.items.filter((notice: { text: string }) => notice.text.includes(name));
    };
    expect(await notices()).toEqual([]);
    await reach(10 * dayMs);
    await Promise.all([1, 2, 3].map(() => sweepCredentials(api.services)));
    expect(await notices()).toMatchObject([
      {
        kind: 'reminder',
        credentialId: id,
        unread: true,
        text: expect.stringMatching(
          /^The credential .* expires in 10 days, on \d{4}-\d\d-\d\d\. Rotate it\.$/,
        ),
      },
    ]);
    expect(await notices('tenant_admin')).toHaveLength(1);
    expect(await notices('operator')).toEqual([]);
    // The next one takes its place.
    await reach(2 * dayMs);
    await sweepCredentials(api.services);
    expect(await notices()).toMatchObject([{ text: expect.stringContaining('expires in 2 days') }]);
    await reach(-1000);
    await sweepCredentials(api.services);
    expect(await notices()).toMatchObject([{ text: expect.stringContaining('expired on') }]);
    expect((await rotate(id, { value: 'next' })).status).toBe(200);
    expect(await notices()).toEqual([]);
  });
});
