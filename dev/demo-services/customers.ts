import { guarded, requireApiKey } from './access.ts';
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
  textField,
} from './http.ts';
import type { DemoState } from './records.ts';
import type { StateStore } from './state.ts';

/** The customers of a payment provider. */
export function customersRoutes(store: StateStore): Route[] {
  const withKey = guarded(requireApiKey);
  return [
    route(
      'GET',
      '/v1/customers',
      withKey(({ query }) => ok(listCustomers(store.state, query))),
    ),
    route(
      'GET',
      '/v1/customers/:id',
      withKey(({ params }) => ok(byId(store.state.customers, params.id, 'customer'))),
    ),
    route(
      'PATCH',
      '/v1/customers/:id',
      withKey((context) => patchCustomer(store, context)),
    ),
    route(
      'PUT',
      '/v1/customers/:id/screening',
      withKey((context) => screen(store, context)),
    ),
  ];
}

function listCustomers(state: DemoState, query: URLSearchParams) {
  const q = (query.get('q') ?? '').toLowerCase();
  const found = state.customers.filter((each) => `${each.name} ${each.email}`.toLowerCase().includes(q));
  return { items: found.slice(0, limit(query)), total: found.length };
}

function patchCustomer(store: StateStore, context: Context): Reply {
  const customer = byId(store.state.customers, context.params.id, 'customer');
  const body = objectBody(context);
  if ('email' in body) {
    const email = textField(body, 'email');
    if (!email.includes('@')) throw new ReplyError(422, 'invalid_email', `${email} is not an email address.`);
    customer.email = email;
  }
  if ('name' in body) customer.name = textField(body, 'name');
  store.save();
  return ok(customer);
}

/** Stores the decision of compliance about a customer. */
function screen(store: StateStore, context: Context): Reply {
  const customer = byId(store.state.customers, context.params.id, 'customer');
  const { status, note } = objectBody(context);
  if (status !== 'cleared' && status !== 'blocked')
    throw new ReplyError(422, 'invalid_status', 'status must be cleared or blocked.');
  const decidedAt = new Date().toISOString();
  customer.screening = { status, note: typeof note === 'string' ? note : null, decidedAt };
  store.save();
  return ok({ customerId: customer.id, name: customer.name, ...customer.screening });
}
