import { z } from 'zod';
import { storableText } from '../platform/storable-text.ts';
import { presenceDoings, presenceSubjects } from './presence-kinds.ts';

/** Something that people have open: a case, a run, or a step of a run. */
const placeSchema = z.object({
  type: z.enum(presenceSubjects),
  id: z.uuid(),
  /** Of a run. */
  stepId: storableText.min(1).max(128).optional(),
});

const doingSchema = z.enum(presenceDoings);

/** What one tab of a browser has open; none: it has been closed. */
export const hereInputSchema = z.object({
  tab: z.uuid(),
  at: z.array(placeSchema.extend({ doing: doingSchema })).max(6),
});
export type HereInput = z.output<typeof hereInputSchema>;

/** The others, for each place that the caller may see. */
export const othersSchema = z.object({
  places: z.array(
    placeSchema.extend({
      people: z.array(z.object({ id: z.string(), name: z.string(), doing: doingSchema, since: z.string() })),
    }),
  ),
});
export type Others = z.output<typeof othersSchema>;

export const presenceChoiceSchema = z.object({
  /** Others do not see what the person has open. */
  hidden: z.boolean(),
});
