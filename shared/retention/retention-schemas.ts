import { z } from 'zod';
import { actorSchema } from '../identity/identity-schemas.ts';

/** The shapes of retention that tRPC, REST and the pages share. Times are ISO 8601 in UTC. */

/** What a tenant may remove after some days. */
export const recordKinds = ['payloads', 'events', 'deliveries'] as const;
export type RecordKind = (typeof recordKinds)[number];

const most = 36_500;
const days = (least: number) => z.coerce.number().int().min(least).max(most).nullable();

/** Days after which each is removed; null: it stays. */
export const retentionDaysSchema = z.strictObject({
  payloadDays: days(1)
    .default(null)
    .describe('Inputs, outputs, requests and responses of executions and runs that have ended'),
  eventDays: days(30)
    .default(null)
    .describe('Events of the log and of the audit trail, by whole months; at least 30'),
  deliveryDays: days(1).default(null).describe('Deliveries of webhooks that have ended'),
});
export type RetentionDays = z.output<typeof retentionDaysSchema>;

export const retentionInputSchema = retentionDaysSchema.extend({
  note: z.string().max(1000).default('').describe('Why, for those who read this later'),
});
export type RetentionInput = z.output<typeof retentionInputSchema>;

export const retentionSettingsSchema = retentionInputSchema.extend({
  revision: z.int(),
  changedBy: actorSchema.nullable(),
  changedAt: z.string().nullable(),
});
export type RetentionSettings = z.output<typeof retentionSettingsSchema>;

/** As it is stored. */
export type StoredRetention = RetentionInput & Pick<RetentionSettings, 'changedBy' | 'changedAt'>;

const duePartSchema = z
  .object({
    before: z.string().describe('What is older goes'),
    count: z.int().describe('So many have this age; what is open or held among them stays'),
    more: z.boolean().describe('There are more than `count`'),
  })
  .nullable()
  .describe('Null: it stays');

/** What the next removal takes. */
export const retentionDueSchema = z.object({
  at: z.string().describe('When the next removal begins'),
  payloads: duePartSchema,
  events: duePartSchema,
  deliveries: duePartSchema,
});
export type RetentionDue = z.output<typeof retentionDueSchema>;

const dayMs = 86_400_000;

/** The days of each kind. */
export const daysOf = (chosen: RetentionDays): Record<RecordKind, number | null> => ({
  payloads: chosen.payloadDays,
  events: chosen.eventDays,
  deliveries: chosen.deliveryDays,
});

/** 00:00 UTC of the day of `now`: what is removed changes once a day. */
export const startOfDay = (now: Date): Date => new Date(Math.floor(now.getTime() / dayMs) * dayMs);

/** What is older than this is removed on the day of `now`. Events go by whole months, which the log drops at once. */
export function cutoff(now: Date, kind: RecordKind, days: number): Date {
  const exact = new Date(startOfDay(now).getTime() - days * dayMs);
  return kind === 'events' ? new Date(Date.UTC(exact.getUTCFullYear(), exact.getUTCMonth())) : exact;
}
