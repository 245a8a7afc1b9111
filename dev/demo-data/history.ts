import type { Execution } from '../../shared/executions/execution-schemas.ts';
import { type DemoRecords, pick } from './demo-records.ts';
import { acme, globex } from './people.ts';

export interface Desk {
  records: DemoRecords;
  /** Executes a tool as one of the people below and waits for the outcome. */
  run(who: Who, tool: string, payload: Record<string, unknown>): Promise<Execution | null>;
  /** Undoes what an execution has done, and waits for the outcome. */
  undo(who: Who, execution: Execution, reason: string): Promise<void>;
  /** Starts a batch and waits for its end. */
  batch(who: Who, body: Record<string, unknown>): Promise<void>;
  /** Tries a tool of Acme with another config beside its current version. */
  trial(tool: string, config: Record<string, unknown>, sharing: Record<string, unknown>): Promise<void>;
  /** Saves a changed config of a tool of Acme as its draft, and tests it once. */
  draft(tool: string, config: Record<string, unknown>, payload: Record<string, unknown>): Promise<void>;
  /** Creates a schedule, runs it once by hand, and pauses it if it is to be paused. */
  schedule(who: Who, body: Record<string, unknown>, paused?: 'paused'): Promise<void>;
  /** Lets a tool send notifications, and this person choose it for critical exceptions. */
  channel(who: Who, tool: string, channel: { name: string; input: object }): Promise<void>;
}

/** The people and programs whose work the history shows. */
export const workers = {
  ana: { tenant: acme, email: 'ana@acme.test' },
  ben: { tenant: acme, email: 'ben@acme.test' },
  carla: { tenant: acme, email: 'carla@acme.test' },
  dana: { tenant: acme, email: 'dana@acme.test' },
  emil: { tenant: acme, email: 'emil@acme.test' },
  grace: { tenant: globex, email: 'grace@globex.test' },
  hugo: { tenant: globex, email: 'hugo@globex.test' },
  kenji: { tenant: globex, email: 'kenji@globex.test' },
  acmeKey: { tenant: acme, email: null },
  globexKey: { tenant: globex, email: null },
} as const;
export type Who = keyof typeof workers;

type Story = (desk: Desk) => Promise<unknown>;

const payment = ({ records }: Desk, index: number, status = 'succeeded', currency?: string) =>
  pick(
    records.payments,
    (each) => each.status === status && (!currency || each.currency === currency),
    index,
  );
const shipment = ({ records }: Desk, index: number, status = 'in_transit') =>
  pick(records.shipments, (each) => each.status === status, index);
const antwerp = { line: 'Noorderlaan 111', city: 'Antwerp', postalCode: '2030', country: 'BE' };

/** With the first versions of the tools, and with those that are archived or disabled today. */
export const earlyHistory: Story[] = [
  (desk) => desk.run('ana', 'refund_payment', { paymentId: payment(desk, 0).id, amount: 5 }),
  (desk) => desk.run('ben', 'manual_refund_email', { paymentId: payment(desk, 1).id }),
  (desk) => desk.run('ben', 'ledger_entries', {}),
  (desk) => desk.run('hugo', 'fax_consignment_note', { shipmentId: shipment(desk, 0).id }),
  (desk) => desk.run('hugo', 'reroute_shipment', { shipmentId: shipment(desk, 1).id, ...antwerp }),
  (desk) => desk.run('globexKey', 'ping', {}),
];

/** A week at both desks: successes, and every kind of failure. */
export const history: Story[] = [
  // Acme Pay
  (desk) => desk.draft('list_payments', { maxResponseBytes: 2_097_152 }, {}),
  (desk) =>
    desk.channel('ana', 'notify_finance', {
      name: 'Finance desk',
      input: { subject: '${{ notice.title }}', note: '${{ notice.link }}' },
    }),
  async (desk) => {
    await desk.trial(
      'fraud_score',
      { delayMs: 20, failureRate: 0.02 },
      {
        note: 'The model that the vendor offers next',
        percent: 50,
        stickyBy: '/paymentId',
        stopAbove: { errorRate: 0.2, atLeast: 20 },
      },
    );
    for (const night of ['Sunday', 'Monday', 'Tuesday'])
      await desk.batch('acmeKey', {
        title: `Fraud scores of ${night} night`,
        forEach: { tool: 'fraud_score', rows: desk.records.payments.map(({ id }) => ({ paymentId: id })) },
        onFailure: 'continue',
      });
  },
  (desk) =>
    desk.batch('ana', {
      title: 'Payments like the one of the case',
      calls: [
        { id: 'alike', tool: 'list_payments', payload: { status: '${{ calls.payment.output.status }}' } },
        { id: 'payouts', tool: 'list_payouts', payload: {}, dependsOn: ['payment'] },
        { id: 'payment', tool: 'get_payment', payload: { paymentId: payment(desk, 2).id } },
      ],
      onFailure: 'continue',
    }),
  (desk) =>
    desk.batch('ana', {
      title: 'Payments of the morning',
      forEach: {
        tool: 'get_payment',
        rows: [3, 4, 5, 6].map((index) => ({ paymentId: payment(desk, index).id })),
      },
    }),
  (desk) =>
    desk.schedule('ana', {
      title: 'Payouts that were returned',
      target: { tool: 'list_payouts', payload: { status: 'returned' } },
      spec: { cron: '30 7 * * MON-FRI', timeZone: 'Europe/Stockholm' },
    }),
  (desk) =>
    desk.schedule(
      'ben',
      {
        title: 'Payments of the night',
        target: {
          batch: {
            calls: [3, 4].map((index) => ({
              id: `payment_${index}`,
              tool: 'get_payment',
              payload: { paymentId: payment(desk, index).id },
            })),
          },
        },
        spec: { everyMs: 86_400_000, offsetMs: 18_000_000 },
      },
      'paused',
    ),
  (desk) =>
    desk.run('ben', 'refund_payment', {
      paymentId: payment(desk, 2).id,
      amount: 12.5,
      reason: 'requested_by_customer',
    }),
  (desk) =>
    desk.run('ben', 'refund_payment', {
      paymentId: payment(desk, 3).id,
      amount: payment(desk, 3).amount,
      reason: 'duplicate',
    }),
  (desk) =>
    desk.run('ana', 'refund_payment', {
      paymentId: payment(desk, 4).id,
      amount: payment(desk, 4).amount + 10,
      reason: 'goodwill',
    }),
  (desk) => desk.run('ben', 'refund_payment', { paymentId: payment(desk, 0, 'failed').id, amount: 20 }),
  (desk) => desk.run('acmeKey', 'refund_payment', { paymentId: 'pay_2222222222', amount: 9.9 }),
  (desk) => desk.run('ben', 'refund_payment', { paymentId: payment(desk, 5).id, amount: -5 }),
  async (desk) => {
    const { id } = payment(desk, 6);
    await desk.records.provoke({ path: `/v1/payments/${id}`, status: 503, retryAfterSeconds: 1, times: 2 });
    await desk.run('acmeKey', 'get_payment', { paymentId: id });
  },
  async (desk) => {
    const { id } = payment(desk, 7);
    await desk.records.provoke({ path: `/v1/payments/${id}`, body: { maintenance: true }, times: 1 });
    await desk.run('ben', 'get_payment', { paymentId: id });
    await desk.run('ben', 'get_payment', { paymentId: id });
  },
  (desk) => desk.run('ben', 'list_payments', { status: 'failed', limit: 5 }),
  (desk) => desk.run('ben', 'retry_payment', { paymentId: payment(desk, 0, 'failed', 'EUR').id }),
  (desk) => desk.run('ana', 'retry_payment', { paymentId: payment(desk, 0, 'failed', 'SEK').id }),
  async (desk) => {
    const { id } = payment(desk, 1, 'failed', 'EUR');
    await desk.records.provoke({
      path: `/v1/payments/${id}/retry`,
      dropConnection: true,
      afterEffect: true,
      times: 1,
    });
    await desk.run('ben', 'retry_payment', { paymentId: id });
  },
  (desk) => desk.run('ben', 'get_customer', { customerId: desk.records.customerIds[0] }),
  (desk) =>
    desk.run('ana', 'update_customer_email', {
      customerId: desk.records.customerIds[3],
      email: 'tomas.herrera@customers.test',
    }),
  (desk) => desk.run('acmeKey', 'list_payouts', { status: 'returned' }),
  (desk) => desk.run('ana', 'get_settlement_account', { accountId: 'acc_eur8kq2mtz' }),
  (desk) => desk.run('acmeKey', 'settlement_report', {}),
  (desk) => desk.run('ana', 'month_end_export', { ms: 300 }),
  (desk) => desk.run('ana', 'month_end_export', { ms: 8000 }),
  (desk) =>
    desk.run('ben', 'notify_finance', {
      subject: 'Duplicate charge',
      note: 'Refunded in full, please check the books.',
      paymentId: payment(desk, 3).id,
    }),
  ...[8, 9, 10].map(
    (index): Story =>
      (desk) =>
        desk.run('acmeKey', 'fraud_score', { paymentId: payment(desk, index).id }),
  ),
  (desk) => desk.run('ben', 'ledger_entries', {}),
  (desk) => desk.run('ana', 'exchange_rates', { base: 'SEK' }),
  (desk) => desk.run('ana', 'temporal_cluster_info', {}),
  // Globex Freight
  (desk) => desk.run('hugo', 'list_shipments', { status: 'held' }),
  (desk) => desk.run('hugo', 'track_shipment', { shipmentId: shipment(desk, 0).id }),
  async (desk) => {
    const { id } = shipment(desk, 2);
    await desk.records.provoke({ path: `/v1/shipments/${id}/track`, status: 500, times: 1 });
    await desk.run('globexKey', 'track_shipment', { shipmentId: id });
  },
  async (desk) => {
    const { id } = shipment(desk, 0, 'held');
    await desk.records.provoke({ path: `/v1/shipments/${id}/track`, status: 503 });
    await desk.run('globexKey', 'track_shipment', { shipmentId: id });
  },
  (desk) => desk.run('globexKey', 'track_shipment', { shipmentId: 'shp_2222222222' }),
  (desk) =>
    desk.run('grace', 'reroute_shipment', {
      shipmentId: shipment(desk, 0, 'out_for_delivery').id,
      ...antwerp,
    }),
  (desk) =>
    desk.run('hugo', 'reroute_shipment', { shipmentId: shipment(desk, 0, 'delivered').id, ...antwerp }),
  (desk) =>
    desk.run('hugo', 'hold_shipment', {
      shipmentId: shipment(desk, 3).id,
      reason: 'Consignee is closed until Monday',
    }),
  async (desk) => {
    const { id } = shipment(desk, 0, 'label_created');
    const made = await desk.run('hugo', 'create_label', { shipmentId: id, format: 'pdf' });
    if (made) await desk.undo('hugo', made, 'The printer needs the other format.');
  },
  (desk) =>
    desk.batch('hugo', {
      title: 'Labels for the pickup on Monday',
      forEach: {
        tool: 'create_label',
        rows: [
          { shipmentId: shipment(desk, 1, 'label_created').id },
          { shipmentId: shipment(desk, 0, 'label_created').id },
          { shipmentId: 'shp_2222222222' },
        ],
      },
      concurrency: 1,
      onFailure: 'undo',
    }),
  (desk) => desk.run('grace', 'carrier_quote', { from: 'Rotterdam', to: 'Lyon', weightKg: 820 }),
  async (desk) => {
    await desk.records.provoke({ path: '/v1/carrier/quotes', status: 429, retryAfterSeconds: 1, times: 1 });
    await desk.run('hugo', 'carrier_quote', { from: 'Gdańsk', to: 'Valencia', weightKg: 3400 });
  },
  (desk) => desk.run('grace', 'book_pickup', { city: 'Rotterdam', date: '2026-12-01', parcels: 14 }),
  (desk) => desk.run('globexKey', 'stock_level', { sku: 'PAL-EUR-01' }),
  (desk) => desk.run('globexKey', 'stock_level', { sku: 'BOX-999' }),
  (desk) =>
    desk.run('hugo', 'notify_dispatch', {
      shipmentId: shipment(desk, 3).id,
      message: 'Held: the consignee is closed until Monday.',
    }),
  (desk) => desk.run('grace', 'plan_route', { from: 'Rotterdam', to: 'Lyon' }),
  (desk) =>
    desk.run('hugo', 'customs_declaration', { shipmentId: shipment(desk, 4).id, tariffCode: '84713000' }),
  (desk) => desk.run('grace', 'temporal_namespace', {}),
  (desk) => desk.run('hugo', 'sandbox_failure', {}),
];
