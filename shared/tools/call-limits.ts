import { z } from 'zod';
import { actorSchema } from '../identity/identity-schemas.ts';
import { type ConnectorPolicy, concurrencySchema, rateLimitSchema } from './tool-fields.ts';

/** When a breaker opens, and for how long. */
const circuitBreakerSchema = z.strictObject({
  enabled: z.boolean().default(true),
  consecutiveFailures: z.int().min(2).max(1000).default(20),
  /** Of the calls of the last 30 s, once there are `minCalls` of them. */
  failurePercent: z.int().min(1).max(100).default(50),
  minCalls: z.int().min(2).max(1000).default(100),
  /** Until the first probe; doubled by each probe that fails, up to five minutes. */
  openSeconds: z.int().min(1).max(3600).default(30),
});
export type CircuitBreakerSettings = z.infer<typeof circuitBreakerSchema>;

/** What limits all calls of an organization. */
export const callLimitsSchema = z.strictObject({
  /** Executions of all tools together; null: no limit. */
  rateLimit: rateLimitSchema.nullable().default(null),
  /** Calls at once to any one host; null: no limit. */
  hostConcurrency: concurrencySchema.nullable().default(null),
  /** Hosts (`host:port`) with a bound of their own. */
  hosts: z
    .array(z.strictObject({ host: z.string().min(1).max(300), concurrency: concurrencySchema }))
    .max(200)
    .default([]),
  circuitBreaker: circuitBreakerSchema.prefault({}),
});
export type CallLimits = z.infer<typeof callLimitsSchema>;

/** As it is stored, with who chose it. */
export const storedCallLimitsSchema = callLimitsSchema.extend({
  revision: z.int(),
  changedBy: actorSchema.nullable(),
  changedAt: z.string().nullable(),
});
export type StoredCallLimits = z.infer<typeof storedCallLimitsSchema>;

export const noCallLimits: StoredCallLimits = storedCallLimitsSchema.parse({
  revision: 0,
  changedBy: null,
  changedAt: null,
});

/** What limits the calls of a tool in one tenant beside its definition, as of one moment. */
export interface ToolLimits {
  /** Counts the changes of the tenant's limits and breakers. */
  revision: number;
  tenant: CallLimits;
  /** Of the tool's connector; null: none. */
  shared: ConnectorPolicy | null;
  /** Hosts whose breaker is not closed. */
  openHosts: readonly string[];
}

export function readCallLimits(stored: Record<string, unknown> | null): StoredCallLimits {
  return stored ? storedCallLimitsSchema.parse(stored) : noCallLimits;
}

/** How many calls at once a host may get; null: no limit. */
export function hostBound({ hosts, hostConcurrency }: CallLimits, host: string): number | null {
  return hosts.find((own) => own.host === host)?.concurrency ?? hostConcurrency;
}
