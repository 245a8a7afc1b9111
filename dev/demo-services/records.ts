import { z } from 'zod';

const text = z.string();
const money = z.number();

const customerSchema = z.object({
  id: text,
  name: text,
  email: text,
  iban: text,
  country: text,
  createdAt: text,
  /** The decision of compliance; absent before there is one. */
  screening: z
    .object({ status: z.enum(['cleared', 'blocked']), note: text.nullable(), decidedAt: text })
    .optional(),
});
const accountSchema = z.object({
  id: text,
  name: text,
  currency: text,
  balance: money,
  status: z.enum(['active', 'frozen']),
});
const paymentSchema = z.object({
  id: text,
  accountId: text,
  customerId: text,
  amount: money,
  currency: text,
  status: z.enum(['succeeded', 'failed', 'pending', 'partially_refunded', 'refunded']),
  method: z.enum(['card', 'sepa_debit', 'transfer']),
  cardLast4: text.nullable(),
  failureReason: text.nullable(),
  refundedAmount: money,
  attempts: z.int(),
  createdAt: text,
});
const refundSchema = z.object({
  refundId: text,
  paymentId: text,
  status: z.enum(['succeeded', 'pending']),
  amount: money,
  currency: text,
  reason: text.nullable(),
  createdAt: text,
});
const payoutSchema = z.object({
  id: text,
  accountId: text,
  amount: money,
  currency: text,
  status: z.enum(['scheduled', 'paid', 'returned']),
  arrivesOn: text,
});
const addressSchema = z.object({ line: text, city: text, postalCode: text, country: text });
const shipmentSchema = z.object({
  id: text,
  reference: text,
  carrier: text,
  status: z.enum(['label_created', 'in_transit', 'held', 'out_for_delivery', 'delivered', 'lost']),
  weightKg: z.number(),
  destination: addressSchema,
  recipient: z.object({ name: text, phone: text }),
  events: z.array(z.object({ at: text, place: text, what: text })),
  labels: z.array(
    z.object({ labelId: text, format: z.enum(['pdf', 'zpl']), createdAt: text, voided: z.boolean() }),
  ),
});
const serviceSchema = z.object({
  name: text,
  status: z.enum(['up', 'degraded', 'down']),
  errorRate: z.number(),
  restarts: z.int(),
  since: text,
});

/** The stored state of the demo services. */
export const stateSchema = z.object({
  customers: z.array(customerSchema),
  accounts: z.array(accountSchema),
  payments: z.array(paymentSchema),
  refunds: z.array(refundSchema),
  payouts: z.array(payoutSchema),
  shipments: z.array(shipmentSchema),
  pickups: z.array(z.object({ pickupId: text, city: text, date: text, parcels: z.int() })),
  stock: z.record(text, z.object({ sku: text, name: text, available: z.int(), warehouse: text })),
  services: z.array(serviceSchema),
  /** Responses already sent, by Idempotency-Key. Stored files use this name. */
  answers: z.record(text, z.object({ request: text, status: z.int(), body: z.json() })),
  deliveries: z.array(
    z.object({ id: text, hook: text, at: text, headers: z.record(text, text), body: z.json() }),
  ),
});
export type DemoState = z.infer<typeof stateSchema>;
export type Payment = z.infer<typeof paymentSchema>;
export type Service = z.infer<typeof serviceSchema>;
export type Shipment = z.infer<typeof shipmentSchema>;
