import type pg from 'pg';
import { v7 as uuidv7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { restOperations } from '../../api/rest/rest-operations.ts';
import { appRouter } from '../../api/router.ts';
import { newKeys } from '../../shared/notifications/server/push/encrypt-push.ts';
import { insertGrant } from '../../shared/people/db/apps.ts';
import { insertDeliveries } from '../../shared/webhooks/db/webhooks-feed.ts';
import { requireApproval } from '../support/approvals.ts';
import { connectAdmin } from '../support/connect-admin.ts';
import { eventually } from '../support/eventually.ts';
import { deliveryEnded } from '../support/inbound.ts';
import { peopleOf } from '../support/people.ts';
import { complete, publishPlaybook, runWhen, startRun, stepWhen } from '../support/playbook-runs.ts';
import { type ProviderServer, startProvider } from '../support/provider-server.ts';
import {
  type ApiResponse,
  type Call,
  startTestApi,
  type TestApi,
  type TestTenant,
  testPassword,
} from '../support/test-api.ts';

/** They change nothing, or only what the caller has seen. */
const changesNothing = new Set([
  'tools.validate',
  'tools.checkDefinition',
  'tools.preview',
  'tools.previewDraft',
  'tools.inferSchema',
  'batches.check',
  'batches.previewUndo',
  'executions.previewUndo',
  'runs.previewUndo',
  'schedules.preview',
  'connectors.blastRadius',
  'imports.impact',
  'files.plan',
  'connectors.check',
  'connectors.describe',
  'playbooks.check',
  'playbooks.dryRun',
  'playbooks.blastRadius',
  'runs.preview',
  'runs.previewBatch',
  'inbox.readNotices',
  'inbox.previewCompletion',
  'inbox.previewDecisions',
  'notifications.read',
  'presence.here',
  'notifications.readAll',
  'notifications.test',
  'policies.check',
  'policies.simulate',
  'policies.replay',
  'tools.replay',
  'playbooks.backtest',
  'rules.try',
  'settings.checkEgress',
  'settings.tryRedaction',
  'inboundWebhooks.try',
]);

/** What is called, and as which event it is recorded. */
interface Change {
  send: () => Promise<ApiResponse>;
  type: string;
  /** By default `rest`: with an API key. */
  door?: 'web';
}

describe('every change is in the audit trail', () => {
  let api: TestApi;
  let acme: TestTenant;
  let provider: ProviderServer;
  let admin: pg.Client;
  let count = 0;
  let playbook: string;

  beforeAll(async () => {
    [api, provider, admin] = await Promise.all([startTestApi(), startProvider(), connectAdmin()]);
    acme = await api.tenant({ privateHosts: [provider.host] });
    playbook = await publishPlaybook(acme.as.tool_admin, {
      name: 'case',
      steps: [
        { id: 'check', type: 'manual', title: 'Check', assignee: { role: 'operator' } },
        { id: 'wait', type: 'wait', title: 'Wait', event: 'paid' },
      ],
    });
  });
  afterAll(async () => {
    await api?.close();
    await provider?.close();
    await admin?.end();
  });

  const as = (...request: Parameters<TestTenant['as']['tenant_admin']>) => acme.as.tenant_admin(...request);
  const made = async (path: string, body: unknown): Promise<string> => {
    const response = await as('POST', path, body);
    expect(response.status, `${path} ${JSON.stringify(response.body)}`).toBe(201);
    return response.body.id;
  };
  const name = (prefix: string) => `${prefix}_${++count}`;
  const tool = () => made('/api/tools', { name: name('tool'), type: 'dummy' });
  /** A tool whose effect can be undone. */
  const undoable = async () => {
    const undo = { name: name('undo'), type: 'dummy' };
    await made('/api/tools', undo);
    return made('/api/tools', { name: name('done'), type: 'dummy', undo: { tool: undo.name } });
  };
  const connector = () => made('/api/connectors', { name: name('connector'), baseUrl: 'https://a.example' });
  const textFile = () => made('/api/artifacts', { data: Buffer.from(name('file')).toString('base64') });
  const exception = () => made('/api/exceptions', { title: 'Case' });
  const restored = async (path: string, type: string): Promise<Change> => {
    expect((await as('DELETE', path)).status).toBe(204);
    return { send: () => as('POST', `${path}/restore`, {}), type };
  };
  const inbound = () => made('/api/inbound-webhooks', { name: name('source'), scheme: 'bearer' });
  const webhook = () => made('/api/webhooks', { url: 'https://hooks.example/' });
  const channel = async () => {
    const body = { name: name('Chat'), toolId: await tool(), input: {} };
    return { ...body, id: await made('/api/notification-channels', body) };
  };
  const draft = () =>
    made('/api/playbooks', {
      name: name('playbook'),
      title: 'A playbook',
      steps: [{ id: 'check', type: 'manual', title: 'Check' }],
    });
  const changedDraft = async (id: string) =>
    as('PUT', `/api/playbooks/${id}`, {
      name: (await as('GET', `/api/playbooks/${id}`)).body.name,
      title: 'Another',
      steps: [{ id: 'check', type: 'manual', title: 'Look' }],
    });
  const published = async () => {
    const id = await draft();
    await as('POST', `/api/playbooks/${id}/publish`, {});
    return id;
  };
  const openRun = async () => {
    const id = await startRun(as, playbook);
    await stepWhen(as, id, 'check', 'waiting');
    return `/api/playbook-runs/${id}`;
  };
  const openStep = async () => ({ runId: (await openRun()).split('/').at(-1), stepId: 'check' });
  const execution = async () => {
    const { body } = await as('POST', `/api/tools/${await tool()}/execute`, { payload: {} });
    return body.id as string;
  };
  const unsafe = () =>
    made('/api/tools', {
      name: name('refund'),
      type: 'http',
      config: { method: 'POST', url: `${provider.url}/refunds` },
    });
  const hanging = async () => {
    provider.respond = () => {};
    const { body } = await as('POST', `/api/tools/${await unsafe()}/execute`, { payload: {}, waitMs: 0 });
    return body.id as string;
  };
  const triedTool = async () => {
    const definition = { name: name('tried'), type: 'dummy' };
    const id = await made('/api/tools', definition);
    const trial = { definition: { ...definition, title: 'Other' }, percent: 10 };
    expect((await as('POST', `/api/tools/${id}/trial`, trial)).status).toBe(201);
    return id;
  };
  /** With a draft, version 2. */
  const draftTool = async () => {
    const definition = { name: name('drafted'), type: 'dummy' };
    const id = await made('/api/tools', definition);
    const { status } = await as('PUT', `/api/tools/${id}/draft`, { ...definition, title: 'Other' });
    expect(status).toBe(200);
    return id;
  };
  const hangingBatch = async () => {
    provider.respond = () => {};
    const calls = [{ id: 'one', toolId: await unsafe() }];
    const { status, body } = await as('POST', '/api/batches', { calls, waitMs: 0 });
    expect(status, JSON.stringify(body)).toBe(202);
    return body.id as string;
  };
  const schedule = async () => {
    const target = { toolId: await unsafe() };
    const { status, body } = await as('POST', '/api/schedules', { target, spec: { cron: '* * * * *' } });
    expect(status, JSON.stringify(body)).toBe(201);
    // It would come by itself.
    await as('POST', `/api/schedules/${body.id}/pause`, {});
    return `/api/schedules/${body.id}`;
  };
  const unknown = async () => {
    provider.respond = (_request, response) => response.destroy();
    const { body } = await as('POST', `/api/tools/${await unsafe()}/execute`, { payload: {} });
    expect(body.failure.code).toBe('outcome_unknown');
    return body.id as string;
  };
  const delivery = async () => {
    const [id, endpointId] = [uuidv7(), await webhook()];
    const actor = { type: 'system', id: 'test', name: 'Test' } as const;
    const data = { subjectType: 'tool', subjectId: 'x', exceptionId: null, actor };
    const payload = { id: '1', type: 'ToolCreated', timestamp: new Date().toISOString(), data } as const;
    await api.services.db.systemTransaction((connection) =>
      insertDeliveries(connection, [{ id, tenantId: acme.id, endpointId, payload }]),
    );
    return id;
  };

  const rule = () => made('/api/exception-rules', { name: name('rule'), set: { severity: 'high' } });
  const breaker = () =>
    made('/api/breakers', { host: `${name('host').replace('_', '-')}.example:443`, reason: 'x' });
  const policy = () => made('/api/policies', { effect: 'deny', tools: { category: name('category') } });
  const credential = () =>
    made('/api/credentials', {
      name: name('credential'),
      type: 'bearer',
      value: 'a token for tests',
      allowedHosts: [provider.host],
    });
  /** A person who is signed in to the pages. */
  const member = async (): Promise<{ call: Call; id: string }> => {
    const email = `${name('person')}@${acme.slug}.test`;
    const call = await peopleOf(api, acme).person(email, ['tool_admin']);
    const { items } = (await as('GET', '/api/members')).body;
    return { call, id: items.find((each: { email: string }) => each.email === email).id };
  };
  const subscribing = async (call: Call) => {
    const { publicKey } = (await call('GET', '/api/push-subscriptions')).body;
    const keys = { p256dh: newKeys().getPublicKey('base64url'), auth: 'x'.repeat(22) };
    const endpoint = `https://fcm.googleapis.com/fcm/send/${name('browser')}`;
    return call('POST', '/api/push-subscriptions', { endpoint, keys, publicKey });
  };
  const invitation = () =>
    made('/api/invitations', { email: `${name('guest')}@${acme.slug}.test`, roles: ['viewer'] });
  const apiKey = async () => {
    const { id } = await member();
    return made('/api/api-keys', { name: name('key'), roles: ['viewer'], accountableUserId: id });
  };
  /** An app that a person has let in. */
  const app = async (): Promise<{ call: Call; id: string }> => {
    const { call, id: userId } = await member();
    const id = uuidv7();
    const [clientId, resource] = [name('client'), `${api.url}/mcp`];
    const told = { clientId, clientName: name('app'), redirectHost: 'app.example', resource };
    await api.services.db.accounts((connection) =>
      insertGrant(connection, { id, userId, tenantId: acme.id, ...told, scopes: ['tools.read'] }),
    );
    return { call, id };
  };
  /** An execution that waits for an approval. */
  const waiting = async (terms = {}) => {
    const id = await tool();
    await requireApproval(acme, id, terms);
    return (await acme.as.operator('POST', `/api/tools/${id}/execute`, { payload: {} })).body.id as string;
  };
  const organization = () => {
    const slug = `org-${uuidv7()}`;
    return { slug, name: slug, adminEmail: `${slug}@people.example` };
  };

  /** A change of each procedure. Whoever adds a procedure that changes something adds a line. */
  const changes: Record<string, () => Promise<Change>> = {
    'tools.create': async () => ({
      send: () => as('POST', '/api/tools', { name: name('tool'), type: 'dummy' }),
      type: 'ToolCreated',
    }),
    'tools.update': async () => {
      const id = await tool();
      const body = { name: name('tool'), type: 'dummy' };
      return { send: () => as('PUT', `/api/tools/${id}`, body), type: 'ToolUpdated' };
    },
    'tools.archive': async () => {
      const id = await tool();
      return { send: () => as('DELETE', `/api/tools/${id}`), type: 'ToolArchived' };
    },
    'tools.restore': async () => {
      const id = await tool();
      await as('PUT', `/api/tools/${id}`, { name: name('tool'), type: 'dummy', title: 'Other' });
      return { send: () => as('POST', `/api/tools/${id}/versions/1/restore`, {}), type: 'ToolRestored' };
    },
    'tools.createDraft': async () => ({
      send: () => as('POST', '/api/tools/drafts', { name: name('draft'), type: 'dummy' }),
      type: 'ToolDraftSaved',
    }),
    'tools.saveDraft': async () => {
      const id = await tool();
      const body = { name: name('tool'), type: 'dummy', title: 'Other' };
      return { send: () => as('PUT', `/api/tools/${id}/draft`, body), type: 'ToolDraftSaved' };
    },
    'tools.discardDraft': async () => {
      const id = await draftTool();
      return { send: () => as('DELETE', `/api/tools/${id}/draft`), type: 'ToolDraftDiscarded' };
    },
    'tools.publishDraft': async () => {
      const path = `/api/tools/${await draftTool()}/draft/publish`;
      return { send: () => as('POST', path, { version: 2 }), type: 'ToolUpdated' };
    },
    'tools.testDraft': async () => {
      const path = `/api/tools/${await draftTool()}/draft/test`;
      return { send: () => as('POST', path, { version: 2, payload: {} }), type: 'ToolExecutionRequested' };
    },
    'tools.setEnabled': async () => {
      const id = await tool();
      return {
        send: () => as('PUT', `/api/tools/${id}/enabled`, { enabled: false }),
        type: 'ToolDisabled',
      };
    },
    'tools.execute': async () => {
      const id = await tool();
      return {
        send: () => as('POST', `/api/tools/${id}/execute`, { payload: {} }),
        type: 'ToolExecutionRequested',
      };
    },
    'trials.start': async () => {
      const definition = { name: name('tried'), type: 'dummy' };
      const id = await made('/api/tools', definition);
      const send = () =>
        as('POST', `/api/tools/${id}/trial`, { definition: { ...definition, title: 'Other' }, percent: 10 });
      return { send, type: 'TrialStarted' };
    },
    'trials.setPercent': async () => {
      const path = `/api/tools/${await triedTool()}/trial/percent`;
      return { send: () => as('POST', path, { percent: 20 }), type: 'TrialChanged' };
    },
    'trials.promote': async () => {
      const path = `/api/tools/${await triedTool()}/trial/promote`;
      return { send: () => as('POST', path, {}), type: 'TrialPromoted' };
    },
    'trials.stop': async () => {
      const path = `/api/tools/${await triedTool()}/trial/stop`;
      return { send: () => as('POST', path, {}), type: 'TrialStopped' };
    },
    'batches.create': async () => {
      const calls = [{ id: 'one', toolId: await tool(), payload: {} }];
      return { send: () => as('POST', '/api/batches', { calls, waitMs: 0 }), type: 'BatchStarted' };
    },
    'schedules.create': async () => {
      const body = { target: { toolId: await unsafe() }, spec: { cron: '0 3 1 1 *' } };
      return { send: () => as('POST', '/api/schedules', body), type: 'ScheduleCreated' };
    },
    'schedules.update': async () => {
      const path = await schedule();
      const body = { target: { toolId: await unsafe() }, spec: { cron: '0 3 1 1 *' } };
      return { send: () => as('PUT', path, body), type: 'ScheduleUpdated' };
    },
    'schedules.archive': async () => {
      const path = await schedule();
      return { send: () => as('DELETE', path), type: 'ScheduleArchived' };
    },
    'schedules.pause': async () => {
      const path = await schedule();
      await as('POST', `${path}/resume`, {});
      return { send: () => as('POST', `${path}/pause`, {}), type: 'SchedulePaused' };
    },
    'schedules.resume': async () => {
      const path = await schedule();
      return { send: () => as('POST', `${path}/resume`, {}), type: 'ScheduleResumed' };
    },
    'schedules.assign': async () => {
      const path = await schedule();
      const userId = (await as('GET', '/api/members')).body.items[0].id;
      return { send: () => as('POST', `${path}/assign`, { userId }), type: 'ScheduleOwnerChanged' };
    },
    'schedules.trigger': async () => {
      const path = await schedule();
      return { send: () => as('POST', `${path}/trigger`, {}), type: 'ScheduleTriggered' };
    },
    'schedules.backfill': async () => {
      const path = await schedule();
      await as('POST', `${path}/resume`, {});
      const range = {
        from: new Date(Date.now() - 300_000).toISOString(),
        to: new Date(Date.now() - 1000).toISOString(),
      };
      return { send: () => as('POST', `${path}/backfill`, range), type: 'ScheduleBackfillRequested' };
    },
    'batches.pause': async () => {
      const path = `/api/batches/${await hangingBatch()}/pause`;
      return { send: () => as('POST', path, {}), type: 'BatchPaused' };
    },
    'batches.resume': async () => {
      const path = `/api/batches/${await hangingBatch()}`;
      await as('POST', `${path}/pause`, {});
      return { send: () => as('POST', `${path}/resume`, {}), type: 'BatchResumed' };
    },
    'batches.cancel': async () => {
      const path = `/api/batches/${await hangingBatch()}/cancel`;
      return { send: () => as('POST', path, {}), type: 'BatchCancelRequested' };
    },
    'batches.retryFailed': async () => {
      provider.respond = (_request, response) => response.writeHead(400).end();
      const { body } = await as('POST', '/api/batches', { calls: [{ id: 'one', toolId: await unsafe() }] });
      expect(body.status).toBe('failed');
      const path = `/api/batches/${body.id}/retry-failed`;
      return { send: () => as('POST', path, { waitMs: 0 }), type: 'BatchRetried' };
    },
    'batches.undo': async () => {
      const calls = [{ id: 'one', toolId: await undoable(), payload: {} }];
      const { body } = await as('POST', '/api/batches', { calls });
      expect(body.status).toBe('succeeded');
      return { send: () => as('POST', `/api/batches/${body.id}/undo`, {}), type: 'UndoStarted' };
    },
    'executions.undo': async () => {
      const { body } = await as('POST', `/api/tools/${await undoable()}/execute`, { payload: {} });
      const path = `/api/tools/executions/${body.id}/undo`;
      return { send: () => as('POST', path, {}), type: 'ToolExecutionUndoRequested' };
    },
    'runs.undo': async () => {
      const { name: tool } = (await as('GET', `/api/tools/${await undoable()}`)).body;
      const step = { id: 'act', type: 'call_tool', title: 'Act', tool, assignee: { role: 'operator' } };
      const run = await startRun(
        as,
        await publishPlaybook(acme.as.tool_admin, { name: name('undone'), steps: [step] }),
      );
      await stepWhen(as, run, 'act', 'waiting');
      await complete(as, run, 'act');
      await runWhen(as, run, ({ status }) => status === 'completed');
      return { send: () => as('POST', `/api/playbook-runs/${run}/undo`, {}), type: 'UndoStarted' };
    },
    'connectors.create': async () => ({
      send: () => as('POST', '/api/connectors', { name: name('connector'), baseUrl: 'https://a.example' }),
      type: 'ConnectorCreated',
    }),
    'connectors.update': async () => {
      const id = await connector();
      const body = { name: name('connector'), baseUrl: 'https://b.example' };
      return { send: () => as('PUT', `/api/connectors/${id}`, body), type: 'ConnectorUpdated' };
    },
    'connectors.archive': async () => {
      const id = await connector();
      return { send: () => as('DELETE', `/api/connectors/${id}`), type: 'ConnectorArchived' };
    },
    'connectors.restore': async () => {
      const id = await connector();
      await as('PUT', `/api/connectors/${id}`, { name: name('connector'), baseUrl: 'https://b.example' });
      const path = `/api/connectors/${id}/versions/1/restore`;
      return { send: () => as('POST', path, {}), type: 'ConnectorRestored' };
    },
    'executions.cancel': async () => {
      const id = await hanging();
      return {
        send: () => as('POST', `/api/tools/executions/${id}/cancel`, {}),
        type: 'ToolExecutionCancelRequested',
      };
    },
    'executions.rerun': async () => {
      const id = await execution();
      return {
        send: () => as('POST', `/api/tools/executions/${id}/rerun`, {}),
        type: 'ToolExecutionRequested',
      };
    },
    'executions.release': async () => {
      const id = await execution();
      await admin.query(
        `UPDATE tool_execution SET status = 'failed', failure_code = 'internal', failure_retryable = true, quarantined_at = now() WHERE id = $1`,
        [id],
      );
      return {
        send: () => as('POST', `/api/tools/executions/${id}/release`, {}),
        type: 'ToolExecutionReleased',
      };
    },
    'executions.settle': async () => {
      const id = await unknown();
      const body = { happened: true, note: 'Seen.' };
      return {
        send: () => as('POST', `/api/tools/executions/${id}/settle`, body),
        type: 'ToolExecutionSettled',
      };
    },
    'settings.putEgress': async () => ({
      send: () =>
        as('PUT', '/api/settings/egress', { privateHosts: [provider.host, `127.0.0.1:${9_000 + ++count}`] }),
      type: 'EgressSettingsChanged',
    }),
    'legalHolds.place': async () => ({
      send: () => as('POST', '/api/legal-holds', { scope: 'executions', reason: 'Claim' }),
      type: 'LegalHoldPlaced',
    }),
    'legalHolds.release': async () => {
      const id = await made('/api/legal-holds', { scope: 'executions', reason: 'Claim' });
      return {
        send: () => as('POST', `/api/legal-holds/${id}/release`, { reason: 'Settled' }),
        type: 'LegalHoldReleased',
      };
    },
    'personalData.search': async () => ({
      send: () => as('POST', '/api/personal-data/searches', { values: ['nobody@customer.example'] }),
      type: 'PersonSearched',
    }),
    'personalData.erase': async () => {
      const id = await made('/api/personal-data/searches', { values: ['nobody@customer.example'] });
      const path = `/api/personal-data/searches/${id}`;
      await admin.query(`UPDATE person_request SET status = 'found', next_at = NULL WHERE id = $1`, [id]);
      return {
        send: () => as('POST', `${path}/erase`, { confirm: 'nobody@customer.example' }),
        type: 'PersonErasureRequested',
      };
    },
    'settings.putRetention': async () => ({
      send: () => as('PUT', '/api/settings/retention', { deliveryDays: ++count }),
      type: 'RetentionSettingsChanged',
    }),
    'exceptions.create': async () => ({
      send: () => as('POST', '/api/exceptions', { title: 'Case' }),
      type: 'ExceptionCreated',
    }),
    'exceptions.update': async () => {
      const id = await exception();
      return { send: () => as('PUT', `/api/exceptions/${id}`, { title: 'Other' }), type: 'ExceptionUpdated' };
    },
    'exceptions.assign': async () => {
      const id = await exception();
      const { body } = await as('GET', '/api/members');
      const assignee = { assignee: body.items[0].id };
      return { send: () => as('POST', `/api/exceptions/${id}/assign`, assignee), type: 'ExceptionAssigned' };
    },
    'exceptions.resolve': async () => {
      const id = await exception();
      return {
        send: () => as('POST', `/api/exceptions/${id}/resolve`, { code: 'fixed' }),
        type: 'ExceptionResolved',
      };
    },
    'exceptions.reopen': async () => {
      const id = await exception();
      await as('POST', `/api/exceptions/${id}/resolve`, { code: 'fixed' });
      return {
        send: () => as('POST', `/api/exceptions/${id}/reopen`, { reason: 'Again' }),
        type: 'ExceptionReopened',
      };
    },
    'exceptions.comment': async () => {
      const id = await exception();
      return {
        send: () => as('POST', `/api/exceptions/${id}/comments`, { body: 'Seen' }),
        type: 'ExceptionCommented',
      };
    },
    'exceptions.link': async () => {
      const id = await exception();
      const link = { kind: 'url', url: 'https://a.example' };
      return { send: () => as('POST', `/api/exceptions/${id}/links`, link), type: 'ExceptionLinked' };
    },
    'exceptions.unlink': async () => {
      const id = await exception();
      const { body } = await as('POST', `/api/exceptions/${id}/links`, {
        kind: 'url',
        url: 'https://a.example',
      });
      const path = `/api/exceptions/${id}/links/${body.links[0].id}`;
      return { send: () => as('DELETE', path), type: 'ExceptionUnlinked' };
    },
    'exceptions.attach': async () => {
      const id = await exception();
      const artifactId = await textFile();
      return {
        send: () => as('POST', `/api/exceptions/${id}/attachments`, { artifactId }),
        type: 'ExceptionAttachmentAdded',
      };
    },
    'exceptions.detach': async () => {
      const path = `/api/exceptions/${await exception()}/attachments`;
      const { body } = await as('POST', path, { artifactId: await textFile() });
      return { send: () => as('DELETE', `${path}/${body.id}`), type: 'ExceptionAttachmentRemoved' };
    },
    'exceptions.saveView': async () => ({
      send: () => as('POST', '/api/exception-views', { name: name('view'), filter: {} }),
      type: 'ViewSaved',
    }),
    'exceptions.removeView': async () => {
      const id = await made('/api/exception-views', { name: name('view'), filter: {} });
      return { send: () => as('DELETE', `/api/exception-views/${id}`), type: 'ViewRemoved' };
    },
    'views.create': async () => ({
      send: () => as('POST', '/api/saved-views', { list: 'tools', name: name('view') }),
      type: 'ViewSaved',
    }),
    'views.update': async () => {
      const id = await made('/api/saved-views', { list: 'tools', name: name('view') });
      return { send: () => as('PUT', `/api/saved-views/${id}`, { name: name('view') }), type: 'ViewSaved' };
    },
    'views.remove': async () => {
      const id = await made('/api/saved-views', { list: 'tools', name: name('view') });
      return { send: () => as('DELETE', `/api/saved-views/${id}`), type: 'ViewRemoved' };
    },
    'views.chooseDefault': async () => {
      const viewId = await made('/api/saved-views', { list: 'tools', name: name('view') });
      return {
        send: () => as('PUT', '/api/saved-view-defaults/tools', { viewId }),
        type: 'DefaultViewChosen',
      };
    },
    'tools.unarchive': async () => restored(`/api/tools/${await tool()}`, 'ToolUnarchived'),
    'connectors.unarchive': async () =>
      restored(`/api/connectors/${await connector()}`, 'ConnectorUnarchived'),
    'playbooks.unarchive': async () => restored(`/api/playbooks/${await draft()}`, 'PlaybookUnarchived'),
    'policies.unarchive': async () => restored(`/api/policies/${await policy()}`, 'PolicyUnarchived'),
    'rules.unarchive': async () =>
      restored(`/api/exception-rules/${await rule()}`, 'ExceptionRuleUnarchived'),
    'schedules.unarchive': async () => restored(await schedule(), 'ScheduleUnarchived'),
    'webhooks.unarchive': async () =>
      restored(`/api/webhooks/${await webhook()}`, 'WebhookEndpointUnarchived'),
    'inboundWebhooks.unarchive': async () =>
      restored(`/api/inbound-webhooks/${await inbound()}`, 'InboundWebhookUnarchived'),
    'exceptions.writeDomain': async () => ({
      send: () => as('PUT', '/api/exception-domains/payments', { title: 'Payments', attributeSchema: {} }),
      type: 'ExceptionDomainChanged',
    }),
    'playbooks.create': async () => ({
      send: () =>
        as('POST', '/api/playbooks', {
          name: name('playbook'),
          title: 'A playbook',
          steps: [{ id: 'check', type: 'manual', title: 'Check' }],
        }),
      type: 'PlaybookCreated',
    }),
    'playbooks.update': async () => {
      const id = await draft();
      return { send: () => changedDraft(id), type: 'PlaybookDraftSaved' };
    },
    'playbooks.discardDraft': async () => {
      const id = await published();
      await changedDraft(id);
      return { send: () => as('DELETE', `/api/playbooks/${id}/draft`), type: 'PlaybookDraftSaved' };
    },
    'playbooks.archive': async () => {
      const id = await draft();
      return { send: () => as('DELETE', `/api/playbooks/${id}`), type: 'PlaybookArchived' };
    },
    'playbooks.publish': async () => {
      const id = await draft();
      return { send: () => as('POST', `/api/playbooks/${id}/publish`, {}), type: 'PlaybookPublished' };
    },
    'playbooks.restore': async () => {
      const id = await published();
      await changedDraft(id);
      const path = `/api/playbooks/${id}/versions/1/restore`;
      return { send: () => as('POST', path, {}), type: 'PlaybookDraftSaved' };
    },
    'runs.start': async () => ({
      send: () => as('POST', '/api/playbook-runs', { playbookId: playbook }),
      type: 'PlaybookRunStarted',
    }),
    'runs.complete': async () => {
      const run = await openRun();
      return { send: () => as('POST', `${run}/steps/check/complete`, {}), type: 'StepCompleted' };
    },
    'runs.claim': async () => {
      const run = await openRun();
      return { send: () => as('POST', `${run}/steps/check/claim`, {}), type: 'StepClaimed' };
    },
    'runs.release': async () => {
      const run = await openRun();
      await as('POST', `${run}/steps/check/claim`, {});
      return { send: () => as('POST', `${run}/steps/check/release`, {}), type: 'StepReleased' };
    },
    'runs.assign': async () => {
      const run = await openRun();
      const body = { role: 'approver' };
      return { send: () => as('POST', `${run}/steps/check/assign`, body), type: 'StepAssigned' };
    },
    'inbox.claim': async () => {
      const body = { items: [await openStep()] };
      return { send: () => as('POST', '/api/inbox/claim', body), type: 'StepClaimed' };
    },
    'inbox.release': async () => {
      const body = { items: [await openStep()] };
      await as('POST', '/api/inbox/claim', body);
      return { send: () => as('POST', '/api/inbox/release', body), type: 'StepReleased' };
    },
    'inbox.assign': async () => {
      const body = { items: [await openStep()], role: 'approver' };
      return { send: () => as('POST', '/api/inbox/assign', body), type: 'StepAssigned' };
    },
    'inbox.complete': async () => {
      const items = [await openStep()];
      const shown = await as('POST', '/api/inbox/preview-completion', { items });
      const body = { items: shown.body.items, requestId: name('bulk') };
      return { send: () => as('POST', '/api/inbox/complete', body), type: 'StepCompleted' };
    },
    'runs.withdraw': async () => {
      const steps = [{ id: 'sign', type: 'approval', title: 'Sign', required: 2, noSelfApproval: false }];
      const id = await startRun(as, await publishPlaybook(as, { name: name('signed'), steps }));
      await stepWhen(as, id, 'sign', 'waiting');
      const step = `/api/playbook-runs/${id}/steps/sign`;
      await acme.as.approver('POST', `${step}/complete`, { outcome: 'approved' });
      const send = () => acme.as.approver('POST', `${step}/withdraw`, {});
      return { send, type: 'StepApprovalWithdrawn' };
    },
    'runs.sendEvent': async () => {
      const run = await openRun();
      return { send: () => as('POST', `${run}/events`, { name: 'paid' }), type: 'PlaybookEventKept' };
    },
    'runs.pause': async () => {
      const run = await openRun();
      const body = { reason: 'Look' };
      return { send: () => as('POST', `${run}/pause`, body), type: 'PlaybookRunPauseRequested' };
    },
    'runs.resume': async () => {
      const run = await openRun();
      await as('POST', `${run}/pause`, { reason: 'Look' });
      return { send: () => as('POST', `${run}/resume`, {}), type: 'PlaybookRunResumeRequested' };
    },
    'runs.releaseRun': async () => {
      const run = await openRun();
      await as('POST', `${run}/pause`, { reason: 'Look' });
      await admin.query('UPDATE playbook_run SET quarantined_at = now() WHERE id = $1', [
        run.split('/').at(-1),
      ]);
      return { send: () => as('POST', `${run}/release`, {}), type: 'PlaybookRunReleased' };
    },
    'runs.cancel': async () => {
      const run = await openRun();
      const body = { reason: 'Done' };
      return { send: () => as('POST', `${run}/cancel`, body), type: 'PlaybookRunCancelRequested' };
    },
    'limits.putTenant': async () => ({
      send: () => as('PUT', '/api/limits/tenant', { hostConcurrency: 100 }),
      type: 'LimitsChanged',
    }),
    'breakers.hold': async () => ({
      send: () =>
        as('POST', '/api/breakers', { host: `${name('hold').replace('_', '-')}.example:443`, reason: 'x' }),
      type: 'BreakerHeld',
    }),
    'breakers.open': async () => {
      const id = await breaker();
      return { send: () => as('POST', `/api/breakers/${id}/open`, { reason: 'y' }), type: 'BreakerHeld' };
    },
    'breakers.reset': async () => {
      const id = await breaker();
      return { send: () => as('POST', `/api/breakers/${id}/reset`), type: 'BreakerReset' };
    },
    'policies.create': async () => ({
      send: () => as('POST', '/api/policies', { effect: 'deny', tools: { category: name('category') } }),
      type: 'PolicyCreated',
    }),
    'policies.update': async () => {
      const id = await policy();
      const body = { effect: 'deny', tools: { tag: name('tag') } };
      return { send: () => as('PUT', `/api/policies/${id}`, body), type: 'PolicyUpdated' };
    },
    'policies.restore': async () => {
      const id = await policy();
      await as('PUT', `/api/policies/${id}`, { effect: 'allow', tools: { tag: name('tag') } });
      const path = `/api/policies/${id}/versions/1/restore`;
      return { send: () => as('POST', path, {}), type: 'PolicyRestored' };
    },
    'policies.archive': async () => {
      const id = await policy();
      return { send: () => as('DELETE', `/api/policies/${id}`), type: 'PolicyArchived' };
    },
    'rules.create': async () => ({
      send: () => as('POST', '/api/exception-rules', { name: name('rule'), set: { severity: 'high' } }),
      type: 'ExceptionRuleCreated',
    }),
    'rules.update': async () => {
      const id = await rule();
      const body = { name: name('rule'), set: { severity: 'low' } };
      return { send: () => as('PUT', `/api/exception-rules/${id}`, body), type: 'ExceptionRuleUpdated' };
    },
    'rules.archive': async () => {
      const id = await rule();
      return { send: () => as('DELETE', `/api/exception-rules/${id}`), type: 'ExceptionRuleArchived' };
    },
    'rules.reorder': async () => {
      await rule();
      await rule();
      const { items } = (await as('GET', '/api/exception-rules')).body as { items: { id: string }[] };
      const ids = items.map(({ id }) => id).toReversed();
      return {
        send: () => as('POST', '/api/exception-rules/reorder', { ids }),
        type: 'ExceptionRulesReordered',
      };
    },
    'executions.approve': async () => {
      const id = await waiting();
      const send = () => acme.as.approver('POST', `/api/tools/executions/${id}/approve`, {});
      return { send, type: 'ToolExecutionApproved' };
    },
    'inbox.decide': async () => {
      const items = [{ id: await waiting() }];
      const shown = await acme.as.approver('POST', '/api/inbox/preview-decisions', { items });
      const body = {
        items: [{ ...items[0], digest: shown.body.items[0].digest }],
        outcome: 'approved',
        requestId: name('decided'),
      };
      const send = () => acme.as.approver('POST', '/api/inbox/decide', body);
      return { send, type: 'ToolExecutionApproved' };
    },
    'executions.withdraw': async () => {
      const id = await waiting({ required: 2 });
      await acme.as.approver('POST', `/api/tools/executions/${id}/approve`, {});
      const send = () => acme.as.approver('POST', `/api/tools/executions/${id}/withdraw`, {});
      return { send, type: 'ToolExecutionApprovalWithdrawn' };
    },
    'executions.reject': async () => {
      const id = await waiting();
      const body = { reason: 'No' };
      const send = () => acme.as.approver('POST', `/api/tools/executions/${id}/reject`, body);
      return { send, type: 'ToolExecutionRejected' };
    },
    'audit.acknowledge': async () => {
      const [{ block }] = (
        await admin.query(
          `INSERT INTO audit_problem (tenant_id, kind, number, event_id)
           SELECT $1, 'block', 1000000 + count(*), 0 FROM audit_problem RETURNING number AS block`,
          [acme.id],
        )
      ).rows;
      const body = { problems: [{ kind: 'block', block, eventId: null }], reason: 'A test' };
      return {
        send: () => as('POST', '/api/audit/acknowledge', body),
        type: 'AuditProblemsAcknowledged',
      };
    },
    'settings.putRedaction': async () => ({
      send: () => as('PUT', '/api/settings/redaction', { kinds: { email: 'mask' } }),
      type: 'RedactionSettingsChanged',
    }),
    'credentials.create': async () => {
      const body = {
        name: name('credential'),
        type: 'bearer',
        value: 'a token for tests',
        allowedHosts: [provider.host],
      };
      return { send: () => as('POST', '/api/credentials', body), type: 'CredentialCreated' };
    },
    'credentials.update': async () => {
      const id = await credential();
      const body = { note: 'Ask someone' };
      return { send: () => as('PUT', `/api/credentials/${id}`, body), type: 'CredentialUpdated' };
    },
    'credentials.rotate': async () => {
      const id = await credential();
      const body = { value: 'the next token' };
      return { send: () => as('POST', `/api/credentials/${id}/rotate`, body), type: 'CredentialRotated' };
    },
    'credentials.test': async () => {
      const id = await credential();
      provider.respond = (_request, response) => response.end('{}');
      const body = { url: `${provider.url}/account` };
      return { send: () => as('POST', `/api/credentials/${id}/test`, body), type: 'CredentialTested' };
    },
    'credentials.archive': async () => {
      const id = await credential();
      return { send: () => as('DELETE', `/api/credentials/${id}`), type: 'CredentialArchived' };
    },
    'connections.connect': async () => {
      const auth = {
        type: 'oauth2_authorization_code',
        authorizationUrl: `${provider.url}/authorize`,
        tokenUrl: `${provider.url}/token`,
        clientId: 'interlock',
        clientSecret: 'the secret of the client',
      };
      const config = { method: 'GET', url: `${provider.url}/me` };
      const id = await made('/api/tools', { name: name('tool'), type: 'http', auth, config });
      const { credentialId } = (await as('GET', `/api/tools/${id}`)).body.auth;
      const { call } = await member();
      const path = `/api/credentials/${credentialId}/connect`;
      return { send: () => call('POST', path, {}), type: 'CredentialSignInBegun', door: 'web' };
    },
    'members.setRoles': async () => {
      const { id } = await member();
      const body = { roles: ['viewer'] };
      return { send: () => as('PUT', `/api/members/${id}`, body), type: 'MemberRolesChanged' };
    },
    'members.remove': async () => {
      const { id } = await member();
      return { send: () => as('DELETE', `/api/members/${id}`), type: 'MemberRemoved' };
    },
    'invitations.create': async () => {
      const body = { email: `${name('guest')}@${acme.slug}.test`, roles: ['viewer'] };
      return { send: () => as('POST', '/api/invitations', body), type: 'MemberInvited' };
    },
    'invitations.resend': async () => {
      const id = await invitation();
      return { send: () => as('POST', `/api/invitations/${id}/resend`, {}), type: 'InvitationResent' };
    },
    'invitations.revoke': async () => {
      const id = await invitation();
      return { send: () => as('DELETE', `/api/invitations/${id}`), type: 'InvitationRevoked' };
    },
    'apiKeys.create': async () => {
      const { id: accountableUserId } = await member();
      const body = { name: name('key'), roles: ['viewer'], accountableUserId };
      return { send: () => as('POST', '/api/api-keys', body), type: 'ApiKeyCreated' };
    },
    'apiKeys.rotate': async () => {
      const id = await apiKey();
      return { send: () => as('POST', `/api/api-keys/${id}/rotate`, {}), type: 'ApiKeyRotated' };
    },
    'apiKeys.revoke': async () => {
      const id = await apiKey();
      return { send: () => as('DELETE', `/api/api-keys/${id}`), type: 'ApiKeyRevoked' };
    },
    'apps.disconnect': async () => {
      const { id } = await app();
      return { send: () => as('DELETE', `/api/connected-apps/${id}`), type: 'AppDisconnected' };
    },
    'apps.disconnectMine': async () => {
      const { call, id } = await app();
      const send = () => call('DELETE', `/api/me/connected-apps/${id}`);
      return { send, type: 'AppDisconnected', door: 'web' };
    },
    'me.update': async () => {
      const { call } = await member();
      const send = () => call('PUT', '/api/me', { name: 'Another Name' });
      return { send, type: 'ProfileChanged', door: 'web' };
    },
    'presence.choose': async () => {
      const { call } = await member();
      const send = () => call('PUT', '/api/me/presence', { hidden: true });
      return { send, type: 'ProfileChanged', door: 'web' };
    },
    'me.revokeSession': async () => {
      const { call } = await member();
      const { items } = (await call('GET', '/api/me/sessions')).body;
      const send = () => call('DELETE', `/api/me/sessions/${items[0].id}`);
      return { send, type: 'SessionRevoked', door: 'web' };
    },
    'me.revokeOtherSessions': async () => {
      const { call } = await member();
      const email = (await call('GET', '/api/me')).body.email;
      await api.signIn(email, testPassword);
      return {
        send: () => call('POST', '/api/me/sessions/revoke-others', {}),
        type: 'SessionRevoked',
        door: 'web',
      };
    },
    'organizations.create': async () => ({
      send: () => acme.as.platform_admin('POST', '/api/organizations', organization()),
      type: 'OrganizationCreated',
    }),
    'organizations.rename': async () => ({
      send: () => as('PUT', '/api/organization', { name: name('Acme') }),
      type: 'OrganizationRenamed',
    }),
    'organizations.inviteAdmin': async () => {
      const made = organization();
      const { platform_admin } = acme.as;
      await platform_admin('POST', '/api/organizations', made);
      const path = `/api/organizations/${made.slug}/admins`;
      const body = { email: `second-${made.slug}@people.example` };
      return { send: () => platform_admin('POST', path, body), type: 'MemberInvited' };
    },
    'notifications.changeSettings': async () => {
      const { call } = await member();
      const send = () => call('PUT', '/api/notification-settings', { timeZone: 'UTC' });
      return { send, type: 'NotificationSettingsChanged', door: 'web' };
    },
    'notifications.subscribePush': async () => {
      const { call } = await member();
      return { send: () => subscribing(call), type: 'PushSubscriptionAdded', door: 'web' };
    },
    'notifications.removePushSubscription': async () => {
      const { call } = await member();
      const { id } = (await subscribing(call)).body;
      const send = () => call('DELETE', `/api/push-subscriptions/${id}`);
      return { send, type: 'PushSubscriptionRemoved', door: 'web' };
    },
    'notifications.createChannel': async () => {
      const body = { name: name('Chat'), toolId: await tool(), input: {} };
      return {
        send: () => as('POST', '/api/notification-channels', body),
        type: 'NotificationChannelCreated',
      };
    },
    'notifications.updateChannel': async () => {
      const { id, ...body } = await channel();
      return {
        send: () => as('PUT', `/api/notification-channels/${id}`, body),
        type: 'NotificationChannelUpdated',
      };
    },
    'notifications.archiveChannel': async () => {
      const { id } = await channel();
      return {
        send: () => as('DELETE', `/api/notification-channels/${id}`),
        type: 'NotificationChannelArchived',
      };
    },
    'notifications.testChannel': async () => {
      const { id } = await channel();
      return {
        send: () => as('POST', `/api/notification-channels/${id}/test`, {}),
        type: 'NotificationChannelTested',
      };
    },
    'webhooks.create': async () => ({
      send: () => as('POST', '/api/webhooks', { url: 'https://hooks.example/' }),
      type: 'WebhookEndpointCreated',
    }),
    'webhooks.update': async () => {
      const id = await webhook();
      const body = { enabled: false };
      return { send: () => as('PUT', `/api/webhooks/${id}`, body), type: 'WebhookEndpointUpdated' };
    },
    'webhooks.rotateSecret': async () => {
      const id = await webhook();
      const path = `/api/webhooks/${id}/rotate-secret`;
      return { send: () => as('POST', path, {}), type: 'WebhookEndpointUpdated' };
    },
    'webhooks.archive': async () => {
      const id = await webhook();
      return { send: () => as('DELETE', `/api/webhooks/${id}`), type: 'WebhookEndpointArchived' };
    },
    'webhooks.redeliver': async () => {
      const id = await delivery();
      const path = `/api/webhooks/deliveries/${id}/redeliver`;
      return { send: () => as('POST', path, {}), type: 'WebhookRedelivered' };
    },
    'inboundWebhooks.create': async () => ({
      send: () => as('POST', '/api/inbound-webhooks', { name: name('source'), scheme: 'bearer' }),
      type: 'InboundWebhookCreated',
    }),
    'inboundWebhooks.update': async () => {
      const path = `/api/inbound-webhooks/${await inbound()}`;
      return { send: () => as('PUT', path, { enabled: false }), type: 'InboundWebhookUpdated' };
    },
    'inboundWebhooks.rotateSecret': async () => {
      const path = `/api/inbound-webhooks/${await inbound()}/rotate-secret`;
      return { send: () => as('POST', path, {}), type: 'InboundWebhookUpdated' };
    },
    'inboundWebhooks.archive': async () => {
      const path = `/api/inbound-webhooks/${await inbound()}`;
      return { send: () => as('DELETE', path), type: 'InboundWebhookArchived' };
    },
    'inboundWebhooks.test': async () => {
      const path = `/api/inbound-webhooks/${await inbound()}/test`;
      return { send: () => as('POST', path, {}), type: 'InboundWebhookTested' };
    },
    'imports.create': async () => ({
      send: () => as('POST', '/api/imports', { curl: 'curl https://pay.example/v1/payments' }),
      type: 'DocumentRead',
    }),
    'artifacts.create': async () => ({
      send: () => as('POST', '/api/artifacts', { data: Buffer.from(name('file')).toString('base64') }),
      type: 'ArtifactUploaded',
    }),
    'templates.install': async () => ({
      send: () =>
        as('POST', '/api/templates/slack_post_message/install', {
          name: name('template'),
          connectorName: name('template'),
          auth: { token: 'token' },
        }),
      type: 'ToolCreated',
    }),
    'imports.createTools': async () => {
      const { body } = await as('POST', '/api/imports', {
        curl: 'curl https://pay.example/v1/payments',
        connectorName: name('curl'),
      });
      const operations = [body.operations[0].key];
      return {
        send: () => as('POST', `/api/imports/${body.id}/apply`, { operations }),
        type: 'DocumentImported',
      };
    },
    'files.applyPlan': async () => {
      const tool = name('filed');
      const files = [{ path: `tools/${tool}.yaml`, text: `name: ${tool}\ntype: dummy\n` }];
      const { planDigest } = (await as('POST', '/api/files/plan', { files })).body;
      return { send: () => as('POST', '/api/files/apply', { files, planDigest }), type: 'ToolCreated' };
    },
    'inboundWebhooks.redeliver': async () => {
      const { body } = await as('POST', `/api/inbound-webhooks/${await inbound()}/test`, {});
      await deliveryEnded(acme.as.tenant_admin, body.deliveryId);
      const path = `/api/inbound-webhooks/deliveries/${body.deliveryId}/redeliver`;
      return { send: () => as('POST', path, {}), type: 'InboundDeliveryRedelivered' };
    },
  };

  const procedures = Object.entries(
    appRouter._def.procedures as unknown as Record<string, { _def: { type: string } }>,
  )
    .filter(([, { _def }]) => _def.type === 'mutation')
    .map(([each]) => each);

  test('every procedure that changes something is in this test, and has a REST operation', () => {
    expect(procedures.filter((each) => !changesNothing.has(each)).toSorted()).toEqual(
      Object.keys(changes).toSorted(),
    );
    expect([...changesNothing].filter((each) => !procedures.includes(each))).toEqual([]);
    const offered = new Set(restOperations.map((operation) => operation.name));
    expect(procedures.filter((each) => !offered.has(each))).toEqual([]);
  });

  test('each is recorded with who, through which door, from which address and by which request', async () => {
    const missing: string[] = [];
    const check = async ([procedure, prepare]: (typeof entries)[number]): Promise<void> => {
      const { send, type, door = 'rest' } = await prepare();
      const response = await send();
      expect(response.status, `${procedure} ${JSON.stringify(response.body)}`).toBeLessThan(300);
      const requestId = response.headers.get('x-request-id');
      const recorded = () =>
        admin.query('SELECT type, actor_id, door, address FROM event WHERE request_id = $1 AND type = $2', [
          requestId,
          type,
        ]);
      // Some are recorded by the worker, on behalf of the caller.
      const found = await eventually(
        async () => {
          const { rows } = await recorded();
          return rows.length > 0 && rows;
        },
        { timeoutMs: 30_000 },
      ).catch(() => null);
      if (!found) {
        missing.push(`${procedure}: no ${type}`);
        return;
      }
      const [event] = found;
      const right = event.door === door && event.address === '127.0.0.1' && event.actor_id !== 'worker';
      if (!right) missing.push(`${procedure}: ${JSON.stringify(event)}`);
    };
    const entries = Object.entries(changes);
    for (const entry of entries) await check(entry);
    expect(missing).toEqual([]);
  });
});
