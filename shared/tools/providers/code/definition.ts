import type { ProviderDefinition } from '../provider-definition.ts';
import { codeToolSchema } from './config.ts';

/** Runs a function of the tool's own, which reaches nothing outside. */
export const codeProvider = {
  label: 'Code',
  schema: codeToolSchema,
  check: () => [],
  // The version of the tool binds the source: the request is what changes from call to call.
  render: ({ config }, input) => ({
    method: 'RUN',
    url: `code:${config.language}`,
    headers: {},
    body: input,
    bodyType: 'json',
  }),
  hosts: () => [],
  target: ({ config }) => `RUN ${config.language}`,
  retrySafety: () => ({ safe: true, words: 'Safe to retry: the code reaches nothing outside' }),
  readsOnly: () => true,
  auth: [],
  breakingFields: ['language', 'source'],
  response: { readBy: ({ config }) => [config.language, config.source] },
} satisfies ProviderDefinition<typeof codeToolSchema>;
