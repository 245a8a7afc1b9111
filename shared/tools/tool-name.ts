import { z } from 'zod';

export const toolNameSchema = z
  .string()
  .regex(
    /^[a-z][a-z0-9_]{1,62}$/,
    'Use 2–63 lower-case letters, digits and underscores, starting with a letter',
  );
