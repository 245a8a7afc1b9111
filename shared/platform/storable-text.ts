import { z } from 'zod';

/** Text that PostgreSQL can store: without `\u0000` and without half of a surrogate pair. */
export const storableText = z
  .string()
  .refine(
    (text) => !text.includes('\0') && text.isWellFormed(),
    'Contains a character that cannot be stored',
  );
