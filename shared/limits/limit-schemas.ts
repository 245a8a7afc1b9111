import { z } from 'zod';
import { actorSchema } from '../identity/identity-schemas.ts';
import { storedCallLimitsSchema } from '../tools/call-limits.ts';
import { concurrencySchema, rateLimitSchema } from '../tools/tool-fields.ts';

/** The shapes that tRPC, REST and the typed client share (API.md). Times are ISO 8601 in UTC. */
const time = z.string();

/** An open breaker is half-open while a probe is in progress. `held`: someone has paused the host. */
export const breakerStates = ['closed', 'open', 'half_open', 'held'] as const;
export type BreakerState = (typeof breakerStates)[number];
/** As stored: an open breaker is half-open by the probe that it names. */
export const storedBreakerStates = ['closed', 'open', 'held'] as const satisfies BreakerState[];

export const breakerSchema = z.object({
  id: z.string(),
  /** `host:port` */
  host: z.string(),
  state: z.enum(breakerStates),
  /** Why, in words. */
  reason: z.string(),
  since: time,
  /** When the next probe may leave; null unless it is open. */
  retryAt: time.nullable(),
  changedBy: actorSchema,
});
export type Breaker = z.infer<typeof breakerSchema>;

export const holdHostSchema = z.object({
  /** `host:port`, such as `pay.example:443` */
  host: z.string().min(1).max(300),
  reason: z.string().trim().min(1).max(500),
});

/** A rate and how much of its burst is used now. */
const usedRateSchema = z.object({ limit: rateLimitSchema, burst: z.int(), used: z.int() });
const usedPlacesSchema = z.object({ limit: concurrencySchema, used: z.int() });

/** What limits the calls of one tool, connector or host, with its use now; null: no limit. */
export const limitUseSchema = z.object({
  kind: z.enum(['tool', 'connector', 'host']),
  /** Of the tool or the connector; of a host `host:port`. */
  id: z.string(),
  name: z.string(),
  rate: usedRateSchema.nullable(),
  concurrency: usedPlacesSchema.nullable(),
});
export type LimitUse = z.infer<typeof limitUseSchema>;

/** `rate`: the use of the tenant's own rate. */
export const limitsSchema = z.object({
  tenant: storedCallLimitsSchema.extend({ rate: usedRateSchema.nullable() }),
  items: z.array(limitUseSchema),
});
export type Limits = z.infer<typeof limitsSchema>;
