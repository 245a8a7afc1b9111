import type { CaseActions } from './case-actions.ts';
import type { DemoCase } from './demo-case.ts';
import { type DemoRecords, pick } from './demo-records.ts';

/** What happens at Acme Pay, oldest first. */
export function acmeCases(records: DemoRecords): DemoCase[] {
  // The history uses the first ones.
  const paid = (index: number) => pick(records.payments, ({ status }) => status === 'succeeded', 11 + index);
  const failed = (index: number, currency: string) =>
    pick(records.payments, (each) => each.status === 'failed' && each.currency === currency, index);
  const about = (payment: ReturnType<typeof paid>, cause: string) => ({
    paymentId: payment.id,
    amount: payment.amount,
    currency: payment.currency,
    customerId: payment.customerId,
    orderId: `ORD-${81_000 + Math.round(payment.amount)}`,
    cause,
  });
  const hit = (index: number, customerName: string, listedName: string, matchScore: number) => ({
    customerId: records.customerIds[index % records.customerIds.length],
    customerName,
    listedName,
    list: index % 2 ? 'OFAC SDN' : 'EU consolidated',
    matchScore,
    amountHeld: 1180 + index * 315,
  });
  const reviewed = async (actions: CaseActions, finding: string, evidence: string) => {
    const run = await actions.start('ben', 'sanction_hit');
    await run.complete('ben', 'review', { input: { finding, evidence } });
    await run.waits('release_approval');
    return run;
  };

  return [
    {
      key: 'acme-double-charge',
      by: 'ben',
      early: true,
      exception: {
        title: 'Charged twice for one subscription',
        description: 'The customer sends two lines of her bank statement, four minutes apart.',
        domain: 'payments',
        severity: 'medium',
        assignee: 'ben@acme.test',
        attributes: about(paid(0), 'duplicate_charge'),
      },
      async play(actions) {
        await actions.runTool('ben', 'get_payment', { paymentId: paid(0).id });
        const run = await actions.start('ben', 'failed_payment');
        await run.complete('ben', 'check', {
          input: { cause: 'duplicate_charge', refund: true, note: 'The second one has no order.' },
        });
        await run.complete('ben', 'refund');
        await run.complete('ben', 'tell_customer', {
          input: { channel: 'email', note: 'Written in Swedish.' },
        });
        await run.ends();
        await actions.resolve('ben', 'fixed', 'Refunded in full; the customer knows.');
      },
    },
    {
      key: 'acme-first-version',
      by: 'ana',
      early: true,
      exception: {
        title: 'Order cancelled after payment, customer not told',
        domain: 'payments',
        severity: 'low',
        assignee: 'ben@acme.test',
        dueInHours: 20,
        attributes: about(paid(1), 'order_failed'),
      },
      // Stays at its first version.
      play: async (actions) => (await actions.start('ana', 'failed_payment')).waits('check'),
    },
    {
      key: 'acme-order-failed',
      by: 'acmeKey',
      exception: {
        title: 'Card charged, order never placed',
        description: 'The shop timed out between the charge and the order. The customer wrote in twice.',
        domain: 'payments',
        severity: 'high',
        assignee: 'ben@acme.test',
        source: 'shop',
        dueInHours: 5,
        attributes: about(paid(2), 'order_failed'),
      },
    },
    {
      key: 'acme-waiting-decision',
      by: 'acmeKey',
      exception: {
        title: 'Renewal paid, licence not extended',
        domain: 'payments',
        severity: 'medium',
        assignee: 'ben@acme.test',
        source: 'shop',
        dueInHours: 3,
        attributes: about(paid(3), 'order_failed'),
      },
      async play(actions) {
        await actions.begin('ben');
        const run = await actions.start('ben', 'failed_payment');
        await run.complete('ben', 'check', {
          input: {
            cause: 'order_failed',
            refund: false,
            note: 'They may want the licence after all; asked.',
          },
        });
        await run.waits('decide');
        await actions.comment(
          'ben',
          'Asked the customer which of the two they prefer. Reply expected today.',
        );
      },
    },
    {
      key: 'acme-waiting-refund',
      by: 'ben',
      exception: {
        title: 'Returned goods, refund still missing',
        domain: 'payments',
        severity: 'medium',
        dueInHours: -2,
        attributes: about(paid(4), 'complaint'),
      },
      async play(actions) {
        await actions.begin('ben');
        const run = await actions.start('ben', 'failed_payment');
        await run.complete('ben', 'check', {
          input: { cause: 'order_failed', refund: true, note: 'Parcel is back in the warehouse.' },
        });
        await run.complete('ben', 'decide', { outcome: 'refund' });
        await run.claim('ana', 'refund');
      },
    },
    {
      key: 'acme-tool-failed',
      by: 'acmeKey',
      exception: {
        title: 'Refund asked for a payment that never went through',
        domain: 'payments',
        severity: 'medium',
        assignee: 'ben@acme.test',
        source: 'support inbox',
        dueInHours: 8,
        attributes: about(failed(0, 'GBP'), 'complaint'),
      },
      async play(actions) {
        await actions.begin('ben');
        const run = await actions.start('ben', 'failed_payment');
        await run.complete('ben', 'check', {
          input: { cause: 'customer_error', refund: true, note: 'Statement shows a reservation.' },
        });
        await run.complete('ben', 'decide', { outcome: 'refund' });
        await run.complete('ben', 'refund');
        await run.wentWrong('refund');
        await actions.comment(
          'ben',
          'The provider says it was never collected. A reservation ends by itself after seven days.',
        );
      },
    },
    {
      key: 'acme-outcome-unknown',
      by: 'ben',
      exception: {
        title: 'Connection lost while collecting again',
        description:
          'The provider closed the connection during the second attempt. Check with the provider before you retry.',
        domain: 'payments',
        severity: 'critical',
        assignee: 'ben@acme.test',
        dueInHours: 1,
        attributes: about(failed(1, 'GBP'), 'declined'),
      },
      async play(actions) {
        await actions.begin('ben');
        const { id } = failed(1, 'GBP');
        await records.provoke({
          path: `/v1/payments/${id}/retry`,
          dropConnection: true,
          afterEffect: true,
          times: 1,
        });
        const run = await actions.start('ben', 'failed_payment');
        await run.complete('ben', 'check', {
          input: { cause: 'declined', refund: false, note: 'New card on file since yesterday.' },
        });
        await run.complete('ben', 'decide', { outcome: 'collect' });
        await run.complete('ben', 'retry_charge');
        await run.wentWrong('retry_charge');
        await actions.assign('ben', 'ana@acme.test');
        await actions.comment(
          'ben',
          '@Ana the connection dropped. The probe can check with the provider; I did not want to decide alone.',
        );
      },
    },
    {
      key: 'acme-paused',
      by: 'ana',
      exception: {
        title: 'Refund across the month-end close',
        domain: 'payments',
        severity: 'low',
        dueInHours: 70,
        attributes: about(paid(5), 'order_failed'),
      },
      async play(actions) {
        const run = await actions.start('ana', 'failed_payment');
        await run.complete('ana', 'check', { input: { cause: 'order_failed', refund: true } });
        await run.waits('decide');
        await run.pause('ana', 'Finance closes the books until Monday 09:00.');
      },
    },
    {
      key: 'acme-dismissed',
      by: 'acmeKey',
      exception: {
        title: 'Customer does not recognise a charge',
        domain: 'payments',
        severity: 'low',
        source: 'support inbox',
        attributes: about(paid(6), 'complaint'),
      },
      async play(actions) {
        const run = await actions.start('ben', 'failed_payment');
        await run.complete('ben', 'check', {
          input: {
            cause: 'customer_error',
            refund: false,
            note: 'It is her own annual plan; she remembers now.',
          },
        });
        await run.complete('ben', 'decide', { outcome: 'dismiss' });
        await run.ends();
        await actions.resolve('ben', 'not_a_problem', 'Her own plan, renewed.');
      },
    },
    {
      key: 'acme-duplicate',
      by: 'acmeKey',
      exception: {
        title: 'Card charged, order missing (second email)',
        domain: 'payments',
        severity: 'high',
        source: 'support inbox',
        attributes: about(paid(2), 'order_failed'),
      },
      async play(actions) {
        await actions.linkTo('ben', 'duplicate_of', 'acme-order-failed');
        await actions.resolve('ben', 'duplicate', 'Same customer, same order.');
      },
    },
    {
      key: 'acme-chargeback',
      by: 'ana',
      exception: {
        title: 'Chargeback on a delivered order',
        description: 'Evidence is accepted until the due date. The playbook for this is still a draft.',
        domain: 'payments',
        severity: 'high',
        assignee: 'carla@acme.test',
        dueInHours: -30,
        attributes: about(paid(7), 'chargeback'),
      },
      async play(actions) {
        await actions.begin('ana');
        await actions.linkPage('ana', 'Case at the scheme', 'https://disputes.example/cases/7741-20');
        await actions.comment(
          'ana',
          'Delivery note is in the archive, the signature is not. Carla, is it worth it?',
        );
        await actions.comment('ana', 'Overdue since yesterday; the bank gave us until Friday by phone.');
      },
    },
    {
      key: 'acme-hit-review',
      by: 'acmeKey',
      exception: {
        title: 'Sanctions: possible match for Tomás Herrera',
        domain: 'compliance',
        severity: 'high',
        assignee: 'ben@acme.test',
        source: 'screening',
        dueInHours: 4,
        attributes: hit(3, 'Tomás Herrera', 'Tomas HERRERA LARA', 0.81),
      },
      play: async (actions) => (await actions.start('ana', 'sanction_hit')).waits('review'),
    },
    {
      key: 'acme-hit-first-approver',
      by: 'acmeKey',
      exception: {
        title: 'Sanctions: possible match for Petra Novák',
        description: 'Payouts have been held since this morning; the customer has asked twice.',
        domain: 'compliance',
        severity: 'critical',
        assignee: 'carla@acme.test',
        source: 'screening',
        dueInHours: -1,
        attributes: hit(10, 'Petra Novák', 'Petra NOVAKOVA', 0.74),
      },
      async play(actions) {
        await actions.begin('ben');
        const run = await reviewed(
          actions,
          'other_person',
          'Date of birth differs by 11 years, passport number differs.',
        );
        await run.complete('carla', 'release_approval', { outcome: 'approved' });
        await actions.comment(
          'ben',
          'Carla has looked at both passports herself. One more approval, please.',
        );
      },
    },
    {
      key: 'acme-hit-two-missing',
      by: 'acmeKey',
      exception: {
        title: 'Sanctions: possible match for Mikael Korhonen',
        domain: 'compliance',
        severity: 'medium',
        source: 'screening',
        dueInHours: 7,
        attributes: hit(11, 'Mikael Korhonen', 'Mihail KORHONEN', 0.66),
      },
      play: (actions) =>
        reviewed(actions, 'unclear', 'Same year of birth; the list names no country. Score is low.'),
    },
    {
      key: 'acme-hit-released',
      by: 'acmeKey',
      exception: {
        title: 'Sanctions: possible match for Giulia Romano',
        domain: 'compliance',
        severity: 'high',
        source: 'screening',
        attributes: hit(6, 'Giulia Romano', 'Julia ROMANOVA', 0.71),
      },
      async play(actions) {
        const run = await reviewed(
          actions,
          'other_person',
          'Another country, another date of birth, another face.',
        );
        await run.complete('carla', 'release_approval', { outcome: 'approved' });
        await run.complete('dana', 'release_approval', { outcome: 'approved' });
        await run.complete('ben', 'release');
        await run.ends();
        await actions.resolve('ana', 'not_a_problem', 'Not the same person; payouts go out again.');
      },
    },
    {
      key: 'acme-hit-blocked',
      by: 'acmeKey',
      exception: {
        title: 'Sanctions: match for Sean O’Connell',
        domain: 'compliance',
        severity: 'critical',
        source: 'screening',
        attributes: hit(8, 'Sean O’Connell', 'Sean O’CONNELL', 0.97),
      },
      async play(actions) {
        const run = await reviewed(
          actions,
          'same_person',
          'Date of birth, country and passport number agree.',
        );
        await run.complete('dana', 'release_approval', {
          outcome: 'rejected',
          reason: 'All three identifiers agree. Reported to the authority.',
        });
        await run.complete('ben', 'block');
        await run.ends();
        await actions.resolve('ana', 'fixed', 'Blocked and reported.');
      },
    },
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
        await actions.resolve('ben', 'worked_around', 'One spike at the release; nothing since.');
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
}
