import { createHash } from 'node:crypto';
import { guarded, requireApiKey, requireBasic, requireLedgerCookie, requireQueryKey } from './access.ts';
import {
  byId,
  type Context,
  limit,
  objectBody,
  ok,
  type Reply,
  ReplyError,
  type Route,
  route,
} from './http.ts';
import { newId } from './ids.ts';
import type { DemoState, Payment } from './records.ts';
import type { StateStore } from './state.ts';

/** Accounts, payments, refunds and payouts of a payment provider. */
export function paymentsRoutes(store: StateStore): Route[] {
  const withKey = guarded(requireApiKey);
  return [
    route(
      'GET',
      '/v1/accounts',
      withKey(() => ok({ items: store.state.accounts })),
    ),
    route(
      'GET',
      '/v1/accounts/:id',
      withKey(({ params }) => ok(byId(store.state.accounts, params.id, 'account'))),
    ),
    route(
      'GET',
      '/v1/payments',
      withKey(({ query }) => ok(listPayments(store.state, query))),
    ),
    route(
      'GET',
      '/v1/payments/:id',
      withKey(({ params }) => ok(byId(store.state.payments, params.id, 'payment'))),
    ),
    route(
      'GET',
      '/v1/payments/:id/refunds',
      withKey(({ params }) => ok(listRefunds(store.state, params.id))),
    ),
    route(
      'POST',
      '/v1/payments/:id/refunds',
      withKey((context) => once(store, context, () => refund(store.state, context))),
    ),
    route(
      'POST',
      '/v1/payments/:id/retry',
      withKey((context) => once(store, context, () => retryPayment(store.state, context))),
    ),
    route(
      'GET',
      '/v1/payouts',
      withKey(({ query }) => ok(listPayouts(store.state, query))),
    ),
    route(
      'GET',
      '/v1/payouts/:id',
      withKey(({ params }) => ok(byId(store.state.payouts, params.id, 'payout'))),
    ),
    route('GET', '/v1/exchange-rates', (context) => {
      requireQueryKey(context);
      return exchangeRates(context);
    }),
    route('GET', '/v1/ledger/entries', (context) => {
      requireLedgerCookie(context);
      return ok({ items: store.state.refunds.map((each) => ({ type: 'refund', ...each })) });
    }),
    route('GET', '/v1/reports/settlements', (context) => {
      requireBasic(context);
      return settlements(store.state);
    }),
  ];
}

function refund(state: DemoState, context: Context): Reply {
  const payment = byId(state.payments, context.params.id, 'payment');
  const body = objectBody(context);
  const amount = body.amount;
  if (typeof amount !== 'number' || !Number.isFinite(amount) || amount <= 0) {
    throw new ReplyError(422, 'invalid_amount', 'amount must be a number above 0.');
  }
  if (payment.status !== 'succeeded' && payment.status !== 'partially_refunded') {
    throw new ReplyError(422, 'not_refundable', `A payment that is ${payment.status} cannot be refunded.`);
  }
  const left = round(payment.amount - payment.refundedAmount);
  if (amount > left) {
    throw new ReplyError(
      422,
      'amount_too_large',
      `Only ${left} ${payment.currency} of ${payment.id} can still be refunded.`,
    );
  }
  payment.refundedAmount = round(payment.refundedAmount + amount);
  payment.status = payment.refundedAmount === payment.amount ? 'refunded' : 'partially_refunded';
  const created = {
    refundId: newId('re'),
    paymentId: payment.id,
    status: payment.method === 'card' ? ('succeeded' as const) : ('pending' as const),
    amount,
    currency: payment.currency,
    reason: typeof body.reason === 'string' ? body.reason : null,
    createdAt: new Date().toISOString(),
  };
  state.refunds.push(created);
  return { status: 201, body: created };
}

/** A second attempt succeeds, unless the account behind it is frozen. */
function retryPayment(state: DemoState, context: Context): Reply {
  const payment = byId(state.payments, context.params.id, 'payment');
  if (payment.status !== 'failed')
    throw new ReplyError(
      422,
      'not_failed',
      `${payment.id} is ${payment.status}; only a failed payment is retried.`,
    );
  payment.attempts += 1;
  const account = byId(state.accounts, payment.accountId, 'account');
  if (account.status === 'frozen') throw new ReplyError(422, 'account_frozen', `${account.id} is frozen.`);
  payment.status = 'succeeded';
  payment.failureReason = null;
  return { status: 200, body: payment };
}

/** One effect per Idempotency-Key: the same request gets the same response, another request with that key a 409. */
function once(store: StateStore, context: Context, act: () => Reply): Reply {
  const key = context.headers['idempotency-key'];
  const run = () => {
    try {
      return act();
    } finally {
      store.save();
    }
  };
  if (typeof key !== 'string') return run();
  const request = createHash('sha256')
    .update(`${context.method} ${context.path}\n`)
    .update(context.rawBody)
    .digest('hex');
  const before = store.state.answers[key];
  if (before) {
    if (before.request !== request)
      throw new ReplyError(
        409,
        'idempotency_conflict',
        'This Idempotency-Key was used with another request.',
      );
    return { status: before.status, body: before.body, headers: { 'idempotent-replay': 'true' } };
  }
  const reply = run();
  store.state.answers[key] = {
    request,
    status: reply.status,
    body: JSON.parse(JSON.stringify(reply.body ?? null)),
  };
  store.save();
  return reply;
}

function listPayments(state: DemoState, query: URLSearchParams) {
  const status = query.get('status');
  const customerId = query.get('customerId');
  const found = state.payments.filter(
    (payment: Payment) =>
      (!status || payment.status === status) && (!customerId || payment.customerId === customerId),
  );
  return { items: found.slice(0, limit(query)), total: found.length };
}

function listPayouts(state: DemoState, query: URLSearchParams) {
  const status = query.get('status');
  const found = state.payouts.filter((payout) => !status || payout.status === status);
  return { items: found.slice(0, limit(query)), total: found.length };
}

function listRefunds(state: DemoState, paymentId: string | undefined) {
  const payment = byId(state.payments, paymentId, 'payment');
  return { items: state.refunds.filter((each) => each.paymentId === payment.id) };
}

const perEuro: Record<string, number> = {
  EUR: 1,
  GBP: 0.8431,
  SEK: 11.2795,
  USD: 1.0874,
  PLN: 4.2713,
  CHF: 0.9368,
};

function exchangeRates({ query }: Context): Reply {
  const base = query.get('base') ?? 'EUR';
  const rate = perEuro[base];
  if (!rate) throw new ReplyError(422, 'unknown_currency', `No rate for ${base}.`);
  const rates = Object.entries(perEuro).map(([currency, each]) => [
    currency,
    Math.round((each / rate) * 1e4) / 1e4,
  ]);
  return ok({ base, asOf: new Date().toISOString().slice(0, 10), rates: Object.fromEntries(rates) });
}

function settlements(state: DemoState): Reply {
  const rows = state.payouts.map((each) => [
    each.id,
    each.accountId,
    each.amount.toFixed(2),
    each.currency,
    each.status,
    each.arrivesOn,
  ]);
  const csv = [['payout', 'account', 'amount', 'currency', 'status', 'arrives_on'], ...rows]
    .map((row) => row.join(','))
    .join('\n');
  return { status: 200, body: `${csv}\n`, headers: { 'content-type': 'text/csv; charset=utf-8' } };
}

function round(amount: number): number {
  return Math.round(amount * 100) / 100;
}
