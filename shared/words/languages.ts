import { z } from 'zod';

/** In which the server writes to a person. Programs get English. */
export const languageSchema = z.enum(['en', 'de']);
export type WrittenLanguage = z.output<typeof languageSchema>;
