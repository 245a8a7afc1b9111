import { z } from 'zod';
import { actorSchema } from '../identity/identity-schemas.ts';
import { pageInput } from '../platform/page-schemas.ts';
import { storableText } from '../platform/storable-text.ts';
import { archivedTypes } from './archived-types.ts';

export const archivedInputSchema = z.object({
  type: z.enum(archivedTypes).optional(),
  /** A part of the name or the title. */
  q: storableText.trim().max(200).optional(),
  ...pageInput,
});

/** What was archived. Times are ISO 8601 in UTC. */
export const archivedSchema = z.object({
  type: z.enum(archivedTypes),
  id: z.string(),
  name: z.string(),
  title: z.string(),
  archivedAt: z.string(),
  /** Null when the log no longer says so. */
  archivedBy: actorSchema.nullable(),
  /** The caller has the role to restore it. */
  restorable: z.boolean(),
});
export type Archived = z.output<typeof archivedSchema>;
