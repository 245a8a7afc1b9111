import type { InboundTemplate } from './inbound-schemas.ts';

const urgency =
  "${{ item.labels.severity in ['critical', 'page'] ? 'critical' : item.labels.severity = 'warning' ? 'medium' : 'low' }}";

/** An alert of one of its groups, as Alertmanager sends it. */
const alert = {
  status: 'firing',
  labels: { alertname: 'PaymentQueueSlow', severity: 'critical', instance: 'pay-1:9090' },
  annotations: {
    summary: 'Payments wait for more than a minute',
    runbook_url: 'https://runbooks.example/pay',
  },
  startsAt: '2031-01-31T12:00:00.000Z',
  endsAt: '0001-01-01T00:00:00Z',
  generatorURL: 'https://prometheus.example/graph',
  fingerprint: 'b6fb7f1c8f9d4f0a',
};

/** Actions that are ready to use, with what to do at the source and a sample of what it sends. */
export const inboundTemplates: InboundTemplate[] = [
  {
    id: 'alertmanager',
    title: 'Prometheus Alertmanager',
    description:
      'Each alert opens an exception, or counts one that is open; the exception is resolved with the alert.',
    scheme: 'basic',
    setup: [
      'Add a receiver with `webhook_configs: [{url: "{receiveUrl}", send_resolved: true}]`.',
      'Set `http_config: {basic_auth: {username: interlock, password: …}}` to the user and the password of this endpoint.',
    ],
    actions: [
      {
        do: 'open_exception',
        forEach: "body.alerts[status = 'firing']",
        groupBy: '${{ item.fingerprint }}',
        title: '${{ item.labels.alertname }}: ${{ item.annotations.summary }}',
        description: '${{ item.annotations.description }}',
        severity: urgency,
        attributes: {
          labels: '${{ item.labels }}',
          startsAt: '${{ item.startsAt }}',
          runbook: '${{ item.annotations.runbook_url }}',
          source: '${{ item.generatorURL }}',
        },
      },
      {
        do: 'resolve_exception',
        forEach: "body.alerts[status = 'resolved']",
        groupBy: '${{ item.fingerprint }}',
        code: 'fixed',
        note: 'The alert was resolved at ${{ item.endsAt }}.',
      },
    ],
    sample: {
      headers: {},
      body: {
        version: '4',
        groupKey: '{}:{alertname="PaymentQueueSlow"}',
        truncatedAlerts: 0,
        status: 'firing',
        receiver: 'interlock',
        groupLabels: { alertname: 'PaymentQueueSlow' },
        commonLabels: alert.labels,
        commonAnnotations: alert.annotations,
        externalURL: 'https://alertmanager.example',
        alerts: [alert],
      },
    },
  },
  {
    id: 'github',
    title: 'GitHub: failed workflow runs',
    description: 'A workflow run that fails opens an exception; the next one that succeeds resolves it.',
    scheme: 'github',
    setup: [
      'In the repository or organization, add a webhook with the payload URL `{receiveUrl}` and the content type application/json.',
      'Paste the secret of this endpoint, and choose the event "Workflow runs".',
    ],
    actions: [
      {
        do: 'open_exception',
        when: "body.action = 'completed' and body.workflow_run.conclusion in ['failure', 'timed_out']",
        groupBy:
          '${{ body.repository.full_name & "/" & body.workflow_run.name & "/" & body.workflow_run.head_branch }}',
        title: '${{ body.workflow_run.name }} failed on ${{ body.workflow_run.head_branch }}',
        description: '${{ body.workflow_run.html_url }}',
        attributes: {
          repository: '${{ body.repository.full_name }}',
          commit: '${{ body.workflow_run.head_sha }}',
        },
      },
      {
        do: 'resolve_exception',
        when: "body.action = 'completed' and body.workflow_run.conclusion = 'success'",
        groupBy:
          '${{ body.repository.full_name & "/" & body.workflow_run.name & "/" & body.workflow_run.head_branch }}',
        code: 'fixed',
      },
    ],
    sample: {
      headers: { 'x-github-event': 'workflow_run' },
      body: {
        action: 'completed',
        workflow_run: {
          id: 30433642,
          name: 'Build',
          head_branch: 'main',
          head_sha: 'acb5820ced9479c074f688cc328bf03f341a511d',
          conclusion: 'failure',
          html_url: 'https://github.com/octo-org/octo-repo/actions/runs/30433642',
        },
        repository: { full_name: 'octo-org/octo-repo' },
      },
    },
  },
  {
    id: 'stripe',
    title: 'Stripe: failed payments and disputes',
    description:
      'A payment that fails, or a dispute, opens an exception; a payment that succeeds later resolves it.',
    scheme: 'stripe',
    setup: [
      'In the Dashboard under Developers → Webhooks, add an endpoint with the URL `{receiveUrl}`.',
      'Choose payment_intent.payment_failed, payment_intent.succeeded and charge.dispute.created.',
      'Copy the signing secret (`whsec_…`) into this endpoint.',
    ],
    actions: [
      {
        do: 'open_exception',
        when: "body.type = 'payment_intent.payment_failed'",
        groupBy: '${{ body.data.object.id }}',
        title: 'Payment failed: ${{ body.data.object.last_payment_error.message }}',
        severity: 'high',
        attributes: {
          paymentId: '${{ body.data.object.id }}',
          amount: '${{ body.data.object.amount / 100 }}',
          currency: '${{ body.data.object.currency }}',
        },
      },
      {
        do: 'open_exception',
        when: "body.type = 'charge.dispute.created'",
        groupBy: '${{ body.data.object.id }}',
        title: 'Dispute: ${{ body.data.object.reason }}',
        severity: 'critical',
        attributes: {
          disputeId: '${{ body.data.object.id }}',
          chargeId: '${{ body.data.object.charge }}',
        },
      },
      {
        do: 'resolve_exception',
        when: "body.type = 'payment_intent.succeeded'",
        groupBy: '${{ body.data.object.id }}',
        code: 'fixed',
        note: 'The payment has succeeded.',
      },
    ],
    sample: {
      headers: {},
      body: {
        id: 'evt_1NG8Du2eZvKYlo2CUI79vXWy',
        object: 'event',
        type: 'payment_intent.payment_failed',
        created: 1_686_089_970,
        data: {
          object: {
            id: 'pi_3MtwBwLkdIwHu7ix28a3tqPa',
            object: 'payment_intent',
            amount: 2000,
            currency: 'usd',
            last_payment_error: { code: 'card_declined', message: 'Your card was declined.' },
          },
        },
      },
    },
  },
  {
    id: 'slack',
    title: 'Slack: a message opens an exception',
    description: 'A mention of the app opens an exception with the text of the message.',
    scheme: 'slack',
    setup: [
      'Copy the signing secret of the app (Basic Information) into this endpoint.',
      'Under Event Subscriptions, set the request URL to `{receiveUrl}` and subscribe to app_mention.',
    ],
    actions: [
      {
        do: 'open_exception',
        when: "body.event.type = 'app_mention'",
        title: '${{ body.event.text }}',
        attributes: { channel: '${{ body.event.channel }}', user: '${{ body.event.user }}' },
      },
    ],
    sample: {
      headers: {},
      body: {
        type: 'event_callback',
        event_id: 'Ev123ABC456',
        team_id: 'T123ABC456',
        event: {
          type: 'app_mention',
          user: 'U123ABC456',
          text: 'The order 4711 was charged twice',
          channel: 'C123ABC456',
          ts: '1515449522.000016',
        },
      },
    },
  },
];
