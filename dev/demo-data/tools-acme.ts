import type { DemoTool, DemoToolDefinition } from './demo-tool.ts';
import { acme } from './people.ts';
import { customerId, integer, number, object, oneOf, paymentId, response, text } from './schema-parts.ts';

const quick = {
  timeoutMs: 3000,
  deadlineMs: 20_000,
  retry: { maxAttempts: 3, initialMs: 300, factor: 2, maxMs: 2000 },
};
const payments = { type: 'http' as const, category: 'payments', ...quick };
const statuses = ['succeeded', 'failed', 'pending', 'partially_refunded', 'refunded'];

/** Each version of the refund tool improves the one before. */
const refundFirst: DemoToolDefinition = {
  ...payments,
  name: 'refund_payment',
  title: 'Refund a payment',
  description: 'Gives money back to the payer.',
  tags: ['finance', 'money-out'],
  inputSchema: object({ paymentId, amount: number('Amount', { exclusiveMinimum: 0 }) }),
  outputSchema: response({ refundId: text('Refund') }),
  config: { connector: 'payment_provider', method: 'POST', path: '/v1/payments/{paymentId}/refunds' },
};
const refundSecond: DemoToolDefinition = {
  ...refundFirst,
  description:
    'Gives money back to the payer, in whole or in part. The provider makes each refund only once.',
  inputSchema: object(
    {
      paymentId,
      amount: number('Amount', { exclusiveMinimum: 0, description: 'In the currency of the payment.' }),
      reason: oneOf('Reason', ['duplicate', 'requested_by_customer', 'fraud', 'goodwill']),
    },
    ['paymentId', 'amount'],
  ),
  idempotent: true,
};
const refundThird: DemoToolDefinition = {
  ...refundSecond,
  inputSchema: object(
    {
      paymentId,
      amount: number('Amount', {
        minimum: 0.01,
        maximum: 5000,
        description: 'In the currency of the payment.',
      }),
      reason: oneOf('Reason', ['duplicate', 'requested_by_customer', 'fraud', 'goodwill']),
    },
    ['paymentId', 'amount'],
  ),
  outputSchema: response({
    refundId: text('Refund'),
    status: oneOf('Status', ['succeeded', 'pending']),
    amount: number('Amount'),
    currency: text('Currency'),
  }),
  rateLimit: { requestsPerMinute: 120, burst: 20 },
};

export const acmeTools: DemoTool[] = [
  { owner: acme, versions: [refundFirst, refundSecond, refundThird] },
  one({
    ...payments,
    name: 'get_payment',
    title: 'Look up a payment',
    description: 'Amount, status, payer and what has been refunded.',
    tags: ['lookup'],
    inputSchema: object({ paymentId }),
    outputSchema: response({
      id: text('Payment'),
      status: oneOf('Status', statuses),
      amount: number('Amount'),
      currency: text('Currency'),
    }),
    config: { connector: 'payment_provider', path: '/v1/payments/{paymentId}' },
  }),
  one({
    ...payments,
    name: 'list_payments',
    title: 'List payments',
    description: 'Payments of one status or one customer.',
    tags: ['lookup'],
    inputSchema: object(
      {
        status: oneOf('Status', statuses),
        customerId,
        limit: integer('At most', { minimum: 1, maximum: 100, default: 20 }),
      },
      [],
    ),
    outputSchema: response({ items: { type: 'array' }, total: integer('Total') }),
    config: { connector: 'payment_provider', path: '/v1/payments' },
  }),
  one({
    ...payments,
    name: 'retry_payment',
    title: 'Retry a failed payment',
    description:
      'Asks the provider to collect the money again. It is never retried automatically: the payer could be charged twice.',
    tags: ['money-in'],
    inputSchema: object({ paymentId }),
    outputSchema: response({ id: text('Payment'), status: oneOf('Status', statuses) }),
    config: { connector: 'payment_provider', method: 'POST', path: '/v1/payments/{paymentId}/retry' },
  }),
  one({
    ...payments,
    name: 'get_customer',
    title: 'Look up a customer',
    description: 'Name, email and country. The IBAN is never shown.',
    category: 'customers',
    tags: ['lookup', 'personal-data'],
    inputSchema: object({ customerId }),
    outputSchema: response({
      id: text('Customer'),
      name: text('Name'),
      email: text('Email'),
      iban: text('IBAN', { 'x-secret': true }),
    }),
    config: { connector: 'payment_provider', path: '/v1/customers/{customerId}' },
  }),
  one({
    ...payments,
    name: 'update_customer_email',
    title: 'Change a customer’s email',
    description: 'Receipts go to the new address from now on.',
    category: 'customers',
    tags: ['personal-data'],
    inputSchema: object({ customerId, email: text('New email', { format: 'email' }) }),
    outputSchema: response({ id: text('Customer'), email: text('Email') }),
    config: { connector: 'payment_provider', method: 'PATCH', path: '/v1/customers/{customerId}' },
  }),
  ...screeningTools(),
  one({
    ...payments,
    name: 'list_payouts',
    title: 'List payouts',
    description: 'Payouts to the merchants’ banks, with their number and amounts.',
    category: 'payouts',
    tags: ['lookup', 'finance'],
    inputSchema: object({ status: oneOf('Status', ['scheduled', 'paid', 'returned']) }, []),
    outputSchema: response({ count: integer('Payouts'), payouts: { type: 'array' } }),
    config: {
      connector: 'payment_provider',
      path: '/v1/payouts',
      transform:
        '{ "count": body.total, "payouts": body.items.{ "id": id, "amount": amount & " " & currency, "arrivesOn": arrivesOn }[] }',
    },
  }),
  one({
    ...payments,
    name: 'get_settlement_account',
    title: 'Look up a settlement account',
    description: 'Balance and status. The provider has renamed a field; the schema is not updated yet.',
    category: 'payouts',
    tags: ['lookup', 'needs-care'],
    inputSchema: object({ accountId: text('Account', { pattern: '^acc_[a-z0-9]+$' }) }),
    outputSchema: response({ id: text('Account'), availableBalance: number('Available balance') }),
    config: { connector: 'payment_provider', path: '/v1/accounts/{accountId}' },
  }),
  one({
    ...payments,
    name: 'settlement_report',
    title: 'Settlement report',
    description: 'The settlement file as the bank gets it, in CSV.',
    category: 'reports',
    tags: ['finance'],
    inputSchema: object({}),
    config: { connector: 'finance_reports', path: '/v1/reports/settlements' },
  }),
  one({
    ...payments,
    name: 'month_end_export',
    title: 'Month-end export',
    description: 'All bookings of a month. The provider is slow; the timeout is one second.',
    category: 'reports',
    tags: ['finance', 'needs-care'],
    inputSchema: object({ ms: integer('Provider’s time in ms', { minimum: 0, maximum: 60_000 }) }),
    timeoutMs: 1000,
    deadlineMs: 4000,
    retry: { maxAttempts: 2, initialMs: 200, factor: 1, maxMs: 200 },
    config: { connector: 'acme_webhooks', path: '/odd/slow' },
  }),
  one({
    ...payments,
    name: 'notify_finance',
    title: 'Notify finance',
    description: 'Posts a note to the finance team’s channel.',
    category: 'notifications',
    tags: ['webhook'],
    inputSchema: object(
      {
        subject: text('Subject', { maxLength: 120, 'x-from': 'case.title' }),
        note: text('Note'),
        paymentId,
      },
      ['subject', 'note'],
    ),
    outputSchema: response({ received: { type: 'boolean' }, deliveryId: text('Delivery') }),
    idempotent: true,
    config: { connector: 'acme_webhooks', method: 'POST', path: '/hooks/finance' },
  }),
  one({
    type: 'dummy',
    name: 'fraud_score',
    title: 'Fraud score (sandbox)',
    description:
      'Replaces the vendor’s scoring until the contract is signed; every third response fails, as theirs do.',
    category: 'risk',
    tags: ['sandbox'],
    inputSchema: object({ paymentId }),
    outputSchema: response({ score: number('Score', { minimum: 0, maximum: 1 }), model: text('Model') }),
    timeoutMs: 2000,
    retry: { maxAttempts: 4, initialMs: 100, factor: 2, maxMs: 1000 },
    idempotent: true,
    config: {
      delayMs: 350,
      response: { score: 0.17, model: 'sandbox-2' },
      failure: { code: 'provider_error', message: 'The scoring vendor returned 502 Bad Gateway' },
      failureRate: 0.34,
    },
  }),
  one({
    type: 'database',
    name: 'find_orders',
    title: 'Find orders',
    description: 'The latest orders of a customer in the shop, with what was refunded of each.',
    category: 'orders',
    tags: ['shop', 'read-only'],
    ...quick,
    inputSchema: object(
      {
        email: text('Email of the customer', { examples: ['ana@shop.example'] }),
        status: oneOf('Status', ['open', 'paid', 'shipped', 'returned']),
      },
      ['email'],
    ),
    outputSchema: response({
      rows: { type: 'array', title: 'Orders', items: { type: 'object' } },
      rowCount: integer('Orders found'),
      truncated: { type: 'boolean', title: 'There are more' },
    }),
    config: {
      connector: 'shop_database',
      engine: 'postgresql',
      statement: `SELECT o.id, o.status, o.total, o.currency, o.placed_at,
       coalesce(sum(r.amount), 0) AS refunded
FROM orders o
LEFT JOIN refunds r ON r.order_id = o.id
WHERE o.email = {email}
  AND ({status}::text IS NULL OR o.status = {status})
GROUP BY o.id
ORDER BY o.placed_at DESC`,
      maxRows: 50,
    },
  }),
  {
    ...one({
      ...payments,
      name: 'ledger_entries',
      title: 'Ledger entries',
      description: 'Bookings of the old ledger. Disabled for Acme while the numbers are being checked.',
      category: 'reports',
      tags: ['legacy'],
      inputSchema: object({}),
      config: { connector: 'legacy_ledger', path: '/v1/ledger/entries' },
    }),
    disabledFor: [acme],
  },
  {
    ...one({
      type: 'dummy',
      name: 'manual_refund_email',
      title: 'Manual refund by email',
      description: 'How refunds were requested before there was an API.',
      category: 'payments',
      tags: ['legacy'],
      inputSchema: object({ paymentId }),
      config: { response: { sent: true } },
    }),
    archived: true,
  },
  one({
    type: 'graphql',
    name: 'find_payment',
    title: 'Find a payment',
    description: 'A payment with the customer who made it, in one query.',
    category: 'payments',
    tags: ['graphql'],
    inputSchema: object({ id: paymentId }),
    config: {
      connector: 'payments_graph',
      document:
        'query FindPayment($id: ID!) {\n  payment(id: $id) {\n    id\n    amount\n    currency\n    status\n    customer {\n      id\n      name\n      country\n    }\n  }\n}',
      operationName: 'FindPayment',
    },
  }),
];

/** The decisions of compliance. Two tools, so that each can be governed on its own. */
function screeningTools(): DemoTool[] {
  const decisions = [
    ['cleared', 'release_customer', 'Release a customer', 'It was a false match: payouts go out again.'],
    ['blocked', 'block_customer', 'Block a customer', 'No money goes out to them any more.'],
  ] as const;
  return decisions.map(([status, name, title, description]) =>
    one({
      ...payments,
      name,
      title,
      description,
      category: 'compliance',
      tags: ['needs-care'],
      inputSchema: object({ customerId, note: text('Note', { maxLength: 500 }) }),
      outputSchema: response({ customerId: text('Customer'), status: text('Status', { const: status }) }),
      config: {
        connector: 'payment_provider',
        method: 'PUT',
        path: '/v1/customers/{customerId}/screening',
        body: { status, note: '{note}' },
      },
    }),
  );
}

function one(definition: DemoTool['versions'][number]): DemoTool {
  return { owner: acme, versions: [definition] };
}
