import { z } from 'zod';
import { severities } from './exception-statuses.ts';

const counted = {
  id: z.string(),
  name: z.string(),
  title: z.string(),
  cases: z.int().describe('Like exceptions on which it was run or started'),
  succeeded: z.int().describe('… with success at least once'),
};

/** What was done on like exceptions, by counts. */
export const suggestionsSchema = z.object({
  like: z.object({
    domain: z.string(),
    severity: z.enum(severities).nullable().describe('Null: of every severity'),
    cases: z.int().describe('How many were counted: the latest 500 at most'),
  }),
  items: z.array(
    z.discriminatedUnion('kind', [
      z.object({ kind: z.literal('tool'), ...counted }),
      z.object({ kind: z.literal('playbook'), ...counted }),
    ]),
  ),
});
export type Suggestions = z.infer<typeof suggestionsSchema>;

/** Where a value of an input comes from. */
export const inputSourceSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('field'), name: z.string() }),
  z.object({ kind: z.literal('attribute'), name: z.string() }),
  z.object({ kind: z.literal('file'), name: z.string() }),
  z.object({ kind: z.literal('output'), name: z.string(), executionId: z.string(), toolTitle: z.string() }),
]);
export type InputSource = z.infer<typeof inputSourceSchema>;

/** A tool's inputs that an exception knows. */
export const knownInputsSchema = z.object({
  toolVersion: z.int(),
  items: z.array(
    z.object({
      path: z.string().describe('JSON Pointer into the input'),
      value: z.unknown(),
      from: inputSourceSchema,
    }),
  ),
});
export type KnownInputs = z.infer<typeof knownInputsSchema>;
