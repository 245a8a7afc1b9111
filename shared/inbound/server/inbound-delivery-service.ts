import { z } from 'zod';
import { tell } from '../../events/server/tell.ts';
import { InterlockError } from '../../platform/error-codes.ts';
import { isUuid } from '../../platform/ids.ts';
import { type Page, pageFrom, readCursor, writeCursor } from '../../platform/server/paging.ts';
import {
  listInboundDeliveries,
  readInboundDelivery,
  reopenInboundDelivery,
} from '../db/inbound-deliveries.ts';
import { hasInboundWebhook, readInboundWebhook } from '../db/inbound-webhooks.ts';
import type { InboundDelivery, InboundDeliveryDetail, InboundDeliveryList } from '../inbound-schemas.ts';
import type { InboundChange, InboundRead } from './inbound-services.ts';
import { deliveryDetail, deliveryView } from './inbound-views.ts';
import { webhookNotFound } from './inbound-webhook-service.ts';
import { erasedContent } from './process-delivery.ts';
import { startAfterMs, startProcessing } from './start-processing.ts';

const cursorSchema = z.tuple([z.uuid()]);

const deliveryNotFound = () => new InterlockError('not_found', 'Delivery not found.');

/** A page of an endpoint's deliveries, newest first. @throws InterlockError `not_found`, or `invalid_input` for a cursor */
export async function inboundDeliveryPage(
  { services, identity }: InboundRead,
  { id, status, from, to, limit, cursor }: InboundDeliveryList,
): Promise<Page<InboundDelivery>> {
  if (!isUuid(id)) throw webhookNotFound();
  const before = cursor === undefined ? undefined : readCursor(cursor, cursorSchema)[0];
  const rows = await services.db.tenant(identity.tenantId, async (connection) => {
    if (!(await hasInboundWebhook(connection, id))) throw webhookNotFound();
    return listInboundDeliveries(connection, {
      webhookId: id,
      status,
      from: from === undefined ? undefined : new Date(from),
      to: to === undefined ? undefined : new Date(to),
      before,
      limit: limit + 1,
    });
  });
  return pageFrom(rows, limit, (row) => writeCursor([row.id]), deliveryView);
}

/** @throws InterlockError `not_found` */
export async function readOneInboundDelivery(
  { services, identity }: InboundRead,
  id: string,
): Promise<InboundDeliveryDetail> {
  const row = isUuid(id)
    ? await services.db.tenant(identity.tenantId, (connection) => readInboundDelivery(connection, id))
    : null;
  if (!row) throw deliveryNotFound();
  return deliveryDetail(row);
}

/**
 * Processes a delivery that has ended again, with the actions that the endpoint has now.
 * @param repeat also the actions that have succeeded
 * @throws InterlockError `not_found`, or `conflict` while it is being processed, or when its endpoint was removed
 */
export async function redeliverInbound(
  context: InboundChange,
  { id, repeat }: { id: string; repeat: boolean },
): Promise<InboundDeliveryDetail> {
  const { services, identity } = context;
  const { tenantId } = identity;
  if (!isUuid(id)) throw deliveryNotFound();
  const row = await services.db.tenantTransaction(tenantId, async (connection) => {
    const before = await readInboundDelivery(connection, id);
    if (!before) throw deliveryNotFound();
    if (!before.input_sealed) throw new InterlockError('conflict', `${erasedContent} Nothing was done.`);
    if (!(await readInboundWebhook(connection, before.webhook_id)))
      throw new InterlockError('conflict', 'The endpoint was removed. Nothing was done.');
    const kept = repeat ? [] : before.results.filter(({ status }) => status === 'succeeded');
    const reopened = await reopenInboundDelivery(connection, id, kept, startAfterMs);
    if (!reopened)
      throw new InterlockError('conflict', 'The delivery is being processed. Wait for its result.');
    await tell(connection, context, {
      type: 'InboundDeliveryRedelivered',
      subjectType: 'inbound_webhook',
      subjectId: before.webhook_id,
      data: { deliveryId: id, repeat },
    });
    return reopened;
  });
  // The sweep starts what does not start now.
  await startProcessing(services, { tenantId, deliveryId: id, round: row.round }).catch((error: unknown) =>
    services.log.warn({ err: error, deliveryId: id }, 'a delivery could not be started; it will be retried'),
  );
  return readOneInboundDelivery(context, id);
}
