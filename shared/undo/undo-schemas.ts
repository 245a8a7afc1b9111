import { z } from 'zod';
import { executionStatuses } from '../executions/failure-codes.ts';
import { undoPreviewSchema } from '../executions/undo-schemas.ts';
import { actorSchema } from '../identity/identity-schemas.ts';
import { storableText } from '../platform/storable-text.ts';

/** What a series undoes the executions of. */
export const undoSources = ['batch', 'run'] as const;
export type UndoSourceType = (typeof undoSources)[number];

/** `stopped`: one could not be undone, or whoever runs it may no longer; someone can continue it. */
export const undoSeriesStatuses = ['running', 'stopped', 'succeeded'] as const;
export type UndoSeriesStatus = (typeof undoSeriesStatuses)[number];

/** `cannot`: what it has done stays. `skipped`: there was nothing to undo, or someone passed it over. */
export const undoItemStatuses = ['pending', 'running', 'undone', 'failed', 'cannot', 'skipped'] as const;
export type UndoItemStatus = (typeof undoItemStatuses)[number];

export const undoItemSchema = z.object({
  /** What is undone. */
  executionId: z.string(),
  /** What the batch calls it, or the title of its step. */
  label: z.string(),
  toolName: z.string(),
  status: z.enum(undoItemStatuses),
  /** Why it was not undone. */
  reason: z.string().nullable(),
  /** The last execution that undoes it, or has tried to. */
  undoneBy: z
    .object({ id: z.string(), status: z.enum(executionStatuses), needsApproval: z.boolean() })
    .nullable(),
  endedAt: z.string().nullable(),
});

export const undoSeriesSchema = z.object({
  id: z.string(),
  status: z.enum(undoSeriesStatuses),
  /** Why it was begun, or has stopped. */
  reason: z.string().nullable(),
  /** The last that was done comes first. */
  items: z.array(undoItemSchema),
  actor: actorSchema,
  /** Whoever began or continued it last. */
  runBy: actorSchema,
  createdAt: z.string(),
  endedAt: z.string().nullable(),
});
export type UndoSeries = z.infer<typeof undoSeriesSchema>;

/** What undoing all of it would do, in this order. */
export const undoSeriesPreviewSchema = z.object({
  digest: z.string(),
  items: z.array(undoPreviewSchema.extend({ label: z.string() })),
  counts: z.object({ possible: z.int(), cannot: z.int(), approvals: z.int() }),
});
export type UndoSeriesPreview = z.infer<typeof undoSeriesPreviewSchema>;

export const startUndoSchema = z.object({
  id: z.string(),
  /** Of the preview. */
  previewDigest: z.string().max(128).optional(),
  /** For people. */
  reason: storableText.trim().min(1).max(2000).optional(),
  /** Of a series that has stopped: go on without what has failed. */
  skipFailed: z.boolean().default(false),
  /** Longest wait for the end in milliseconds; 0: do not wait. Left out: 30 s, and not for people. */
  waitMs: z.coerce.number().int().min(0).max(120_000).optional(),
});
