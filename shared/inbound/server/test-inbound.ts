import { v7 as uuidv7 } from 'uuid';
import { tell } from '../../events/server/tell.ts';
import { errorStatus, InterlockError } from '../../platform/error-codes.ts';
import { isUuid } from '../../platform/ids.ts';
import { writeJson } from '../../platform/json-text.ts';
import { validSecrets } from '../../platform/server/overlapping-secrets.ts';
import { readInboundWebhook } from '../db/inbound-webhooks.ts';
import type { TestedInbound } from '../inbound-schemas.ts';
import type { InboundScheme } from '../inbound-schemes.ts';
import { inboundTemplates } from '../inbound-templates.ts';
import type { InboundDoor } from './inbound-door.ts';
import { openInboundSecrets } from './inbound-secrets.ts';
import type { InboundChange } from './inbound-services.ts';
import { webhookNotFound } from './inbound-webhook-service.ts';
import { schemeOf } from './schemes/registry.ts';

/**
 * Signs a body with the secret of the endpoint, as its source would, and receives it like any other delivery.
 * @throws InterlockError `not_found`
 */
export async function testInbound(
  context: InboundChange & { services: { inbound: InboundDoor } },
  id: string,
  sent: unknown,
): Promise<TestedInbound> {
  const { services, identity } = context;
  const { tenantId } = identity;
  const row = isUuid(id)
    ? await services.db.tenantTransaction(tenantId, async (connection) => {
        const found = await readInboundWebhook(connection, id);
        if (found)
          await tell(connection, context, {
            type: 'InboundWebhookTested',
            subjectType: 'inbound_webhook',
            subjectId: id,
            data: { name: found.name },
          });
        return found;
      })
    : null;
  if (!row) throw webhookNotFound();
  const [secret] = validSecrets(
    await openInboundSecrets(services.vault, { tenantId, webhookId: id }, row.secret_sealed),
  );
  const deliveryId = uuidv7();
  const body = writeJson(sent === undefined ? sampleOf(row.scheme, deliveryId) : sent);
  const settings = { hmac: row.hmac, idHeader: row.id_header };
  const signed = schemeOf(row.scheme).sign(
    { body, secret: secret!, id: deliveryId, now: Date.now() },
    settings,
  );
  try {
    const received = await services.inbound.receive({
      key: row.receive_key,
      headers: {
        ...samplesHeaders(row.scheme),
        'content-type': 'application/json',
        'user-agent': 'Interlock-Test/1',
        ...signed,
      },
      body: Buffer.from(body),
      address: null,
      isTest: true,
    });
    return 'challenge' in received
      ? { status: 200, deliveryId: null, message: 'The challenge was answered. Nothing was stored.' }
      : { status: 202, deliveryId: received.deliveryId, message: 'Accepted.' };
  } catch (error) {
    if (!(error instanceof InterlockError)) throw error;
    return { status: errorStatus[error.code], deliveryId: null, message: error.message };
  }
}

const templateOf = (scheme: InboundScheme) => inboundTemplates.find((each) => each.scheme === scheme);

const samplesHeaders = (scheme: InboundScheme): Record<string, string> =>
  templateOf(scheme)?.sample.headers ?? {};

/** Each test is a delivery of its own. */
function sampleOf(scheme: InboundScheme, id: string): object {
  const sample = templateOf(scheme)?.sample.body ?? { type: 'test', message: 'A test of Interlock' };
  return { ...(sample as object), [schemeOf(scheme).idField ?? 'id']: id };
}
