import { z } from 'zod';

/** The shapes of playbooks and their runs that tRPC, REST and the typed client share. */
const time = z.string();

export const webhookEndpointSchema = z.object({
  id: z.string(),
  url: z.string(),
  description: z.string(),
  /** Empty: every type. */
  eventTypes: z.array(z.string()),
  enabled: z.boolean(),
  disabledReason: z.string().nullable(),
  createdAt: time,
  updatedAt: time,
});

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
