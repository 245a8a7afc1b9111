/** The things that examples are about, by the path of their collection. Tests send the examples with IDs of their own. */
export const exampleIds: Record<string, string> = {
  '/api/tools': '0192f0c1-7a00-7000-8000-000000000001',
  '/api/tools/executions': '0192f0c1-7a00-7000-8000-000000000002',
  '/api/connectors': '0192f0c1-7a00-7000-8000-000000000003',
  '/api/exceptions': '0192f0c1-7a00-7000-8000-000000000004',
  '/api/exception-views': '0192f0c1-7a00-7000-8000-000000000005',
  '/api/saved-views': '0192f0c1-7a00-7000-8000-000000000055',
  '/api/archived/{type}': '0192f0c1-7a00-7000-8000-000000000001',
  '/api/playbooks': '0192f0c1-7a00-7000-8000-000000000006',
  '/api/playbook-runs': '0192f0c1-7a00-7000-8000-000000000007',
  '/api/webhooks': '0192f0c1-7a00-7000-8000-000000000008',
  '/api/webhooks/deliveries': '0192f0c1-7a00-7000-8000-000000000009',
  '/api/notification-channels': '0192f0c1-7a00-7000-8000-000000000071',
  '/api/push-subscriptions': '0192f0c1-7a00-7000-8000-000000000073',
  '/api/credentials': '0192f0c1-7a00-7000-8000-000000000010',
  '/api/policies': '0192f0c1-7a00-7000-8000-00000000000b',
  '/api/members': '0192f0c1-7a00-7000-8000-00000000000c',
  '/api/invitations': '0192f0c1-7a00-7000-8000-00000000000d',
  '/api/api-keys': '0192f0c1-7a00-7000-8000-00000000000e',
  '/api/exception-rules': '0192f0c1-7a00-7000-8000-000000000012',
  '/api/legal-holds': '0192f0c1-7a00-7000-8000-000000000011',
  '/api/inbound-webhooks': '0192f0c1-7a00-7000-8000-000000000031',
  '/api/inbound-webhooks/deliveries': '0192f0c1-7a00-7000-8000-000000000032',
  '/api/personal-data/searches': '0192f0c1-7a00-7000-8000-000000000032',
  '/api/templates': 'slack_post_message',
  '/api/imports': '0192f0c1-7a00-7000-8000-000000000041',
  '/api/artifacts': '0192f0c1-7a00-7000-8000-000000000044',
  '/api/batches': '0192f0c1-7a00-7000-8000-000000000051',
  '/api/usage/tools': '0192f0c1-7a00-7000-8000-000000000001',
  '/api/usage/connectors': '0192f0c1-7a00-7000-8000-000000000003',
  '/api/usage/playbooks': '0192f0c1-7a00-7000-8000-000000000006',
  '/api/schedules': '0192f0c1-7a00-7000-8000-000000000061',
  '/api/connected-apps': '0192f0c1-7a00-7000-8000-000000000061',
  '/api/me/connected-apps': '0192f0c1-7a00-7000-8000-000000000061',
  '/api/breakers': '0192f0c1-7a00-7000-8000-0000000000b1',
};
const idOf = (collection: string): string => exampleIds[collection]!;

const waitingSteps = [
  { runId: idOf('/api/playbook-runs'), stepId: 'check' },
  { runId: '0192f0c1-7a00-7000-8000-000000000071', stepId: 'check' },
];

const waitingExecutions = [
  { id: idOf('/api/tools/executions') },
  { id: '0192f0c1-7a00-7000-8000-000000000073' },
];

export const exampleLinkId = '0192f0c1-7a00-7000-8000-00000000000a';
export const exampleAttachmentId = '0192f0c1-7a00-7000-8000-000000000053';

const others: Record<string, string | number> = {
  linkId: exampleLinkId,
  attachmentId: exampleAttachmentId,
  version: 1,
  stepId: 'check',
  name: 'payments',
  sessionId: '0192f0c1-7a00-7000-8000-00000000000f',
  slug: 'acme',
  list: 'tools',
  type: 'tool',
};

/** A parameter in a path; an `{id}` is that of the collection before it. A test finds those that have no example. */
export function examplePathParameter(path: string, name: string): string | number | undefined {
  return name === 'id' ? exampleIds[path.slice(0, path.indexOf('/{id}'))] : others[name];
}

interface Example {
  /** Where it differs from what every path has. */
  path?: Record<string, string>;
  query?: Record<string, string | number>;
  body?: unknown;
}

const refundInput = {
  type: 'object',
  required: ['paymentId', 'amount'],
  properties: { paymentId: { type: 'string' }, amount: { type: 'number', exclusiveMinimum: 0 } },
};
const tool = {
  name: 'refund_payment',
  title: 'Refund a payment',
  type: 'http',
  inputSchema: refundInput,
  outputSchema: { type: 'object', required: ['refundId'] },
  auth: { type: 'api_key', in: 'header', name: 'x-api-key', value: 'the key of the provider' },
  config: { method: 'POST', url: 'https://pay.example/v1/payments/{paymentId}/refunds' },
  idempotent: true,
};
const connector = {
  name: 'payments',
  title: 'The payment provider',
  baseUrl: 'https://pay.example/v1',
  auth: { type: 'bearer', token: 'the token of the provider' },
};
const files = [
  {
    path: 'domains/shipping.yaml',
    text: 'name: shipping\ntitle: Shipping\nattributeSchema:\n  type: object\n',
  },
];
const rule = {
  name: 'Large payments',
  when: { domains: ['payments'], condition: 'exception.attributes.amount > 1000' },
  set: { severity: 'critical', assignee: { role: 'operator' }, dueIn: 'PT4H' },
};

const policy = {
  name: 'Large refunds',
  effect: 'require_approval',
  tools: { category: 'payments' },
  when: 'amount > 500',
  approval: { required: 2, roles: ['approver'] },
};
const check = {
  id: 'check',
  type: 'manual',
  title: 'Check the account',
  form: { type: 'object', required: ['refund'], properties: { refund: { type: 'boolean' } } },
  due: 'PT4H',
};
const refund = {
  id: 'refund',
  type: 'call_tool',
  title: 'Refund the payment',
  tool: 'refund_payment',
  when: '${{ steps.check.output.refund = true }}',
  input: { paymentId: 'pay_k28axcwum3', amount: 12.5 },
};
const playbook = { name: 'failed_payment', title: 'Failed payment', steps: [check, refund] };
const payload = { paymentId: 'pay_k28axcwum3', amount: 12.5 };
const schedule = {
  title: 'Refund what was ordered in the night',
  target: { tool: 'refund_payment', payload },
  spec: { cron: '30 6 * * MON-FRI', timeZone: 'Europe/Berlin' },
  overlap: 'skip',
};
const batch = {
  title: 'Refund in two parts',
  calls: [
    { id: 'first', tool: 'refund_payment', payload },
    {
      id: 'second',
      tool: 'refund_payment',
      payload: { ...payload, reason: 'The rest of ${{ calls.first.output.refundId }}' },
    },
  ],
};

/** One request of every operation that takes more than a path: the OpenAPI document shows it, and a test sends it. */
export const examples: Record<string, Example> = {
  'search.all': { query: { q: 'pay_k28axcwum3', types: 'execution,exception', limit: 5 } },
  'tools.list': { query: { q: 'refund', status: 'enabled', limit: 20 } },
  'tools.create': { body: tool },
  'tools.update': { body: { ...tool, description: 'In whole or in part.' } },
  'tools.createDraft': { body: { ...tool, name: 'refund_draft' } },
  'tools.saveDraft': { body: { ...tool, timeoutMs: 5000 } },
  'tools.previewDraft': { body: { version: 2, payload } },
  'tools.testDraft': { body: { version: 2, payload } },
  'tools.publishDraft': { body: { version: 2 } },
  'tools.inferSchema': { body: { examples: [payload, { ...payload, note: 'By phone' }], enums: false } },
  'tools.diff': { query: { from: 1, to: 2 } },
  'tools.setEnabled': { body: { enabled: true } },
  'tools.validate': { body: { payload } },
  'tools.checkDefinition': { body: { ...tool, name: 'refund_in_part' } },
  'tools.execute': { body: { payload, exceptionId: idOf('/api/exceptions') } },
  'tools.preview': { body: { payload } },
  'tools.replay': { body: { definition: { ...tool, timeoutMs: 5000 }, last: 50 } },
  'connectors.create': { body: connector },
  'connectors.update': { body: { ...connector, headers: { accept: 'application/json' } } },
  'connectors.diff': { query: { from: 1, to: 2 } },
  'connectors.blastRadius': { body: { ...connector, baseUrl: 'https://pay.example/v2' } },
  'connectors.describe': { body: { definition: connector } },
  'connectors.operations': { query: { q: 'refund' } },
  'connectors.check': { body: { ...connector, name: 'shipments' } },
  'credentials.list': { query: { q: 'payments', limit: 20 } },
  'credentials.create': {
    body: {
      name: 'Payment provider',
      auth: { type: 'bearer', token: 'the token of the provider' },
      allowedHosts: ['https://pay.example'],
      methods: ['GET', 'POST'],
      pathPrefixes: ['/v1'],
      expiresAt: '2031-01-31T00:00:00Z',
    },
  },
  'credentials.update': { body: { note: 'Ask the payments team for a new one.' } },
  'credentials.rotate': { body: { value: 'the next token of the provider', overlapSeconds: 3600 } },
  'credentials.test': { body: { url: 'https://pay.example/v1/account' } },
  'connections.connect': { body: { returnTo: '/t/acme/tools' } },
  'executions.list': { query: { toolId: idOf('/api/tools'), status: 'succeeded', limit: 20 } },
  'executions.approve': { body: { reason: 'The amount matches the order.' } },
  'executions.withdraw': { body: { reason: 'The amount changed meanwhile.' } },
  'executions.reject': { body: { reason: 'The order was shipped already.' } },
  'executions.settle': { body: { happened: true, note: 'The refund is in the account of the provider.' } },
  'events.list': { query: { subjectType: 'tool', subjectId: idOf('/api/tools') } },
  'audit.list': { query: { actor: 'Ana', door: 'web' } },
  'audit.acknowledge': {
    body: {
      problems: [{ kind: 'missing', block: 12, eventId: '51234' }],
      reason: 'The database was restored from the backup of that night.',
    },
  },
  'settings.putEgress': {
    body: {
      privateHosts: ['127.0.0.1:4501'],
      allowList: { enabled: false, hosts: [{ host: '*.example.com', ports: [443] }] },
    },
  },
  'settings.checkEgress': { body: { hosts: [{ host: '*.example.com', ports: [443] }] } },
  'settings.putRedaction': {
    body: { kinds: { email: 'mask', card: 'drop' }, note: 'Support needs to tell customers apart.' },
  },
  'settings.tryRedaction': {
    body: { value: { note: 'Write to ana@example.com' }, kinds: { email: 'mask' } },
  },
  'settings.putRetention': {
    body: { payloadDays: 90, eventDays: 730, deliveryDays: 30, note: 'As the privacy policy says.' },
  },
  'legalHolds.place': {
    body: {
      scope: 'exception',
      exceptionId: idOf('/api/exceptions'),
      reason: 'Claim 2031-17 of the customer.',
    },
  },
  'personalData.search': { body: { values: ['ana.berg@customer.example', '+49 170 1234567'] } },
  'personalData.erase': { body: { confirm: 'ana.berg@customer.example' } },
  'legalHolds.release': { body: { reason: 'The claim is settled.' } },
  'settings.getRetentionDue': { query: { payloadDays: 90 } },
  'members.setRoles': { body: { roles: ['operator', 'approver'] } },
  'invitations.create': { body: { email: 'bea@acme.example', roles: ['operator'] } },
  'apiKeys.create': {
    body: {
      name: 'Order system',
      roles: ['operator'],
      tools: ['refund_payment'],
      doors: ['rest'],
      addresses: ['10.0.0.0/8'],
    },
  },
  'apiKeys.rotate': { body: { overlapSeconds: 3600 } },
  'me.update': { body: { name: 'Ana Admin' } },
  'presence.here': {
    body: {
      tab: '0197a7f2-5a1c-4f3e-9a51-2f1f4c0c9d77',
      at: [{ type: 'exception', id: idOf('/api/exceptions'), doing: 'commenting' }],
    },
  },
  'presence.choose': { body: { hidden: true } },
  'organizations.create': { body: { name: 'Acme', slug: 'acme', adminEmail: 'ana@acme.example' } },
  'organizations.rename': { body: { name: 'Acme Payments' } },
  'organizations.inviteAdmin': { body: { email: 'ana@acme.example' } },
  'exceptions.list': { query: { status: 'open', severity: 'high' } },
  'exceptions.create': {
    body: {
      title: 'Card payment failed twice',
      severity: 'high',
      domain: 'payments',
      attributes: { paymentId: 'pay_k28axcwum3', amount: 12.5 },
    },
  },
  'exceptions.update': { body: { severity: 'critical' } },
  'exceptions.assign': { body: { assignee: null } },
  'exceptions.resolve': { body: { code: 'fixed', note: 'Refunded in full.' } },
  'exceptions.reopen': { body: { reason: 'The refund came back.' } },
  'exceptions.comment': { body: { body: 'The customer was told.' } },
  'exceptions.link': {
    body: { kind: 'url', url: 'https://status.example/incidents/7', title: 'Incident 7' },
  },
  'exceptions.attach': { body: { artifactId: idOf('/api/artifacts'), name: 'receipt.txt' } },
  'exceptions.knownInputs': { query: { toolId: idOf('/api/tools') } },
  'exceptions.saveView': { body: { name: 'Urgent', filter: { severity: 'critical', status: 'unresolved' } } },
  'exceptions.writeDomain': {
    body: {
      title: 'Payments',
      attributeSchema: { type: 'object', properties: { paymentId: { type: 'string' } } },
    },
  },
  'playbooks.list': { query: { q: 'payment' } },
  'playbooks.create': { body: playbook },
  'playbooks.update': { body: { ...playbook, description: 'The payment and the order do not match.' } },
  'playbooks.check': { body: { ...playbook, name: 'lost_payment' } },
  'playbooks.publish': { body: { note: 'The first version' } },
  'playbooks.dryRun': {
    body: {
      document: playbook,
      exceptionId: idOf('/api/exceptions'),
      answers: { check: { output: { refund: true } } },
    },
  },
  'playbooks.backtest': { body: { definition: playbook, from: '2031-01-01T00:00:00Z', limit: 100 } },
  'playbooks.blastRadius': { body: { ...tool, description: 'In whole or in part.' } },
  'runs.list': { query: { exceptionId: idOf('/api/exceptions') } },
  'runs.start': { body: { playbookId: 'failed_payment', exceptionId: idOf('/api/exceptions') } },
  'runs.complete': { body: { input: { refund: true }, reason: 'The order was never shipped.' } },
  'runs.preview': { path: { stepId: 'refund' }, body: {} },
  'runs.previewBatch': { path: { stepId: 'refund' } },
  'runs.claim': { body: { takeOver: true } },
  'runs.withdraw': { body: { reason: 'I confused it with another order.' } },
  'runs.assign': { body: { role: 'operator', reason: 'My shift ends.' } },
  'runs.sendEvent': { body: { name: 'payment_settled', data: { paymentId: 'pay_k28axcwum3' } } },
  'runs.pause': { body: { reason: 'The provider has an incident.' } },
  'runs.cancel': { body: { reason: 'The customer cancelled.' } },
  'inbox.groups': { query: { group: 'severity', scope: 'todo' } },
  'inbox.claim': { body: { items: waitingSteps } },
  'inbox.release': { body: { items: waitingSteps } },
  'inbox.assign': { body: { items: waitingSteps, role: 'operator', reason: 'My shift ends.' } },
  'inbox.previewCompletion': { body: { items: waitingSteps } },
  'inbox.complete': {
    body: {
      items: waitingSteps.map((step) => ({ ...step, digest: '5f0c1e' })),
      requestId: 'a77e0000-0000-4000-8000-000000000001',
    },
  },
  'inbox.previewDecisions': { body: { items: waitingExecutions } },
  'inbox.decide': {
    body: {
      items: waitingExecutions.map((each) => ({ ...each, digest: '5f0c1e' })),
      outcome: 'approved',
      requestId: 'a77e0000-0000-4000-8000-000000000002',
    },
  },
  'inbox.list': { query: { scope: 'all' } },
  'notifications.list': { query: { unread: 'true' } },
  'notifications.read': { body: { ids: ['0192f0c1-7a00-7000-8000-000000000072'] } },
  'notifications.readAll': { body: {} },
  'notifications.changeSettings': {
    body: {
      kinds: { approval_asked: { page: true, browser: true, email: 'now', channels: [] } },
      digest: { every: 'day', at: '08:00' },
      quiet: { from: '22:00', to: '07:00', letCritical: true },
      timeZone: 'Europe/Berlin',
    },
  },
  'notifications.test': { body: { browser: true } },
  'notifications.subscribePush': {
    body: {
      endpoint: 'https://updates.push.services.mozilla.com/wpush/v2/gAAAAABk',
      keys: {
        p256dh: 'BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4',
        auth: 'BTBZMqHH6r4Tts7J_aSIgg',
      },
      publicKey: 'BA1Hxzyi1RUM1b5wjxsn7nGxAszw2u61m164i3MrAIxHF6YK5h4SDYic-dRuU_RCPCfA5aq9ojSwk5Y2EmClBPs',
    },
  },
  'notifications.createChannel': {
    body: {
      name: 'Chat',
      toolId: '0192f0c1-7a00-7000-8000-000000000001',
      input: { channel: '#payments', text: '${{ notice.title }} ${{ notice.link }}' },
    },
  },
  'notifications.updateChannel': {
    body: {
      name: 'Chat',
      toolId: '0192f0c1-7a00-7000-8000-000000000001',
      input: { channel: '#payments', text: '${{ notice.text }}' },
      enabled: true,
    },
  },
  'inbox.readNotices': { body: { upTo: '0192f0c1-7a00-7000-8000-00000000000b' } },
  'rules.create': { body: rule },
  'rules.update': { body: { ...rule, enabled: false } },
  'rules.reorder': { body: { ids: [idOf('/api/exception-rules')] } },
  'rules.try': {
    body: { exception: { title: 'Refund failed', domain: 'payments', attributes: { amount: 1200 } } },
  },
  'policies.create': { body: policy },
  'policies.update': { body: { ...policy, enabled: false } },
  'policies.check': { body: policy },
  'policies.replay': { body: { policy } },
  'policies.simulate': {
    body: {
      toolId: idOf('/api/tools'),
      payload: { paymentId: 'p-17', amount: 612.5 },
      actor: { roles: ['operator'] },
    },
  },
  'limits.putTenant': {
    body: {
      rateLimit: { requestsPerMinute: 6000, burst: 600 },
      hostConcurrency: 50,
      hosts: [{ host: 'bank.example:443', concurrency: 4 }],
    },
  },
  'breakers.hold': { body: { host: 'bank.example:443', reason: 'Maintenance until 18:00.' } },
  'breakers.open': { body: { reason: 'The bank asked us to wait.' } },
  'webhooks.create': { body: { url: 'https://hooks.example/interlock', eventTypes: ['StepOpened'] } },
  'webhooks.update': { body: { description: 'Tells the engine' } },
  'inboundWebhooks.create': {
    body: {
      name: 'Payment provider',
      scheme: 'standard',
      actions: [
        {
          do: 'open_exception',
          when: "body.type = 'payment.failed'",
          title: 'Payment ${{ body.data.id }} failed',
          groupBy: '${{ body.data.id }}',
          attributes: { paymentId: '${{ body.data.id }}' },
        },
      ],
    },
  },
  'inboundWebhooks.update': { body: { description: 'Failed payments' } },
  'inboundWebhooks.rotateSecret': { body: { overlapSeconds: 3600 } },
  'inboundWebhooks.test': { body: { body: { type: 'payment.failed', data: { id: 'pay_k28axcwum3' } } } },
  'inboundWebhooks.try': {
    body: {
      actions: [{ do: 'open_exception', title: 'Payment ${{ body.id }} failed' }],
      body: { id: 'pay_k28axcwum3' },
    },
  },
  'inboundWebhooks.deliveries': { query: { status: 'failed', limit: 20 } },
  'inboundWebhooks.redeliver': { body: { repeat: false } },
  'trials.start': {
    body: {
      definition: { ...tool, timeoutMs: 5000 },
      percent: 10,
      stickyBy: '/paymentId',
      stopAbove: { errorRate: 0.1, atLeast: 50 },
    },
  },
  'trials.setPercent': { body: { percent: 50 } },
  'trials.stop': { body: { reason: 'The new endpoint is too slow.' } },
  'views.create': {
    body: {
      list: 'tools',
      name: 'Payments',
      shared: true,
      filters: { category: 'payments' },
      hiddenColumns: ['type'],
    },
  },
  'views.update': { body: { name: 'Payments', shared: true, filters: { q: 'refund' }, density: 'compact' } },
  'views.list': { query: { list: 'tools' } },
  'views.chooseDefault': { body: { viewId: idOf('/api/saved-views') } },
  'archived.list': { query: { type: 'tool', limit: 20 } },
  'schedules.create': { body: schedule },
  'schedules.update': { body: { ...schedule, spec: { everyMs: 3_600_000, offsetMs: 600_000 } } },
  'schedules.preview': { body: { spec: { cron: '30 2 * * *', timeZone: 'Europe/Berlin' } } },
  'schedules.list': { query: { status: 'active', limit: 20 } },
  'schedules.assign': { body: { userId: 'V1StGXR8Z5jdHi6BmyT' } },
  'schedules.backfill': {
    body: { from: '2026-03-01T00:00:00Z', to: '2026-03-02T00:00:00Z', overlap: 'buffer_all' },
  },
  'batches.create': { body: batch },
  'batches.check': { body: batch },
  'usage.home': { query: { period: '30d', timeZone: 'Europe/Berlin', since: '2031-05-04T08:00:00Z' } },
  'usage.tool': { query: { period: '24h' } },
  'batches.list': { query: { status: 'running', limit: 20 } },
  'batches.retryFailed': { body: { waitMs: 0 } },
  'batches.undo': { body: { reason: 'The wrong file was uploaded.' } },
  'executions.undo': { body: { reason: 'Refunded to the wrong payment.' } },
  'runs.undo': { body: { skipFailed: true } },
  'imports.create': {
    body: { curl: 'curl -X POST https://pay.example/v1/refunds --json \'{"paymentId": "pay_1"}\'' },
  },
  'artifacts.create': { query: { name: 'note.txt' }, body: { contentType: 'text/plain', data: 'SGVsbG8=' } },
  'templates.install': { body: { auth: { token: 'the token of the provider' } } },
  'imports.impact': { body: { operations: ['POST /v1/refunds'] } },
  'imports.createTools': { body: { operations: ['POST /v1/refunds'] } },
  'files.plan': { body: { files } },
  'files.applyPlan': { body: { files, planDigest: 'LHTOt0Sgul4_Nl_o' } },
};
