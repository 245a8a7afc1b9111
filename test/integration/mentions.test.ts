import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makeNotifications } from '../../shared/notifications/server/make-notifications.ts';
import { eventually } from '../support/eventually.ts';
import { createOwnDatabase } from '../support/own-database.ts';
import { peopleOf } from '../support/people.ts';
import { type Call, issuePaths, startTestApi, type TestApi, type TestTenant } from '../support/test-api.ts';

interface Someone {
  id: string;
  email: string;
  call: Call;
}

describe('people whom comments mention', () => {
  let api: TestApi;
  let acme: TestTenant;
  let globex: TestTenant;
  let ana: Someone;
  let ben: Someone;
  let carla: Someone;
  let stranger: Someone;

  beforeAll(async () => {
    // The notifier reads the log of every tenant.
    const { databaseUrl } = await createOwnDatabase();
    api = await startTestApi({ databaseUrl, worker: false });
    [acme, globex] = await Promise.all([api.tenant(), api.tenant()]);
    ana = await someone(acme, 'ana', 'operator');
    ben = await someone(acme, 'ben', 'viewer');
    carla = await someone(acme, 'carla', 'operator');
    stranger = await someone(globex, 'stranger', 'tenant_admin');
  });
  afterAll(() => api?.close());

  async function someone(
    tenant: TestTenant,
    name: string,
    role: 'viewer' | 'operator' | 'tenant_admin',
  ): Promise<Someone> {
    const email = `${name}@${tenant.slug}.example`;
    const call = await peopleOf(api, tenant).person(email, [role]);
    return { id: (await call('GET', '/api/me')).body.actor.id, email, call };
  }
  const openCase = async (): Promise<string> =>
    (await acme.as.operator('POST', '/api/exceptions', { title: 'Case' })).body.id;
  const comment = (id: string, body: string, as: Call = ana.call) =>
    as('POST', `/api/exceptions/${id}/comments`, { body });
  const commentsOf = async (id: string) =>
    (await ben.call('GET', `/api/exceptions/${id}/timeline`)).body.items.flatMap(
      (item: { comment?: unknown }) => item.comment ?? [],
    );
  const tell = async () => {
    while ((await makeNotifications(api.services, () => new Date())) === 'more');
  };
  /** What is written while another transaction is open is read with the next look. */
  const tellUntil = async (who: Someone, id: string, times: number) => {
    await eventually(async () => {
      await tell();
      return (await toldOf(who, id)).length >= times;
    });
    await tell();
  };
  const toldOf = async ({ call }: Someone, id: string) =>
    (await call('GET', '/api/notifications')).body.items
      .filter(({ link }: { link: string }) => link.endsWith(id))
      .map(({ kind, text }: { kind: string; text: string }) => `${kind}: ${text}`);

  test('a mention is stored as an id, shows the name of now, and tells its person once, not as a follower too', async () => {
    const id = await openCase();
    const { number } = (await ana.call('GET', `/api/exceptions/${id}`)).body;
    await comment(id, 'I look at it', ben.call).then(({ status }) => expect(status).toBe(403));
    await comment(id, 'Mine', carla.call);
    await tell();
    const sent = await comment(
      id,
      `@[${ben.email.toUpperCase()}] and @[${ben.id}], see @[${carla.id}]'s note. @[${ana.id}]`,
    );
    expect(sent.status, JSON.stringify(sent.body)).toBe(201);
    expect(sent.body).toMatchObject({
      body: `@[${ben.id}] and @[${ben.id}], see @[${carla.id}]'s note. @[${ana.id}]`,
      notMentioned: [],
    });
    expect(sent.body.mentions).toEqual([
      { id: ben.id, name: 'ben', member: true },
      { id: carla.id, name: 'carla', member: true },
      { id: ana.id, name: 'ana', member: true },
    ]);
    await tellUntil(ben, id, 1);
    expect(await toldOf(ben, id)).toEqual([`mentioned: ana mentioned you on EX-${number}`]);
    expect(await toldOf(carla, id)).toEqual([`mentioned: ana mentioned you on EX-${number}`]);
    expect(await toldOf(ana, id)).toEqual([]);
    // Whom a comment names follows the exception.
    await comment(id, 'Done.');
    await tellUntil(ben, id, 2);
    expect(await toldOf(ben, id)).toEqual([
      `case_commented: ana commented on EX-${number}`,
      `mentioned: ana mentioned you on EX-${number}`,
    ]);
    await ben.call('PUT', '/api/me', { name: 'Ben <b>Berg</b>' });
    const [, { mentions }] = await commentsOf(id);
    expect(mentions).toContainEqual({ id: ben.id, name: 'Ben <b>Berg</b>', member: true });
    const evidence = await fetch(`${api.url}/api/exceptions/${id}/evidence.html`, {
      headers: { authorization: `Bearer ${acme.keys.tenant_admin}` },
    });
    expect(await evidence.text()).toContain('@Ben &lt;b&gt;Berg');
    // By the name that he had when he was named.
    await eventually(async () => {
      const { body } = await ana.call('GET', `/api/exceptions?q=ben`);
      return body.items.some((each: { id: string }) => each.id === id);
    });
  });

  test('no one of another organization is mentioned, told or named, and the author learns whom the text does not reach', async () => {
    const id = await openCase();
    const text = `@[${stranger.id}] @[${stranger.email}] @[no-one] @[] @[a b] <b>@[${ben.id}]</b>`;
    const { status, body } = await comment(id, text);
    expect(status).toBe(201);
    expect(body.body).toBe(text);
    expect(body.mentions.map((each: { id: string }) => each.id)).toEqual([ben.id]);
    expect(body.notMentioned).toEqual([stranger.id, stranger.email, 'no-one']);
    expect(JSON.stringify(await commentsOf(id))).not.toContain('"stranger"');
    await tell();
    expect((await stranger.call('GET', '/api/notifications')).body.items).toEqual([]);
    expect((await comment(id, 'x', stranger.call)).status).toBe(404);
  });

  test('a thousand references are a text, more than fifty people are refused, and nothing is stored then', async () => {
    const id = await openCase();
    const many = await comment(id, Array.from({ length: 1_000 }, (_, index) => `@[p${index}]`).join(' '));
    expect(many.status).toBe(201);
    expect(many.body.notMentioned).toHaveLength(50);
    const { db } = api.services;
    await db.accounts((connection) =>
      connection.query({
        text: `WITH person AS (
            INSERT INTO auth."user" (id, name, email, "emailVerified") SELECT 'many-' || n, 'Many ' || n, 'many-' || n || '@many.example', true
            FROM generate_series(1, 51) n RETURNING id)
          INSERT INTO auth.member (id, "organizationId", "userId", role, "createdAt")
          SELECT 'member-' || id, $1, id, 'viewer', now() FROM person`,
        values: [acme.id],
      }),
    );
    const text = (count: number) =>
      Array.from({ length: count }, (_, index) => `@[many-${index + 1}]`).join(' ');
    const refused = await comment(id, text(51));
    expect([refused.status, issuePaths(refused)]).toEqual([422, ['/body']]);
    expect(await commentsOf(id)).toHaveLength(1);
    expect((await comment(id, text(50))).body.mentions).toHaveLength(50);
  });

  test('who has left is named as they were, and cannot be mentioned any more', async () => {
    const id = await openCase();
    const dora = await someone(acme, 'dora', 'operator');
    await comment(id, `@[${dora.id}] look`);
    expect((await acme.as.tenant_admin('DELETE', `/api/members/${dora.id}`)).status).toBe(204);
    expect((await comment(id, `@[${dora.id}] again`)).body.notMentioned).toEqual([dora.id]);
    const [first] = await commentsOf(id);
    expect(first.mentions).toEqual([{ id: dora.id, name: 'dora', member: false }]);
  });

  test('members are found by the beginning of a word of their name or address, in their organization only', async () => {
    const find = async (q: string) =>
      (await carla.call('GET', `/api/members/search?q=${encodeURIComponent(q)}`)).body.items;
    expect((await find('BEN ')).map(({ id }: { id: string }) => id)).toEqual([ben.id]);
    expect((await find('carla@')).map(({ id }: { id: string }) => id)).toEqual([carla.id]);
    for (const q of ['stranger', '%', '_', 'en', "' OR 1=1"]) expect(await find(q), q).toEqual([]);
    expect(await find('many')).toHaveLength(50);
    expect((await carla.call('GET', '/api/members/search?q=%00')).status).toBe(422);
  });
});
