import type { DemoCase } from './demo-case.ts';

/** Alarms of the services at Acme Pay, and a case that no one has begun, oldest first. */
export const serviceCases: DemoCase[] = [
  {
    key: 'acme-payout-worker',
    by: 'acmeKey',
    exception: {
      title: 'payout_worker is down',
      description: 'No payouts have left since the alarm.',
      domain: 'monitoring',
      severity: 'critical',
      assignee: 'ana@acme.test',
      source: 'probe',
      dueInHours: 1,
      attributes: { service: 'payout_worker', check: 'heartbeat', errorRate: 1 },
    },
    async play(actions) {
      await actions.begin('ana');
      const run = await actions.start('ana', 'service_alert');
      await run.complete('ana', 'look');
      await run.complete('ana', 'triage', { outcome: 'real' });
      await run.waits('restart');
      await run.claim('ben', 'status_page');
      await actions.linkPage('ana', 'Dashboard of the worker', 'https://grafana.example/d/payout-worker');
    },
  },
  {
    key: 'acme-receipts',
    by: 'acmeKey',
    exception: {
      title: 'Receipts leave late',
      domain: 'monitoring',
      severity: 'medium',
      source: 'probe',
      dueInHours: 10,
      attributes: { service: 'receipt_mailer', check: 'queue age', errorRate: 0.18 },
    },
    async play(actions) {
      const run = await actions.start('ben', 'service_alert');
      await run.complete('ben', 'look');
      await run.waits('triage');
      await actions.linkTo('ben', 'caused_by', 'acme-payout-worker');
    },
  },
  {
    key: 'acme-checkout-spike',
    by: 'acmeKey',
    exception: {
      title: 'Errors at the checkout after a release',
      domain: 'monitoring',
      severity: 'high',
      source: 'probe',
      attributes: { service: 'checkout_api', check: 'error rate', errorRate: 0.06 },
    },
    async play(actions) {
      const run = await actions.start('ben', 'service_alert');
      await run.complete('ben', 'look');
      await run.complete('ben', 'triage', { outcome: 'spike' });
      await run.complete('ben', 'settle', { reason: 'Flat for twenty minutes on the dashboard.' });
      await run.ends();
    },
  },
  {
    key: 'acme-untouched',
    by: 'acmeKey',
    exception: {
      title: 'Settlement account in SEK is frozen',
      domain: 'general',
      severity: 'high',
      source: 'bank',
      attributes: { accountId: 'acc_sek9yp3vhd' },
    },
    play: (actions) => actions.runTool('ana', 'get_settlement_account', { accountId: 'acc_sek9yp3vhd' }),
  },
];
