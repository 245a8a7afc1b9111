import { z } from 'zod';
import { type Faults, faultSchema } from './faults.ts';
import { type Context, type Reply, ReplyError, type Route, route } from './http.ts';
import { newId } from './ids.ts';
import type { OAuthServer } from './oauth.ts';
import type { RequestLog } from './request-log.ts';
import type { StateStore } from './state.ts';

interface Parts {
  store: StateStore;
  faults: Faults;
  requests: RequestLog;
  oauth: OAuthServer;
}

/** Adds faults, lists the requests that arrived, and receives webhooks. */
export function controlRoutes({ store, faults, requests, oauth }: Parts): Route[] {
  return [
    route('GET', '/healthz', () => ({ status: 200, body: { status: 'ok' } })),
    route('POST', '/_control/faults', ({ body }) => {
      const parsed = faultSchema.safeParse(body);
      if (!parsed.success) throw new ReplyError(422, 'invalid_fault', z.prettifyError(parsed.error));
      return { status: 201, body: faults.add(parsed.data) };
    }),
    route('GET', '/_control/faults', () => ({ status: 200, body: { items: faults.list() } })),
    route('DELETE', '/_control/faults', () => {
      faults.clear();
      return { status: 204 };
    }),
    route('GET', '/_control/requests', ({ query }) => {
      const path = query.get('path');
      const items = requests.list().filter((each) => !path || each.path.startsWith(path));
      return { status: 200, body: { items, total: items.length } };
    }),
    route('DELETE', '/_control/requests', () => {
      requests.clear();
      return { status: 204 };
    }),
    route('GET', '/_control/stats', () => ({
      status: 200,
      body: {
        requests: requests.total,
        tokensIssued: oauth.tokensIssued,
        refunds: store.state.refunds.length,
        deliveries: store.state.deliveries.length,
      },
    })),
    route('PUT', '/_control/oauth', ({ body }) => {
      const parsed = z
        .object({ expiresInSeconds: z.int().min(1).optional(), revoke: z.boolean().optional() })
        .safeParse(body);
      if (!parsed.success) throw new ReplyError(422, 'invalid', z.prettifyError(parsed.error));
      oauth.expiresInSeconds = parsed.data.expiresInSeconds ?? oauth.expiresInSeconds;
      if (parsed.data.revoke) oauth.revokeAll();
      return { status: 200, body: { expiresInSeconds: oauth.expiresInSeconds } };
    }),
    route('POST', '/_control/reset', () => {
      store.reset();
      faults.clear();
      requests.clear();
      return { status: 204 };
    }),
    route('POST', '/oauth/token', (context) => oauth.token(context)),
    route('POST', '/hooks/:name', (context) => receive(store, context)),
    route('GET', '/hooks/:name', ({ params }) => {
      const items = store.state.deliveries.filter((each) => each.hook === params.name);
      return { status: 200, body: { items, total: items.length } };
    }),
  ];
}

const keptDeliveries = 500;
/** Includes the signatures of webhooks, and no credentials. */
const keptHeaders = /^(content-type|user-agent|idempotency-key|webhook-|x-|traceparent)/;

function receive(store: StateStore, { params, headers, body, rawBody }: Context): Reply {
  const delivery = {
    id: newId('dlv'),
    hook: params.name ?? '',
    at: new Date().toISOString(),
    headers: Object.fromEntries(
      Object.entries(headers)
        .filter(([name]) => keptHeaders.test(name) && name !== 'x-api-key')
        .map(([name, value]) => [name, String(value)]),
    ),
    body: body === undefined ? null : JSON.parse(JSON.stringify(body)),
  };
  store.state.deliveries.push(delivery);
  if (store.state.deliveries.length > keptDeliveries) store.state.deliveries.shift();
  store.save();
  return { status: 202, body: { received: true, deliveryId: delivery.id, bytes: rawBody.length } };
}
