import { z } from 'zod';
import { actorSchema } from '../identity/identity-schemas.ts';
import {
  allowedHostSchema,
  egressCallerTypes,
  egressOutcomes,
  maxAllowedHosts,
} from '../platform/egress-rules.ts';

const privateHosts = z
  .array(z.string().min(1).max(260))
  .max(100)
  .describe('`host:port` of private addresses that calls may reach');

const allowListSchema = z
  .strictObject({
    enabled: z.boolean(),
    hosts: z.array(allowedHostSchema).max(maxAllowedHosts),
  })
  .describe('While it is enabled, calls reach these hosts only, private ones included');
export type AllowList = z.output<typeof allowListSchema>;

/** What is left out stays as it is. */
export const egressInputSchema = z.strictObject({
  privateHosts: privateHosts.optional(),
  allowList: allowListSchema.optional(),
});
export type EgressInput = z.output<typeof egressInputSchema>;

export const egressSettingsSchema = z.object({
  privateHosts,
  allowList: allowListSchema,
  revision: z.int(),
  changedBy: actorSchema.nullable(),
  changedAt: z.string().nullable(),
});
export type EgressSettings = z.output<typeof egressSettingsSchema>;

/** As `tenant_setting.egress` holds it. */
export type StoredEgress = AllowList & Pick<EgressSettings, 'changedBy' | 'changedAt'>;

const callerSchema = z.object({
  type: z.enum(egressCallerTypes),
  id: z.string(),
  name: z.string().describe('Its id when it is gone'),
});
export type NamedCaller = z.output<typeof callerSchema>;

/** How many days of what was reached are kept. */
export const reachDays = 30;

export const reachSchema = z.object({
  host: z.string(),
  port: z.int(),
  methods: z.array(z.string()),
  caller: callerSchema,
  outcome: z.enum(egressOutcomes),
  count: z.int(),
  lastAt: z.string(),
  days: z
    .array(z.object({ day: z.string(), count: z.int() }))
    .describe('Oldest first; days without are left out'),
});
export type ReachedHost = z.output<typeof reachSchema>;

export const checkListInputSchema = z.strictObject({
  hosts: z.array(allowedHostSchema).max(maxAllowedHosts),
});

/** A place that something of this tenant calls or may call. */
export const egressTargetSchema = z.object({
  host: z.string(),
  port: z.int(),
  allowed: z.boolean().describe('By the hosts that were sent, for every use'),
  uses: z
    .array(callerSchema.extend({ method: z.string().nullable(), allowed: z.boolean() }))
    .describe('At most 20; of a tool, what it calls or where it gets its token'),
  useCount: z.int(),
  cutOff: z.int().describe('Tools and webhooks that could no longer reach it'),
  reached: z.int().describe('Requests of the last 30 days'),
  lastAt: z.string().nullable(),
});
export type EgressTarget = z.output<typeof egressTargetSchema>;
