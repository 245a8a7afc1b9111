import { z } from 'zod';
import { storableText } from '../platform/storable-text.ts';

/** The shapes of saved views that tRPC, REST and the pages share. Times are ISO 8601 in UTC. */

/** The lists that have views. */
export const viewLists = [
  'archived',
  'batches',
  'connectors',
  'exceptions',
  'executions',
  'playbooks',
  'runs',
  'schedules',
  'templates',
  'tools',
] as const;
export type ViewList = (typeof viewLists)[number];

export const densities = ['comfortable', 'compact'] as const;

/** What a person chooses of a view. */
const content = {
  name: storableText.trim().min(1).max(80),
  /** Everyone in the organization sees it. */
  shared: z.boolean().default(false),
  /** As the query string of the page has them, with the sort order. */
  filters: z
    .record(storableText.min(1).max(64), storableText.max(500))
    .refine((filters) => Object.keys(filters).length <= 32, 'has more than 32 filters')
    .default({}),
  hiddenColumns: z.array(storableText.min(1).max(64)).max(64).default([]),
  density: z.enum(densities).default('comfortable'),
};

export const newViewSchema = z.object({ list: z.enum(viewLists), ...content });
export const viewContentSchema = z.object(content);
export type ViewContent = z.output<typeof viewContentSchema>;

export const viewSchema = newViewSchema.extend({
  id: z.string(),
  revision: z.int(),
  /** Who saved it; "Erased person" once they are erased. */
  owner: z.object({ id: z.string(), name: z.string() }),
  /** The caller's own. */
  mine: z.boolean(),
  /** The caller may change and remove it. */
  writable: z.boolean(),
  /** The list opens with it, for the caller. */
  isDefault: z.boolean(),
  updatedAt: z.string(),
});
export type SavedView = z.output<typeof viewSchema>;

/** Of each list: the caller's own, and as many that are shared. */
export const maxViews = 100;
