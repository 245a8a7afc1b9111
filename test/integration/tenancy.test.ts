import { v7 as uuidv7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { operationNamed, restOperations } from '../../api/rest/rest-operations.ts';
import { can } from '../../shared/identity/roles.ts';
import { newKeys } from '../../shared/notifications/server/push/encrypt-push.ts';
import { insertGrant } from '../../shared/people/db/apps.ts';
import { insertDeliveries } from '../../shared/webhooks/db/webhooks-feed.ts';
import { createOwnDatabase } from '../support/own-database.ts';
import { stepWhen } from '../support/playbook-runs.ts';
import { collectionOf, requestOf } from '../support/rest-requests.ts';
import { type Call, cookieOf, startTestApi, type TestApi, type TestTenant } from '../support/test-api.ts';

/** The same for every tenant, and of none. */
const shared = new Set(['templates.get', 'templates.install']);
const withId = restOperations.filter(
  (operation) => collectionOf(operation) !== null && !shared.has(operation.name),
);
const lists = restOperations.filter(
  ({ rest, permission, pathParameters }) =>
    rest.method === 'GET' && pathParameters.length === 0 && can({ roles: ['tenant_admin'] }, permission),
);

describe('the operations of one tenant and the data of another', () => {
  let api: TestApi;
  let acme: TestTenant;
  let globex: TestTenant;
  let linkId: string;
  /** The id of acme's one object in each collection, by the path of the collection. */
  const made: Record<string, string> = {};

  beforeAll(async () => {
    // With its own database, so that no other process sends the delivery.
    const { databaseUrl } = await createOwnDatabase();
    api = await startTestApi({ databaseUrl });
    [acme, globex] = await Promise.all([api.tenant(), api.tenant()]);
    const admin = acme.as.tenant_admin;
    const create = async (name: string, more: object = {}) => {
      const [method, path, body] = requestOf(operationNamed(name));
      const { status, body: thing } = await admin(method, path, { ...(body as object), ...more });
      expect(status, JSON.stringify(thing)).toBe(201);
      made[path] = thing.id;
      return thing.id as string;
    };
    const toolId = await create('tools.create');
    const { body: signedIn } = await admin('POST', '/api/tools', {
      name: 'signed_in_tool',
      type: 'http',
      config: { url: 'https://secret.example' },
      auth: {
        type: 'oauth2_authorization_code',
        authorizationUrl: 'https://secret.example/authorize',
        tokenUrl: 'https://secret.example/token',
        clientId: 'secret',
      },
    });
    made['/api/credentials'] = signedIn.auth.credentialId;
    await create('views.create');
    const { body: old } = await admin('POST', '/api/tools', { name: 'archived_tool', type: 'dummy' });
    await admin('DELETE', `/api/tools/${old.id}`);
    made['/api/archived'] = old.id;
    made['/api/archived/{type}'] = old.id;
    await create('connectors.create');
    await create('credentials.create');
    const exceptionId = await create('exceptions.create');
    await create('exceptions.saveView');
    const playbookId = await create('playbooks.create');
    await admin('POST', `/api/playbooks/${playbookId}/publish`, {});
    await admin(...requestOf(operationNamed('playbooks.update'), { id: playbookId }));
    const runId = await create('runs.start', { playbookId, exceptionId });
    await stepWhen(admin, runId, 'check', 'waiting');
    const linked = await admin(...requestOf(operationNamed('exceptions.link'), { id: exceptionId }));
    linkId = linked.body.links[0].id;
    const execution = await admin('POST', `/api/tools/${toolId}/execute`, { payload: {} });
    made['/api/tools/executions'] = execution.body.id;
    made['/api/usage/tools'] = toolId;
    made['/api/usage/connectors'] = made['/api/connectors']!;
    made['/api/usage/playbooks'] = playbookId;
    await admin('PUT', `/api/tools/${toolId}/draft`, {
      name: 'secret_tool',
      type: 'dummy',
      title: 'A secret draft',
    });
    const calls = [{ id: 'secret', toolId, payload: {} }];
    made['/api/batches'] = (await admin('POST', '/api/batches', { calls, waitMs: 0 })).body.id;
    await create('schedules.create', { target: { toolId } });
    await create('notifications.createChannel', { toolId });
    const { email, password, slug } = acme;
    const cookie = cookieOf((await api.signIn(email, password)).headers);
    const origin = api.services.environment.publicUrl;
    const { publicKey } = await api.services.pushKeys.current();
    const keys = { p256dh: newKeys().getPublicKey('base64url'), auth: 'x'.repeat(22) };
    const endpoint = 'https://fcm.googleapis.com/fcm/send/secret';
    const subscription = { endpoint, keys, publicKey };
    const headers = { cookie, 'x-tenant': slug, origin };
    const subscribed = await api.call(null)('POST', '/api/push-subscriptions', subscription, headers);
    made['/api/push-subscriptions'] = subscribed.body.id;
    await create('invitations.create');
    await create('apiKeys.create');
    const { items: people } = (await admin('GET', '/api/members')).body;
    const appId = uuidv7();
    await api.services.db.accounts((connection) =>
      insertGrant(connection, {
        id: appId,
        userId: people[0].id,
        tenantId: acme.id,
        clientId: 'secret',
        clientName: 'Secret',
        redirectHost: 'secret.example',
        resource: `${api.url}/mcp`,
        scopes: ['tools.read'],
      }),
    );
    made['/api/connected-apps'] = appId;
    made['/api/me/connected-apps'] = appId;
    made['/api/members'] = (await admin('GET', '/api/members')).body.items[0].id;
    await create('policies.create');
    await create('breakers.hold');
    await create('legalHolds.place');
    await create('rules.create');
    await create('imports.create');
    await create('artifacts.create');
    await create('personalData.search');
    const endpointId = await create('webhooks.create');
    made['/api/webhooks/deliveries'] = await delivery(endpointId);
    const inboundId = await create('inboundWebhooks.create');
    const { body: tested } = await admin('POST', `/api/inbound-webhooks/${inboundId}/test`, {});
    made['/api/inbound-webhooks/deliveries'] = tested.deliveryId;
  });
  afterAll(() => api.close());

  async function delivery(endpointId: string): Promise<string> {
    const id = uuidv7();
    const payload = {
      id: '1',
      type: 'ToolCreated',
      timestamp: new Date().toISOString(),
      data: {
        subjectType: 'tool',
        subjectId: 'x',
        exceptionId: null,
        actor: { type: 'system', id: 'test', name: 'Test' },
      },
    } as const;
    await api.services.db.systemTransaction((connection) =>
      insertDeliveries(connection, [{ id, tenantId: acme.id, endpointId, payload }]),
    );
    return id;
  }

  /** Every object of acme's, by the operation that reads it. Usage says of when it is, so it is another each time. */
  async function everything(call: Call) {
    const reads = withId.filter(({ rest, name }) => rest.method === 'GET' && !name.startsWith('usage.'));
    const entries: [string, unknown][] = [];
    for (const operation of reads) {
      const ids = { id: made[collectionOf(operation)!]!, toolId: made['/api/tools']! };
      const { status, body } = await call(...requestOf(operation, ids));
      expect(status, operation.name).toBe(200);
      entries.push([operation.name, body]);
    }
    return Object.fromEntries(entries);
  }

  test('every collection has one object of the first tenant', () => {
    for (const operation of withId) expect(made[collectionOf(operation)!], operation.name).toBeDefined();
    expect(withId.length).toBeGreaterThan(40);
    expect(lists.length).toBeGreaterThan(10);
  });

  test('an object of another tenant gets the same 404 as an unknown id, and does not change', async () => {
    const before = await everything(acme.as.tenant_admin);
    for (const operation of withId) {
      const ids = [made[collectionOf(operation)!]!, uuidv7(), 'no-id'];
      const bodies: unknown[] = [];
      for (const id of ids) {
        const { status, body } = await globex.as.tenant_admin(...requestOf(operation, { id, linkId }));
        expect(status, `${operation.name} ${JSON.stringify(body)}`).toBe(404);
        expect(body.error.code).toBe('not_found');
        bodies.push({ ...body.error, requestId: '' });
      }
      expect(bodies, operation.name).toEqual([bodies[0], bodies[0], bodies[0]]);
    }
    expect(await everything(acme.as.tenant_admin)).toEqual(before);
  });

  test('no list shows an object of another tenant', async () => {
    let listed = 0;
    for (const operation of lists) {
      const mine = await acme.as.tenant_admin(...requestOf(operation));
      const theirs = await globex.as.tenant_admin(...requestOf(operation));
      expect([mine.status, theirs.status], operation.name).toEqual([200, 200]);
      // What is a person's own: a key has none of it.
      const isOwn = /^\/api\/(me\/|push-subscriptions)/.test(operation.rest.path);
      const id = isOwn ? undefined : made[operation.rest.path];
      if (id) {
        expect(JSON.stringify(mine.body)).toContain(id);
        listed++;
      }
      for (const each of Object.values(made))
        expect(JSON.stringify(theirs.body), operation.name).not.toContain(each);
    }
    expect(listed).toBeGreaterThan(5);
  });
});
