import { v7 as uuidv7 } from 'uuid';
import { expect } from 'vitest';
import type { InboundScheme } from '../../shared/inbound/inbound-schemes.ts';
import { schemeOf } from '../../shared/inbound/server/schemes/registry.ts';
import type { SourceSettings } from '../../shared/inbound/server/schemes/scheme.ts';
import { connectAdmin } from './connect-admin.ts';
import { eventually } from './eventually.ts';
import type { ApiResponse, Call, TestApi, TestTenant } from './test-api.ts';

/** An endpoint and a source that delivers to it. */
export interface TestSource {
  id: string;
  /** Its path on every API of the deployment. */
  path: string;
  secret: string;
  /** Signs as the source does; `by` sends other headers, or a later body. */
  deliver(body: unknown, by?: DeliverBy): Promise<ApiResponse>;
  /** The delivery once it has ended. */
  // biome-ignore lint/suspicious/noExplicitAny: tests read responses of many shapes
  ended(deliveryId: string): Promise<any>;
}

interface DeliverBy {
  id?: string;
  /** The time that is signed, in ms since 1970. */
  at?: number;
  /** Of another secret. */
  secret?: string;
  /** Replaces or, when undefined, removes headers after signing. */
  headers?: Record<string, string | undefined>;
  /** Sent in place of what was signed. */
  instead?: string;
}

const secrets: Partial<Record<InboundScheme, string>> = {
  stripe: 'whsec_of_the_test',
  slack: '8f742231b10e8888abcd99yyyzzz85a5',
};

/** Adds an endpoint; its secret is made where Interlock makes one. */
export async function addSource(
  api: TestApi,
  { as }: Pick<TestTenant, 'as'>,
  scheme: InboundScheme,
  more: Record<string, unknown> = {},
): Promise<TestSource> {
  const { status, body } = await as.tenant_admin('POST', '/api/inbound-webhooks', {
    name: `${scheme} source`,
    scheme,
    ...(secrets[scheme] && { secret: secrets[scheme] }),
    ...more,
  });
  expect(status, JSON.stringify(body)).toBe(201);
  const secret: string = body.secret ?? more.secret ?? secrets[scheme];
  const path = new URL(body.receiveUrl).pathname;
  const settings: SourceSettings = { hmac: body.hmac, idHeader: body.idHeader };
  return {
    id: body.id,
    path,
    secret,
    deliver(sent, { id = uuidv7(), at = Date.now(), secret: other, headers = {}, instead } = {}) {
      const text = typeof sent === 'string' ? sent : JSON.stringify(sent);
      const signed = schemeOf(scheme).sign({ body: text, secret: other ?? secret, id, now: at }, settings);
      const all = { 'content-type': 'application/json', ...signed, ...headers };
      const present = Object.entries(all).filter((each): each is [string, string] => each[1] !== undefined);
      return api.call(null)('POST', path, instead ?? text, Object.fromEntries(present));
    },
    ended: (deliveryId) => deliveryEnded(as.tenant_admin, deliveryId),
  };
}

/** Stores actions that no version knows: every attempt at a delivery fails until they are mended. */
export async function breakActions(webhookId: string): Promise<{ mend(): Promise<void> }> {
  const store = async (actions: string) => {
    const admin = await connectAdmin();
    const { rows } = await admin.query<{ before: string }>(
      `UPDATE inbound_webhook AS now SET actions = $2 FROM inbound_webhook AS before
       WHERE now.id = $1 AND before.id = now.id RETURNING before.actions::text AS before`,
      [webhookId, actions],
    );
    await admin.end();
    return rows[0]!.before;
  };
  const before = await store('[{"do": "unheard_of"}]');
  return { mend: async () => void (await store(before)) };
}

export function deliveryEnded(as: Call, deliveryId: string) {
  return eventually(
    async () => {
      const { status, body } = await as('GET', `/api/inbound-webhooks/deliveries/${deliveryId}`);
      expect(status, JSON.stringify(body)).toBe(200);
      if (body.status === 'accepted') throw new Error(`Still accepted: ${JSON.stringify(body)}`);
      return body;
    },
    { timeoutMs: 90_000 },
  );
}
