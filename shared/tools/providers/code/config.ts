import { z } from 'zod';
import { toolFields } from '../../tool-fields.ts';

export const codeLanguages = ['javascript', 'typescript', 'python'] as const;
export type CodeLanguage = (typeof codeLanguages)[number];

export const codeConfigSchema = z.strictObject({
  language: z.enum(codeLanguages),
  /** Has a function `main(input)`, which returns the output as JSON, or a promise of it. */
  source: z
    .string()
    .min(1)
    .max(65_536)
    .refine((source) => !source.includes('\0'), 'The source has a zero character'),
  /** CPU time of one attempt, in milliseconds; its time by the clock is `timeoutMs`. */
  timeLimitMs: z.int().min(10).max(60_000).default(1000),
  /** Memory that the code may use, in megabytes. */
  memoryMb: z.int().min(8).max(512).default(64),
  maxOutputBytes: z.int().min(1).max(16_777_216).default(1_048_576),
  /** What is kept of what the code prints. */
  maxLogBytes: z.int().min(0).max(65_536).default(16_384),
});

export const codeToolSchema = z.strictObject({
  ...toolFields,
  type: z.literal('code'),
  config: codeConfigSchema,
});
export type CodeTool = z.output<typeof codeToolSchema>;
export type CodeConfig = CodeTool['config'];
