import { z } from 'zod';
import { storableText } from '../platform/storable-text.ts';
import { knownZone } from '../schedules/time-zone.ts';
import { languageSchema, type WrittenLanguage } from '../words/languages.ts';
import {
  emailModes,
  type KindChoice,
  type NotificationKind,
  notificationKinds,
} from './notification-kinds.ts';

/** The shapes of notifications that tRPC, REST and the typed client share. Times are ISO 8601 in UTC. */
const time = z.string();

export const notificationSchema = z.object({
  id: z.string(),
  kind: z.enum([...notificationKinds, 'test']),
  /** Of the event that it is about, or `test`. */
  eventType: z.string(),
  /** Names and numbers of which the text is made. */
  facts: z.object({
    name: z.string().optional(),
    playbook: z.string().optional(),
    number: z.int().optional(),
    severity: z.string().optional(),
    by: z.string().optional(),
    code: z.string().optional(),
    count: z.int().optional(),
    version: z.int().optional(),
    named: z.boolean().optional(),
  }),
  critical: z.boolean(),
  text: z.string().describe('Words, names and numbers; never a payload'),
  /** More than 1: so many of its kind within a minute. */
  count: z.int(),
  link: z.string().describe('The page that it is about, below the address of Interlock'),
  read: z.boolean(),
  /** From when a browser may show it; null: none does. */
  browserAt: time.nullable(),
  pushed: z.boolean().describe('Web Push brings it to this browser: its pages do not show it there too'),
  /** The executions of tools that have sent it. */
  sentBy: z.array(z.string()),
  createdAt: time,
});
export type Notification = z.infer<typeof notificationSchema>;

const clockTime = z.string().regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/, 'must be a time such as 08:00');

/** Ids of channels of the organization, each once: a line that is sent twice would count as two. */
export const channelIdsSchema = z
  .array(z.uuid().toLowerCase())
  .max(10)
  .overwrite((ids) => [...new Set(ids)]);

export const kindChoiceSchema = z.object({
  page: z.boolean(),
  browser: z.boolean(),
  email: z.enum(emailModes),
  channels: channelIdsSchema,
});

export const digestSchema = z.discriminatedUnion('every', [
  z.object({ every: z.literal('hour') }),
  z.object({ every: z.literal('day'), at: clockTime }),
]);

export const quietSchema = z
  .object({
    from: clockTime,
    to: clockTime,
    /** What is critical is sent all the same. */
    letCritical: z.boolean(),
  })
  .refine(({ from, to }) => from !== to, { path: ['to'], message: 'must differ from the beginning' });

export const timeZoneSchema = z
  .string()
  .max(64)
  .refine((zone) => knownZone(zone) !== null, 'must be a time zone such as Europe/Berlin');

/** What of it is left out stays as it is. */
export const settingsInputSchema = z.object({
  kinds: z.partialRecord(z.enum(notificationKinds), kindChoiceSchema).optional(),
  digest: digestSchema.optional(),
  quiet: quietSchema.nullable().optional(),
  timeZone: timeZoneSchema.optional(),
  /** Of emails and of what tools are sent; the pages have their own. */
  language: languageSchema.optional(),
});
export type SettingsInput = z.output<typeof settingsInputSchema>;

/** What a person has chosen. */
export type StoredSettings = SettingsInput;

/** With what is so by default. */
export interface PersonSettings {
  kinds: Record<NotificationKind, KindChoice>;
  digest: z.output<typeof digestSchema>;
  quiet: z.output<typeof quietSchema> | null;
  timeZone: string;
  language: WrittenLanguage;
}

/** What was last not sent in a way, within a week. A later attempt may have sent it. */
const failureSchema = z.object({
  error: z.string(),
  at: time,
  /** Of the tool, that has failed. */
  executionId: z.string().nullable(),
});
const lastFailure = failureSchema.nullable();
export type DeliveryFailure = z.output<typeof failureSchema>;

/** All of them. */
const choicesSchema = z.object(
  Object.fromEntries(notificationKinds.map((kind) => [kind, kindChoiceSchema])) as Record<
    NotificationKind,
    typeof kindChoiceSchema
  >,
);

export const settingsSchema = z.object({
  kinds: choicesSchema,
  digest: digestSchema,
  quiet: z.object({ from: z.string(), to: z.string(), letCritical: z.boolean() }).nullable(),
  timeZone: z.string(),
  language: languageSchema,
  /** Where email goes; null: this deployment sends none. */
  email: z.string().nullable(),
  emailFailure: lastFailure,
  /** Those that can be chosen. */
  channels: z.array(z.object({ id: z.string(), name: z.string(), lastFailure })),
});
export type NotificationSettings = z.output<typeof settingsSchema>;

export const channelNameSchema = storableText.trim().min(1).max(80);

export const channelSchema = z.object({
  id: z.string(),
  name: z.string(),
  toolId: z.string(),
  toolName: z.string().nullable(),
  /** The input of the tool. Its expressions know `notice`, `person` and `organization`. */
  input: z.record(z.string(), z.unknown()),
  enabled: z.boolean(),
  disabledReason: z.string().nullable(),
  /** Of `If-Match`. */
  revision: z.int(),
  /** Whose executions they are. */
  owner: z.string(),
  /** How many people have chosen it. */
  people: z.int(),
  lastFailure,
  updatedAt: time,
});
export type NotificationChannel = z.output<typeof channelSchema>;

/** As `PushSubscription.toJSON()` of a browser has it. */
export const subscribeInputSchema = z.object({
  endpoint: z.string().max(2_048),
  keys: z.object({ p256dh: z.string().max(200), auth: z.string().max(100) }),
  /** The key of the deployment with which the browser has subscribed. */
  publicKey: z.string().max(100),
});
export type SubscribeInput = z.output<typeof subscribeInputSchema>;

export const pushSubscriptionSchema = z.object({
  id: z.string(),
  device: z.string().describe('The browser and its system, as its session names them'),
  /** The host of its push service. */
  service: z.string(),
  current: z.boolean().describe('It belongs to the session that asks'),
  /** The key of the deployment with which it has subscribed. */
  publicKey: z.string(),
  lastFailure,
  createdAt: time,
});
export type PushSubscription = z.output<typeof pushSubscriptionSchema>;

export const pushSubscriptionsSchema = z.object({
  items: z.array(pushSubscriptionSchema),
  nextCursor: z.null(),
  publicKey: z.string().describe('What a browser subscribes with now (VAPID, base64url)'),
  session: z.string().nullable().describe('That of who asks: a subscription ends with it'),
});
export type PushSubscriptions = z.output<typeof pushSubscriptionsSchema>;
