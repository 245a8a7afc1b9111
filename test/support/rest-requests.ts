import type { RestOperation } from '../../api/rest/rest-operations.ts';
import { can, type Permission, permissionRole, type Role, roles } from '../../shared/identity/roles.ts';

const dummyTool = { name: 'secret_tool', type: 'dummy' };
const connector = { name: 'secret_connector', baseUrl: 'https://secret.example' };
const credential = {
  name: 'secret_credential',
  auth: { type: 'bearer', token: 'a token' },
  allowedHosts: ['secret.example'],
};
const policy = { name: 'Secret', effect: 'deny', tools: { tag: 'secret' } };
const rule = { name: 'Secret', set: { severity: 'high' } };
const playbook = {
  name: 'secret_playbook',
  title: 'Secret',
  steps: [{ id: 'check', type: 'manual', title: 'Check', assignee: { role: 'operator' } }],
};

const steps = { items: [{ runId: 'no-id', stepId: 'check' }] };

/** A valid body for every operation that does not take an empty one. */
const bodies: Record<string, unknown> = {
  'tools.create': dummyTool,
  'tools.update': dummyTool,
  'tools.createDraft': dummyTool,
  'tools.saveDraft': dummyTool,
  'tools.testDraft': { version: 1 },
  'tools.previewDraft': { version: 1 },
  'tools.publishDraft': { version: 1 },
  'tools.inferSchema': { text: '{}' },
  'tools.setEnabled': { enabled: false },
  'artifacts.create': { data: 'c2VjcmV0' },
  'connectors.create': connector,
  'connectors.update': connector,
  'connectors.blastRadius': connector,
  'connectors.check': connector,
  'connectors.describe': { definition: connector },
  'credentials.create': credential,
  'credentials.rotate': { value: 'another key' },
  'credentials.test': { url: 'https://secret.example/me' },
  'tools.checkDefinition': dummyTool,
  'playbooks.check': playbook,
  'executions.reject': { reason: 'x' },
  'executions.settle': { happened: true, note: 'x' },
  'playbooks.create': playbook,
  'playbooks.update': playbook,
  'playbooks.blastRadius': dummyTool,
  'runs.pause': { reason: 'x' },
  'runs.cancel': { reason: 'x' },
  'runs.assign': { role: 'operator' },
  'runs.sendEvent': { name: 'x' },
  'inbox.claim': steps,
  'inbox.release': steps,
  'inbox.assign': { ...steps, role: 'operator' },
  'inbox.previewCompletion': steps,
  'inbox.complete': { items: [{ ...steps.items[0], digest: 'x' }], requestId: 'x' },
  'inbox.previewDecisions': { items: [{ id: 'x' }] },
  'inbox.decide': { items: [{ id: 'x', digest: 'x' }], outcome: 'approved', requestId: 'x' },
  'exceptions.create': { title: 'Secret' },
  'exceptions.update': { title: 'Taken' },
  'exceptions.assign': { assignee: null },
  'exceptions.resolve': { code: 'fixed' },
  'exceptions.reopen': { reason: 'x' },
  'exceptions.comment': { body: 'x' },
  'exceptions.link': { kind: 'url', url: 'https://secret.example' },
  'exceptions.attach': { artifactId: '0192f0c1-7a00-7000-8000-000000000044' },
  'exceptions.saveView': { name: 'Secret', filter: {} },
  'views.create': { list: 'tools', name: 'Secret' },
  'views.update': { name: 'Secret' },
  'views.chooseDefault': { viewId: null },
  'rules.create': rule,
  'rules.update': rule,
  'rules.reorder': { ids: [] },
  'rules.try': { exception: { title: 'Secret' } },
  'policies.create': policy,
  'policies.update': policy,
  'policies.check': policy,
  'policies.replay': { policy },
  'policies.simulate': { toolId: 'no-id' },
  'settings.checkEgress': { hosts: [] },
  'breakers.hold': { host: 'secret.example:443', reason: 'x' },
  'settings.putRedaction': { kinds: {} },
  'settings.tryRedaction': { value: 'x' },
  'audit.acknowledge': { problems: [{ kind: 'cut', block: 1, eventId: null }], reason: 'x' },
  'personalData.search': { values: ['nobody@customer.example'] },
  'personalData.erase': { confirm: 'nobody@customer.example' },
  'legalHolds.place': { scope: 'everything', reason: 'x' },
  'legalHolds.release': { reason: 'x' },
  'settings.putRetention': { payloadDays: 30 },
  'members.setRoles': { roles: ['viewer'] },
  'invitations.create': { email: 'secret@people.example', roles: ['viewer'] },
  'apiKeys.create': { name: 'Secret', roles: ['viewer'] },
  'me.update': { name: 'Secret' },
  'presence.here': { tab: '0197a7f2-5a1c-4f3e-9a51-2f1f4c0c9d77', at: [] },
  'presence.choose': { hidden: true },
  'organizations.create': { name: 'Secret', slug: 'secret', adminEmail: 'secret@people.example' },
  'organizations.rename': { name: 'Secret' },
  'organizations.inviteAdmin': { email: 'secret@people.example' },
  'notifications.read': { ids: ['0192f0c1-7a00-7000-8000-000000000072'] },
  'notifications.changeSettings': { timeZone: 'UTC' },
  'notifications.subscribePush': {
    endpoint: 'https://fcm.googleapis.com/fcm/send/secret',
    keys: { p256dh: 'secret', auth: 'secret' },
    publicKey: 'secret',
  },
  'notifications.createChannel': { name: 'Secret', toolId: 'secret', input: {} },
  'notifications.updateChannel': { name: 'Secret', toolId: 'secret', input: {} },
  'webhooks.create': { url: 'https://secret.example/' },
  'webhooks.update': { enabled: false },
  'inboundWebhooks.create': { name: 'Secret', scheme: 'bearer' },
  'inboundWebhooks.update': { enabled: false },
  'inboundWebhooks.try': { actions: [] },
  'trials.start': { version: 1, percent: 10 },
  'trials.setPercent': { percent: 10 },
  'batches.create': { calls: [{ id: 'secret', tool: 'secret' }], waitMs: 0 },
  'batches.check': { calls: [{ id: 'secret', tool: 'secret' }] },
  'schedules.create': { target: { tool: 'secret' }, spec: { cron: '0 3 1 1 *' } },
  'schedules.preview': { spec: { cron: '0 3 1 1 *' } },
  'schedules.update': { target: { tool: 'secret' }, spec: { cron: '0 4 1 1 *' } },
  'schedules.assign': { userId: 'nobody' },
  'schedules.backfill': { from: '2026-01-01T00:00:00Z', to: '2026-01-02T00:00:00Z' },
  'imports.create': { curl: 'curl https://secret.example/v1/things' },
  'templates.install': { auth: { token: 'secret' } },
  'imports.impact': { operations: ['GET /v1/things'] },
  'imports.createTools': { operations: ['GET /v1/things'] },
  'files.plan': { files: [] },
  'files.applyPlan': { files: [], planDigest: '' },
};

/** Where one is required. */
const queries: Record<string, string> = {
  'tools.diff': '?from=1&to=1',
  'connectors.diff': '?from=1&to=1',
  'search.all': '?q=secret',
  'exceptions.knownInputs': '?toolId={toolId}',
};

/** A valid request of an operation, for `call(...requestOf(...))`. */
export function requestOf(
  { name, rest }: RestOperation,
  ids: { id?: string; linkId?: string; toolId?: string } = {},
): [method: string, path: string, body?: unknown] {
  const fields: Record<string, string> = {
    id: 'no-id',
    linkId: 'no-id',
    attachmentId: 'no-id',
    stepId: 'check',
    version: '1',
    list: 'tools',
    type: 'tool',
    ...ids,
  };
  const path = rest.path.replace(/\{(\w+)\}/g, (_, field: string) => fields[field] ?? 'x');
  const query = (queries[name] ?? '').replace('{toolId}', ids.toolId ?? 'no-id');
  const hasBody = rest.method === 'POST' || rest.method === 'PUT';
  return [rest.method, path + query, hasBody ? (bodies[name] ?? {}) : undefined];
}

/** The part of an operation's path before `{id}`; null when there is none. */
export function collectionOf({ rest }: RestOperation): string | null {
  return /^(.*)\/\{id\}/.exec(rest.path)?.[1] ?? null;
}

/** A role without the permission; null when viewers have it, and so every role. */
export function roleWithout(permission: Permission): Role | null {
  if (permissionRole[permission] === 'viewer') return null;
  const role = roles.find((each) => !can({ roles: [each] }, permission));
  if (!role) throw new Error(`Every role has the permission ${permission}`);
  return role;
}
