import { z } from 'zod';
import { anyJson } from '../../../platform/fit-numbers.ts';
import { toolFields } from '../../tool-fields.ts';
import type { ProviderDefinition } from '../provider-definition.ts';

/** Returns `response` after `delayMs`, or fails, always or at `failureRate`. */
const dummyConfigSchema = z.strictObject({
  delayMs: z.int().min(0).max(600_000).default(0),
  response: anyJson.optional(),
  failure: z
    .strictObject({
      code: z.enum(['provider_error', 'timeout']).default('provider_error'),
      message: z.string().max(1024).default('The dummy provider is configured to fail'),
    })
    .optional(),
  failureRate: z.number().min(0).max(1).default(1),
});

const schema = z.strictObject({
  ...toolFields,
  type: z.literal('dummy'),
  config: dummyConfigSchema.prefault({}),
});
export type DummyTool = z.output<typeof schema>;

/** Calls nothing: to try out playbooks, retries and failures without a service. */
export const dummyProvider = {
  label: 'Dummy',
  schema,
  check: () => [],
  render: (_tool, input) => ({ method: 'CALL', url: 'dummy:', headers: {}, body: input, bodyType: 'json' }),
  hosts: () => [],
  target: () => 'dummy',
  retrySafety: () => ({ safe: true, words: 'Safe to retry: nothing leaves Interlock' }),
  readsOnly: () => true,
} satisfies ProviderDefinition<typeof schema>;
