import { z } from 'zod';
import type { AuthDefinition } from '../auth-definition.ts';

const schema = z.strictObject({ type: z.literal('none') });

export const noAuth = {
  label: 'No auth',
  schema,
  secretField: null,
  placement: () => null,
  check: () => [],
} satisfies AuthDefinition<typeof schema>;
