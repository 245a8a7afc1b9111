import { z } from 'zod';
import type { ChangeContext, ReadContext } from '../../events/server/change-context.ts';
import { tell } from '../../events/server/tell.ts';
import { InterlockError } from '../../platform/error-codes.ts';
import { isUuid } from '../../platform/ids.ts';
import { type Page, pageFrom, readCursor, writeCursor } from '../../platform/server/paging.ts';
import { type DeliveryRow, listDeliveries, redeliver as redeliverRow } from '../db/webhooks-deliveries.ts';
import { hasEndpoint } from '../db/webhooks-endpoints.ts';
import type { WebhookDelivery } from '../webhook-schemas.ts';
import { deliveryView } from './webhook-views.ts';
import { endpointNotFound } from './write-endpoint.ts';

const cursorSchema = z.tuple([z.uuid()]);

export interface DeliveryListInput {
  /** The endpoint's; an archived one keeps its deliveries. */
  id: string;
  status?: DeliveryRow['status'] | undefined;
  limit: number;
  cursor?: string | undefined;
}

/** A page of an endpoint's deliveries, newest first. @throws InterlockError `not_found`, or `invalid_input` for a cursor */
export async function deliveryPage(
  { services, identity }: ReadContext,
  { id, status, limit, cursor }: DeliveryListInput,
): Promise<Page<WebhookDelivery>> {
  if (!isUuid(id)) throw endpointNotFound();
  const before = cursor === undefined ? undefined : readCursor(cursor, cursorSchema)[0];
  const rows = await services.db.tenant(identity.tenantId, async (connection) => {
    if (!(await hasEndpoint(connection, id))) throw endpointNotFound();
    return listDeliveries(connection, { endpointId: id, status, before, limit: limit + 1 });
  });
  return pageFrom(rows, limit, (row) => writeCursor([row.id]), deliveryView);
}

/** Makes a delivery due now. @throws InterlockError `not_found`, or `conflict` for a disabled or removed endpoint */
export async function redeliver(context: ChangeContext, id: string): Promise<WebhookDelivery> {
  const { services, identity } = context;
  const found = isUuid(id)
    ? await services.db.tenantTransaction(identity.tenantId, async (connection) => {
        const done = await redeliverRow(connection, id);
        if (done?.queued)
          await tell(connection, context, {
            type: 'WebhookRedelivered',
            subjectType: 'webhook',
            subjectId: done.row.endpoint_id,
            data: { deliveryId: id },
          });
        return done;
      })
    : null;
  if (!found) throw new InterlockError('not_found', 'Delivery not found.');
  if (!found.queued)
    throw new InterlockError('conflict', 'The endpoint is disabled or removed. Nothing was sent.');
  return deliveryView(found.row);
}
