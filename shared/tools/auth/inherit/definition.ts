import { z } from 'zod';
import type { AuthDefinition } from '../auth-definition.ts';

const schema = z.strictObject({ type: z.literal('inherit') });

/** The auth of the tool's connector takes its place before a request is made. */
export const inheritedAuth = {
  label: 'Inherit from the connector',
  schema,
  secretField: null,
  inherits: true,
  placement: () => null,
  check: () => [],
} satisfies AuthDefinition<typeof schema>;
