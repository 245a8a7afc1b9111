import type { DemoCase } from './demo-case.ts';
import { type DemoRecords, pick } from './demo-records.ts';

/** Payments that went wrong at Acme Pay, oldest first. */
export function paymentCases(records: DemoRecords): DemoCase[] {
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
    // Alike: they can be completed together in the inbox.
    ...[13, 14, 15].map(
      (index): DemoCase => ({
        key: `acme-annual-${index}`,
        by: 'acmeKey',
        exception: {
          title: 'Annual plan charged after the customer had cancelled',
          description: 'Cancelled in the shop before the renewal; the cancellation did not reach billing.',
          domain: 'payments',
          severity: 'medium',
          source: 'shop',
          dueInHours: 30,
          attributes: about(paid(index), 'order_failed'),
        },
        play: async (actions) => (await actions.start('ana', 'failed_payment')).waits('check'),
      }),
    ),
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
          '@[ana@acme.test] the connection dropped. The probe can check with the provider; I did not want to decide alone.',
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
        await actions.attach(
          'ana',
          'delivery-note.txt',
          'Delivery note\n1 parcel, 2.4 kg, handed over at the door\nSigned: illegible\n',
        );
        await actions.comment(
          'ana',
          'Delivery note is in the archive, the signature is not. @[carla@acme.test], is it worth it?',
        );
        await actions.comment('ana', 'Overdue since yesterday; the bank gave us until Friday by phone.');
      },
    },
    {
      key: 'acme-several-payments',
      by: 'ben',
      exception: {
        title: 'Customer sees several payments and knows only one',
        domain: 'payments',
        severity: 'low',
        assignee: 'ben@acme.test',
        dueInHours: 30,
        attributes: about(paid(6), 'complaint'),
      },
      async play(actions) {
        const run = await actions.start('ben', 'payments_alike');
        await run.complete('ben', 'find');
        await run.complete('ben', 'look_up');
        await run.waits('compare');
      },
    },
  ];
}
