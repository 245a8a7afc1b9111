import { z } from 'zod';
import { isoTimeSchema } from '../platform/time-schema.ts';

/** `GET /api/stats`: what other programs read of usage, at any span. Durations are milliseconds. */
export const statsInputSchema = z.object({
  toolId: z.string().max(64).optional(),
  connectorId: z.string().max(64).optional(),
  playbookId: z.string().max(64).optional(),
  from: isoTimeSchema.optional().describe('A week before `to` if left out. Counts are kept by hours of UTC'),
  to: isoTimeSchema.optional().describe('Now if left out'),
  bucket: z.enum(['hour', 'day']).optional().describe('By hours for up to two days, else by days, of UTC'),
});

const statsSchema = z.object({
  count: z.int(),
  succeeded: z.int(),
  failed: z.int(),
  open: z.int().describe('Has not ended'),
  success: z.number().nullable().describe('Of those that have ended, 0 to 1'),
  p50: z.number().nullable().describe('At most 2 % off; below 1 ms, at most 1 ms'),
  p95: z.number().nullable(),
  p99: z.number().nullable(),
  failures: z.record(z.string(), z.int()).describe('By their code; empty for runs of a playbook'),
});
export type Stats = z.infer<typeof statsSchema>;

export const statsOutputSchema = z.object({
  asOf: z.string().describe('Everything that happened by then is counted'),
  from: z.string(),
  to: z.string(),
  bucket: z.enum(['hour', 'day']),
  total: statsSchema,
  buckets: z.array(statsSchema.extend({ from: z.string(), to: z.string() })),
});
export type StatsOutput = z.infer<typeof statsOutputSchema>;
