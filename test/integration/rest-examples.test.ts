import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { exampleAttachmentId, exampleIds, exampleLinkId } from '../../api/rest/examples.ts';
import { type RestOperation, restOperations } from '../../api/rest/rest-operations.ts';
import { stepWhen } from '../support/playbook-runs.ts';
import { type ProviderServer, startProvider } from '../support/provider-server.ts';
import { type ApiResponse, startTestApi, type TestApi, type TestTenant } from '../support/test-api.ts';

interface Documented {
  parameters?: { name: string; in: string; example?: string | number }[];
  requestBody?: { content: { 'application/json': { example: unknown } } };
}

/** What others need, in the order in which it is sent. */
const first = [
  ...[
    'settings.putEgress',
    'tools.create',
    'connectors.create',
    'exceptions.create',
    'exceptions.saveView',
    'views.create',
  ],
  ...[
    'exceptions.link',
    'connectors.update',
    'tools.saveDraft',
    'tools.draft',
    'tools.previewDraft',
    'tools.testDraft',
    'tools.publishDraft',
    'tools.update',
    'tools.execute',
    'playbooks.create',
    'playbooks.publish',
  ],
  ...['playbooks.update', 'runs.start', 'webhooks.create', 'policies.create', 'credentials.create'],
  ...['invitations.create', 'apiKeys.create', 'legalHolds.place', 'inboundWebhooks.create'],
  ...[
    'schedules.create',
    'rules.create',
    'personalData.search',
    'breakers.hold',
    'imports.create',
    'artifacts.create',
  ],
];
/** A run goes through these. */
const ofRun = [
  ...[
    'claim',
    'release',
    'assign',
    'withdraw',
    'complete',
    'step',
    'preview',
    'pause',
    'resume',
    'sendEvent',
    'cancel',
  ],
].map((name) => `runs.${name}`);
/** What removes or replaces what the others are about. */
const last = [
  ...['exceptions.resolve', 'exceptions.reopen', 'exceptions.unlink', 'exceptions.removeView'],
  ...['playbooks.restore', 'playbooks.discardDraft', 'playbooks.archive', 'webhooks.archive'],
  ...['policies.archive', 'tools.archive', 'connectors.archive', 'credentials.archive'],
  ...[
    'invitations.revoke',
    'apiKeys.revoke',
    'legalHolds.release',
    'exceptions.detach',
    'inboundWebhooks.archive',
  ],
  ...['rules.archive', 'schedules.archive', 'archived.get', 'views.remove'],
  // What depends on others after them.
  ...[
    'connectors.unarchive',
    'tools.unarchive',
    'playbooks.unarchive',
    'policies.unarchive',
    'rules.unarchive',
  ],
  ...['schedules.unarchive', 'webhooks.unarchive', 'inboundWebhooks.unarchive'],
];
/** Valid requests for which this tenant has nothing in the state that they need. */
const unneeded: Record<string, number> = {
  'audit.acknowledge': 404,
  // A REST connector has nothing to fetch.
  'connectors.describe': 422,
  'executions.approve': 409,
  'batches.pause': 409,
  'batches.resume': 409,
  'batches.cancel': 409,
  'batches.retryFailed': 409,
  // It was promoted.
  'trials.stop': 409,
  // It was published.
  'tools.discardDraft': 404,
  // Its tool names no undo.
  'batches.undo': 409,
  'executions.undo': 409,
  'runs.undo': 409,
  // Its dates are long ago, and no one is a member.
  'schedules.backfill': 422,
  'schedules.assign': 422,
  'personalData.erase': 409,
  'members.get': 404,
  'members.setRoles': 404,
  'members.remove': 404,
  // Apps are let in by people, on their page.
  'apps.disconnect': 404,
  'apps.disconnectMine': 404,
  // An API key has no profile, and only platform admins create organizations.
  'me.update': 409,
  'presence.here': 409,
  'presence.choose': 409,
  'me.revokeSession': 409,
  'me.revokeOtherSessions': 409,
  'organizations.create': 403,
  'organizations.inviteAdmin': 403,
  // Only a person signs in at a provider.
  'connections.connect': 403,
  'executions.cancel': 409,
  'executions.reject': 409,
  'executions.release': 409,
  'executions.settle': 409,
  'executions.withdraw': 409,
  'runs.withdraw': 409,
  'runs.previewBatch': 409,
  'runs.releaseRun': 409,
  'webhooks.redeliver': 404,
  'inboundWebhooks.delivery': 404,
  'inboundWebhooks.redeliver': 404,
  // An API key gets no notifications, and the tool of the examples is no chat.
  'notifications.changeSettings': 409,
  'notifications.test': 409,
  'notifications.subscribePush': 409,
  'notifications.removePushSubscription': 404,
  'notifications.createChannel': 422,
  'notifications.updateChannel': 404,
  'notifications.archiveChannel': 404,
  'notifications.testChannel': 404,
  // For platform admins.
  'settings.encryptionKeys': 403,
};

describe('the examples of the OpenAPI document', () => {
  let api: TestApi;
  let acme: TestTenant;
  let provider: ProviderServer;
  let paths: Record<string, Record<string, Documented>>;

  beforeAll(async () => {
    provider = await startProvider((_request, response) => {
      response.setHeader('content-type', 'application/json').end('{"refundId":"re_1"}');
    });
    api = await startTestApi();
    acme = await api.tenant({ privateHosts: [provider.host] });
    paths = (await api.call(null)('GET', '/api/openapi.json')).body.paths;
  });
  afterAll(() => Promise.all([api?.close(), provider?.close()]));

  test('each is accepted when it is sent', async () => {
    const real = new Map<string, string>([
      ['https://pay.example', provider.url],
      ['127.0.0.1:4501', provider.host],
    ]);
    const send = ({ rest }: RestOperation): Promise<ApiResponse> => {
      const { parameters = [], requestBody } = paths[rest.path]![rest.method.toLowerCase()]!;
      const inQuery = new URLSearchParams();
      let path = rest.path as string;
      for (const { name, in: place, example } of parameters) {
        if (example === undefined) continue;
        if (place === 'path') path = path.replace(`{${name}}`, encodeURIComponent(example));
        if (place === 'query') inQuery.append(name, String(example));
      }
      expect(path, 'Give it an example in api/rest/examples.ts').not.toContain('{');
      let sent = JSON.stringify({
        url: inQuery.size > 0 ? `${path}?${inQuery}` : path,
        body: requestBody?.content['application/json'].example,
      });
      for (const [example, own] of real) sent = sent.replaceAll(example, own);
      const { url, body } = JSON.parse(sent) as { url: string; body: unknown };
      return acme.as.tenant_admin(rest.method, url, body);
    };
    const placeOf = ({ name }: RestOperation): number => {
      const [at, run, end] = [first.indexOf(name), ofRun.indexOf(name), last.indexOf(name)];
      if (at >= 0) return at;
      if (end >= 0) return 2000 + end;
      return run >= 0 ? 1000 + run : 500;
    };
    const refused: string[] = [];
    for (const operation of restOperations.toSorted((a, b) => placeOf(a) - placeOf(b))) {
      const { name, rest } = operation;
      const { status, body } = await send(operation);
      const expected = unneeded[name] ? status === unneeded[name] : status >= 200 && status < 300;
      if (!expected) refused.push(`${name} ${status} ${JSON.stringify(body).slice(0, 400)}`);
      const example = exampleIds[name === 'tools.execute' ? '/api/tools/executions' : rest.path];
      if (example && rest.method === 'POST') real.set(example, body.id);
      if (name === 'exceptions.link') real.set(exampleLinkId, body.links?.[0]?.id);
      if (name === 'exceptions.attach') real.set(exampleAttachmentId, body.id);
      const run = real.get(exampleIds['/api/playbook-runs']!);
      if (name === 'runs.start') await stepWhen(acme.as.viewer, run!, 'check', 'waiting');
      if (name === 'runs.complete') await stepWhen(acme.as.viewer, run!, 'refund', 'waiting');
    }
    expect(refused).toEqual([]);
    expect(provider.requests.length).toBeGreaterThan(0);
  }, 120_000);
});
