import { z } from 'zod';
import { InterlockError } from '../../shared/platform/error-codes.ts';
import { isUuid } from '../../shared/platform/ids.ts';
import { pageInput, pageOf } from '../../shared/platform/page-schemas.ts';
import { invalidCursor } from '../../shared/platform/server/paging.ts';
import { listDeliveries, redeliver } from '../../shared/webhooks/db/webhooks-deliveries.ts';
import {
  archiveEndpoint,
  failPendingDeliveries,
  hasEndpoint,
  listEndpoints,
} from '../../shared/webhooks/db/webhooks-endpoints.ts';
import { deliveryView, endpointView } from '../../shared/webhooks/server/webhook-views.ts';
import {
  changeEndpoint,
  createEndpoint,
  noEndpoint,
  rotateSecret,
  tellOfEndpoint,
} from '../../shared/webhooks/server/write-endpoint.ts';
import { webhookDeliverySchema, webhookEndpointSchema } from '../../shared/webhooks/webhook-schemas.ts';
import { procedure, router } from '../trpc.ts';

const tags = ['webhooks'];
const byId = z.object({ id: z.string() });
const url = z.url({ protocol: /^https?$/ }).max(2048);
const eventTypes = z.array(z.string().max(64)).max(100);
const withSecret = webhookEndpointSchema.extend({ secret: z.string() });

export const webhooksRouter = router({
  list: procedure('webhooks.read', {
    method: 'GET',
    path: '/api/webhooks',
    summary: 'Endpoints that are told what happens',
    tags,
  })
    .output(z.object({ items: z.array(webhookEndpointSchema), nextCursor: z.null() }))
    .query(async ({ ctx }) => {
      const rows = await ctx.services.db.tenant(ctx.identity.tenantId, listEndpoints);
      return { items: rows.map(endpointView), nextCursor: null };
    }),

  create: procedure('webhooks.write', {
    method: 'POST',
    path: '/api/webhooks',
    summary: 'Add an endpoint; its signing secret is shown this once',
    tags,
    status: 201,
  })
    .input(
      z.object({
        url,
        description: z.string().max(500).default(''),
        /** Empty: every type. */
        eventTypes: eventTypes.default([]),
      }),
    )
    .output(withSecret)
    .mutation(async ({ ctx, input }) => {
      const { row, secret } = await createEndpoint(ctx, input);
      return { ...endpointView(row), secret };
    }),

  update: procedure('webhooks.write', {
    method: 'PUT',
    path: '/api/webhooks/{id}',
    summary:
      'Change an endpoint, turn it on or off; what still waited for one that is turned off is not sent',
    tags,
  })
    .input(
      byId.extend({
        url: url.optional(),
        description: z.string().max(500).optional(),
        eventTypes: eventTypes.optional(),
        enabled: z.boolean().optional(),
      }),
    )
    .output(webhookEndpointSchema)
    .mutation(async ({ ctx, input: { id, ...changes } }) =>
      endpointView(await changeEndpoint(ctx, id, changes)),
    ),

  rotateSecret: procedure('webhooks.write', {
    method: 'POST',
    path: '/api/webhooks/{id}/rotate-secret',
    summary: 'A new signing secret, shown this once; the one before goes on signing beside it for a day',
    tags,
  })
    .input(byId)
    .output(withSecret)
    .mutation(async ({ ctx, input }) => {
      const { row, secret } = await rotateSecret(ctx, input.id);
      return { ...endpointView(row), secret };
    }),

  archive: procedure('webhooks.write', {
    method: 'DELETE',
    path: '/api/webhooks/{id}',
    summary: 'Remove an endpoint; its deliveries stay',
    tags,
    status: 204,
  })
    .input(byId)
    .mutation(({ ctx, input: { id } }) =>
      tellOfEndpoint(ctx, id, 'WebhookEndpointArchived', async (connection) => {
        await archiveEndpoint(connection, id);
        const reason = 'Not sent: the endpoint was removed';
        return {
          abandoned: await failPendingDeliveries(connection, {
            tenantId: ctx.identity.tenantId,
            endpointId: id,
            reason,
          }),
        };
      }),
    ),

  deliveries: procedure('webhooks.read', {
    method: 'GET',
    path: '/api/webhooks/{id}/deliveries',
    summary: 'Deliveries to an endpoint with their attempts, newest first',
    tags,
  })
    .input(byId.extend({ ...pageInput, status: z.enum(['pending', 'delivered', 'failed']).optional() }))
    .output(pageOf(webhookDeliverySchema))
    .query(async ({ ctx, input: { id, limit, cursor, status } }) => {
      if (!isUuid(id)) throw noEndpoint();
      if (cursor !== undefined && !isUuid(cursor)) throw invalidCursor();
      const rows = await ctx.services.db.tenant(ctx.identity.tenantId, async (connection) => {
        if (!(await hasEndpoint(connection, id))) throw noEndpoint();
        return listDeliveries(connection, { endpointId: id, status, before: cursor, limit: limit + 1 });
      });
      const items = rows.slice(0, limit).map(deliveryView);
      return { items, nextCursor: rows.length > limit ? items.at(-1)!.id : null };
    }),

  redeliver: procedure('webhooks.write', {
    method: 'POST',
    path: '/api/webhooks/deliveries/{id}/redeliver',
    summary: 'Send a delivery again, now',
    tags,
  })
    .input(byId)
    .output(webhookDeliverySchema)
    .mutation(async ({ ctx, input: { id } }) => {
      const found = isUuid(id)
        ? await ctx.services.db.tenant(ctx.identity.tenantId, (connection) => redeliver(connection, id))
        : null;
      if (!found) throw new InterlockError('not_found', 'There is no such delivery.');
      if (!found.taken)
        throw new InterlockError('conflict', 'Its endpoint is turned off or removed; nothing was sent.');
      return deliveryView(found.row);
    }),
});
