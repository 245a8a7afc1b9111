import { renameSync, rmSync, writeFileSync } from 'node:fs';
import { z } from 'zod';
import { readJson } from '../private-file.ts';
import { seedServices, seedState } from './seed.ts';

const text = z.string();
const money = z.number();

const customerSchema = z.object({
  id: text,
  name: text,
  email: text,
  iban: text,
  country: text,
  createdAt: text,
  /** What compliance has decided; absent before. */
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

const stateSchema = z.object({
  customers: z.array(customerSchema),
  accounts: z.array(accountSchema),
  payments: z.array(paymentSchema),
  refunds: z.array(refundSchema),
  payouts: z.array(payoutSchema),
  shipments: z.array(shipmentSchema),
  pickups: z.array(z.object({ pickupId: text, city: text, date: text, parcels: z.int() })),
  stock: z.record(text, z.object({ sku: text, name: text, available: z.int(), warehouse: text })),
  /** A file of an earlier version has none. */
  services: z.array(serviceSchema).default(() => seedServices(Date.now())),
  /** Answers already given, by Idempotency-Key. */
  answers: z.record(text, z.object({ request: text, status: z.int(), body: z.json() })),
  deliveries: z.array(
    z.object({ id: text, hook: text, at: text, headers: z.record(text, text), body: z.json() }),
  ),
});
export type DemoState = z.infer<typeof stateSchema>;
export type Payment = z.infer<typeof paymentSchema>;
export type Service = z.infer<typeof serviceSchema>;
export type Shipment = z.infer<typeof shipmentSchema>;

export interface StateStore {
  readonly state: DemoState;
  /** Call after every change: what was answered survives a restart. */
  save(): void;
  /** Back to the seed. */
  reset(): void;
}

/** State in memory, with a copy in a small file when one is named. */
export function openState(file?: string): StateStore {
  const kept = file ? stateSchema.safeParse(readJson(file)) : null;
  let state: DemoState = kept?.success ? kept.data : seedState();
  return {
    get state() {
      return state;
    },
    save() {
      if (!file) return;
      writeFileSync(`${file}.new`, JSON.stringify(state), { mode: 0o600 });
      renameSync(`${file}.new`, file);
    },
    reset() {
      state = seedState();
      if (file) rmSync(file, { force: true });
    },
  };
}
