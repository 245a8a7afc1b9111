import { z } from 'zod';
import { warningSchema } from '../platform/egress-rules.ts';

/** The shapes of webhooks that tRPC, REST and the typed client share. Times are ISO 8601 in UTC. */
const time = z.string();

export const webhookEndpointSchema = z.object({
  id: z.string(),
  url: z.string(),
  description: z.string(),
  /** Empty means every type. */
  eventTypes: z.array(z.string()),
  enabled: z.boolean(),
  disabledReason: z.string().nullable(),
  /** Of `If-Match`. */
  revision: z.int(),
  warnings: z.array(warningSchema).describe('Why nothing reaches it as things are'),
  createdAt: time,
  updatedAt: time,
});
export type WebhookEndpoint = z.infer<typeof webhookEndpointSchema>;

/** The signing secret is shown once: when it is made. */
export const webhookEndpointWithSecretSchema = webhookEndpointSchema.extend({ secret: z.string() });
export type WebhookEndpointWithSecret = z.infer<typeof webhookEndpointWithSecretSchema>;

export const webhookDeliverySchema = z.object({
  id: z.string(),
  endpointId: z.string(),
  eventId: z.string(),
  eventType: z.string(),
  status: z.enum(['pending', 'delivered', 'failed']),
  attempts: z.array(
    z.object({
      at: time,
      durationMs: z.number(),
      httpStatus: z.int().nullable(),
      error: z.string().nullable(),
    }),
  ),
  nextAttemptAt: time.nullable(),
  createdAt: time,
});
export type WebhookDelivery = z.infer<typeof webhookDeliverySchema>;
