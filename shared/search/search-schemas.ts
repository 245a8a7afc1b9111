import { z } from 'zod';
import { storableText } from '../platform/storable-text.ts';

export const foundTypes = [
  'execution',
  'exception',
  'run',
  'tool',
  'playbook',
  'connector',
  'member',
  'credential',
  'schedule',
  'batch',
  'template',
] as const;
export type FoundType = (typeof foundTypes)[number];

export const searchInputSchema = z.object({
  /** Words, in any order, an id or its first six digits, or a number ("EX-42", "#42"). */
  q: storableText.trim().min(1).max(200),
  /** Separated by commas; without it, every type. */
  types: z
    .string()
    .max(200)
    .transform((list) => list.split(','))
    .pipe(z.array(z.enum(foundTypes)))
    .optional(),
  /** Of each type at most so many. */
  limit: z.coerce.number().int().min(1).max(50).default(5),
});

export const foundSchema = z.object({
  type: z.enum(foundTypes),
  id: z.string(),
  title: z.string(),
  subtitle: z.string(),
  /** The path of its page. */
  url: z.string(),
});
export type Found = z.infer<typeof foundSchema>;
