import { z } from 'zod';
import { actorSchema } from '../identity/identity-schemas.ts';
import { issueSchema, pageInput } from '../platform/page-schemas.ts';
import { storableText } from '../platform/storable-text.ts';
import { isoTimeSchema } from '../platform/time-schema.ts';
import { inboundActionSchema, inboundActionsSchema, inboundDos } from './inbound-actions.ts';
import { headerNameSchema, hmacSettingsSchema, inboundSchemes } from './inbound-schemes.ts';

/** The shapes of inbound webhooks that tRPC, REST and the pages share. Times are ISO 8601 in UTC. */
const time = z.string();

const secret = storableText.min(8).max(4096);
const overlapSeconds = z.coerce
  .number()
  .int()
  .min(0)
  .max(30 * 86_400);

const rateLimitSchema = z.strictObject({
  requestsPerMinute: z.int().min(1).max(60_000),
  burst: z.int().min(1).max(10_000),
});

const fields = {
  name: storableText.trim().min(1).max(120),
  description: storableText.max(1000),
  hmac: hmacSettingsSchema.describe('Only of the scheme `hmac`'),
  idHeader: headerNameSchema
    .nullable()
    .describe(
      'Of `hmac`, `bearer` and `basic`: the header that identifies a delivery. Without it, the same content within an hour is the same delivery',
    ),
  actions: inboundActionsSchema,
  enabled: z.boolean(),
  rateLimit: rateLimitSchema.describe('Deliveries over it are refused with 429'),
  accountableUserId: z
    .string()
    .max(128)
    .describe(
      'The member who answers for what the endpoint does. It does no more than they may; by default the caller',
    ),
};

export const newInboundWebhookSchema = z.strictObject({
  name: fields.name,
  description: fields.description.default(''),
  scheme: z.enum(inboundSchemes),
  secret: secret
    .optional()
    .describe('Of the source. Left out: Interlock makes one, unless the source does (`stripe`, `slack`)'),
  hmac: fields.hmac.optional(),
  idHeader: fields.idHeader.default(null),
  actions: fields.actions.default([]),
  enabled: fields.enabled.default(true),
  rateLimit: fields.rateLimit.default({ requestsPerMinute: 600, burst: 300 }),
  accountableUserId: fields.accountableUserId.optional(),
});
export type NewInboundWebhook = z.output<typeof newInboundWebhookSchema>;

export const inboundWebhookChangesSchema = z.strictObject({
  name: fields.name.optional(),
  description: fields.description.optional(),
  hmac: fields.hmac.optional(),
  idHeader: fields.idHeader.optional(),
  actions: fields.actions.optional(),
  enabled: fields.enabled.optional(),
  rateLimit: fields.rateLimit.optional(),
  accountableUserId: fields.accountableUserId.optional(),
});
export type InboundWebhookChanges = z.output<typeof inboundWebhookChangesSchema>;

export const rotateInboundSecretSchema = z.object({
  secret: secret.optional().describe('Of the source; left out: Interlock makes one'),
  overlapSeconds: overlapSeconds.default(86_400).describe('How long the replaced secret stays valid'),
});
export type RotateInboundSecret = z.output<typeof rotateInboundSecretSchema>;

/** Deliveries that were turned away, since the endpoint was created. They are counted a few seconds later. */
const turnedAwaySchema = z.object({
  count: z.int(),
  lastAt: time.nullable(),
  lastReason: z.string().nullable(),
});

export const inboundWebhookSchema = z.object({
  id: z.string(),
  name: z.string(),
  description: z.string(),
  scheme: z.enum(inboundSchemes),
  hmac: hmacSettingsSchema.nullable(),
  idHeader: z.string().nullable(),
  receiveUrl: z.string().describe('Where the source sends its deliveries'),
  actions: z.array(inboundActionSchema),
  enabled: z.boolean(),
  rateLimit: rateLimitSchema,
  accountable: z
    .object({ id: z.string(), name: z.string() })
    .nullable()
    .describe('Null: an API key without an accountable person created it'),
  secretSince: time,
  previousSecretUntil: time.nullable().describe('Until then the replaced secret is valid too'),
  refused: turnedAwaySchema.describe('Without a valid signature or token'),
  limited: turnedAwaySchema.describe('Over the rate limit'),
  lastDeliveryAt: time.nullable(),
  failedDeliveries: z.int().describe('Failed and not redelivered since; counted up to 100'),
  revision: z.int(),
  createdBy: actorSchema,
  createdAt: time,
  updatedBy: actorSchema,
  updatedAt: time,
});
export type InboundWebhook = z.output<typeof inboundWebhookSchema>;

/** A secret that Interlock has made is shown once; null: the caller sent it. */
export const inboundWebhookWithSecretSchema = inboundWebhookSchema.extend({ secret: z.string().nullable() });
export type InboundWebhookWithSecret = z.output<typeof inboundWebhookWithSecretSchema>;

export const deliveryStatuses = ['accepted', 'processed', 'failed'] as const;

/** What an action of a delivery did. */
export const actionResultSchema = z.object({
  action: z.int().describe('Its place in `actions`, from 0'),
  item: z.int().nullable().describe('With `forEach`: the place of the item, from 0'),
  do: z.enum(inboundDos),
  status: z.enum(['succeeded', 'failed', 'skipped']),
  message: z.string().nullable().describe('Why it failed or was skipped, or what it did'),
  exceptionId: z.string().nullable(),
  runId: z.string().nullable(),
  executionId: z.string().nullable(),
  opened: z
    .object({ id: z.string(), number: z.int(), isNew: z.boolean(), count: z.int() })
    .nullable()
    .describe('The exception that later actions see as `opened`'),
  at: time,
});
export type ActionResult = z.output<typeof actionResultSchema>;

export const inboundDeliverySchema = z.object({
  id: z.string(),
  webhookId: z.string(),
  senderId: z
    .string()
    .nullable()
    .describe('What the source calls it; null until it is processed, or without one'),
  status: z.enum(deliveryStatuses),
  attempts: z.int().describe('How often it was processed since it was accepted or redelivered'),
  redeliveries: z.int(),
  isTest: z.boolean(),
  error: z.string().nullable().describe('Why it failed, or why it waits for another attempt'),
  results: z.array(actionResultSchema),
  contentType: z.string(),
  bodyBytes: z.int(),
  address: z.string().nullable(),
  receivedAt: time,
  endedAt: time.nullable(),
});
export type InboundDelivery = z.output<typeof inboundDeliverySchema>;

export const inboundDeliveryDetailSchema = inboundDeliverySchema.extend({
  headers: z.record(z.string(), z.string()).nullable().describe('Redacted; null until it is processed'),
  body: z.unknown().describe('Redacted; null until it is processed'),
});
export type InboundDeliveryDetail = z.output<typeof inboundDeliveryDetailSchema>;

export const inboundDeliveryListSchema = z.object({
  ...pageInput,
  status: z.enum(deliveryStatuses).optional(),
  from: isoTimeSchema.optional(),
  to: isoTimeSchema.optional(),
});
export type InboundDeliveryList = z.output<typeof inboundDeliveryListSchema> & { id: string };

/** By default, only the actions that have not succeeded are done again. */
export const redeliverInputSchema = z.object({
  repeat: z
    .boolean()
    .default(false)
    .describe('Also the actions that have succeeded: they take effect a second time'),
});

/** Actions on a body: of a delivery (`deliveryId`, as it is shown) or one that is sent. Nothing is changed. */
export const tryActionsInputSchema = z.strictObject({
  actions: z.array(z.unknown()).max(20).describe('As they are written in an endpoint'),
  deliveryId: z.string().optional(),
  body: z.unknown().optional(),
  headers: z.record(z.string(), z.string()).optional(),
});
export type TryActionsInput = z.output<typeof tryActionsInputSchema>;

export const triedActionSchema = z.object({
  action: z.int(),
  item: z.int().nullable(),
  do: z.enum(inboundDos),
  status: z.enum(['would_run', 'skipped', 'failed']),
  message: z.string().nullable(),
  values: z.unknown().describe('Its fields with their values; null when it would not run'),
});
export type TriedAction = z.output<typeof triedActionSchema>;

export const triedActionsSchema = z.object({
  /** What is wrong with the actions themselves; then nothing was tried. */
  issues: z.array(issueSchema),
  results: z.array(triedActionSchema),
});
export type TriedActions = z.output<typeof triedActionsSchema>;

/** A sample, signed with the secret of the endpoint and received like any other delivery. It takes effect. */
export const testInboundInputSchema = z.object({
  body: z.unknown().optional().describe('Left out: a sample of the scheme'),
});

export const testedInboundSchema = z.object({
  status: z.int().describe('The HTTP status of the response'),
  deliveryId: z.string().nullable(),
  message: z.string(),
});
export type TestedInbound = z.output<typeof testedInboundSchema>;

export const inboundTemplateSchema = z.object({
  id: z.string(),
  title: z.string(),
  description: z.string(),
  scheme: z.enum(inboundSchemes),
  setup: z
    .array(z.string())
    .describe('What to do at the source, in order; `{receiveUrl}` stands for the URL'),
  actions: z.array(inboundActionSchema),
  sample: z.object({ headers: z.record(z.string(), z.string()), body: z.unknown() }),
});
export type InboundTemplate = z.output<typeof inboundTemplateSchema>;
