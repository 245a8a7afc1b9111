import { z } from 'zod';
import { pageInput, pageOf } from '../../shared/pure/api-schemas.ts';
import { webhookDeliverySchema, webhookEndpointSchema } from '../../shared/pure/playbook-schemas.ts';
import { procedure, router } from '../trpc.ts';
import { unfinished } from '../unfinished.ts';

const tags = ['webhooks'];
const byId = z.object({ id: z.string() });
const eventTypes = z.array(z.string().max(64)).max(100);

export const webhooksRouter = router({
  list: procedure('webhooks.read', {
    method: 'GET',
    path: '/api/webhooks',
    summary: 'Endpoints that are told what happens',
    tags,
  })
    .output(z.object({ items: z.array(webhookEndpointSchema), nextCursor: z.null() }))
    .query(() => unfinished()),

  create: procedure('webhooks.write', {
    method: 'POST',
    path: '/api/webhooks',
    summary: 'Add an endpoint; its signing secret is shown this once',
    tags,
    status: 201,
  })
    .input(
      z.object({
        url: z.url({ protocol: /^https?$/ }).max(2048),
        description: z.string().max(500).default(''),
        /** Empty: every type. */
        eventTypes: eventTypes.default([]),
      }),
    )
    .output(webhookEndpointSchema.extend({ secret: z.string() }))
    .mutation(() => unfinished()),

  update: procedure('webhooks.write', {
    method: 'PUT',
    path: '/api/webhooks/{id}',
    summary: 'Change an endpoint, turn it on or off',
    tags,
  })
    .input(
      byId.extend({
        url: z
          .url({ protocol: /^https?$/ })
          .max(2048)
          .optional(),
        description: z.string().max(500).optional(),
        eventTypes: eventTypes.optional(),
        enabled: z.boolean().optional(),
      }),
    )
    .output(webhookEndpointSchema)
    .mutation(() => unfinished()),

  rotateSecret: procedure('webhooks.write', {
    method: 'POST',
    path: '/api/webhooks/{id}/rotate-secret',
    summary: 'A new signing secret, shown this once',
    tags,
  })
    .input(byId)
    .output(webhookEndpointSchema.extend({ secret: z.string() }))
    .mutation(() => unfinished()),

  archive: procedure('webhooks.write', {
    method: 'DELETE',
    path: '/api/webhooks/{id}',
    summary: 'Remove an endpoint; its deliveries stay',
    tags,
    status: 204,
  })
    .input(byId)
    .mutation(() => unfinished()),

  deliveries: procedure('webhooks.read', {
    method: 'GET',
    path: '/api/webhooks/{id}/deliveries',
    summary: 'Deliveries to an endpoint with their attempts, newest first',
    tags,
  })
    .input(byId.extend({ ...pageInput, status: z.enum(['pending', 'delivered', 'failed']).optional() }))
    .output(pageOf(webhookDeliverySchema))
    .query(() => unfinished()),

  redeliver: procedure('webhooks.write', {
    method: 'POST',
    path: '/api/webhooks/deliveries/{id}/redeliver',
    summary: 'Send a delivery again',
    tags,
  })
    .input(byId)
    .output(webhookDeliverySchema)
    .mutation(() => unfinished()),
});
