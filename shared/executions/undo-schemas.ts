import { z } from 'zod';
import { issueSchema } from '../platform/page-schemas.ts';
import { previewSchema, undoableSchema } from './preview-schemas.ts';

/** What undoing an execution would send, or why it cannot be undone. */
export const undoPreviewSchema = z.object({
  executionId: z.string(),
  /** The tool that was executed. */
  toolTitle: z.string(),
  undo: undoableSchema,
  possible: z.boolean(),
  /** Why not. */
  reason: z.string().nullable(),
  issues: z.array(issueSchema).optional(),
  /** The tool that undoes it. */
  by: z.object({ id: z.string(), name: z.string(), title: z.string() }).nullable(),
  preview: previewSchema.nullable(),
});

export type UndoPreview = z.infer<typeof undoPreviewSchema>;
