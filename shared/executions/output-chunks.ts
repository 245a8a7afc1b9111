import { z } from 'zod';

/**
 * `data`: an item of the output. `text`: the next piece of one text. `log`: a line that the call printed.
 * `shortened`: more came and is not shown, only stored with the output. `withheld`: nothing is shown before the output
 * is complete, because its schema marks parts of it as secret or personal.
 */
export const chunkKinds = ['data', 'text', 'log', 'shortened', 'withheld'] as const;
export type ChunkKind = (typeof chunkKinds)[number];

/** Of one attempt: so many chunks, and characters of their JSON. What comes after them is not shown while the call runs. */
export const chunkLimits = { count: 1_000, characters: 1_000_000 };

/** Redacted. */
export const outputChunkSchema = z.object({
  attempt: z.int(),
  /** From 1 for each attempt. */
  number: z.int(),
  kind: z.enum(chunkKinds),
  /** Any JSON for `data` and `log`, a string for `text`, else null. */
  value: z.unknown(),
  at: z.string(),
});

export type OutputChunk = z.infer<typeof outputChunkSchema>;

const position = z.string().regex(/^\d{1,9}\.\d{1,9}$/, 'Invalid position.');

export const chunkListInputSchema = z.object({
  id: z.string(),
  /** The `after` of the last response; left out: from the beginning. */
  after: position.optional(),
  limit: z.coerce.number().int().min(1).max(200).default(200),
});

/** In order. While `ended` is false, ask again with `after`: nothing is missed and nothing comes twice. */
export const chunkPageSchema = z.object({
  items: z.array(outputChunkSchema),
  after: position,
  /** The execution has ended, and these are the last ones. */
  ended: z.boolean(),
});

export type ChunkPage = z.infer<typeof chunkPageSchema>;
