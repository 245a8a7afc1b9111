import { z } from 'zod';
import type { Issue } from '../../../platform/error-codes.ts';
import { type AuthDefinition, authIssue, credentialIdSchema, secretSchema } from '../auth-definition.ts';
import { keyNameProblems, keyValueProblems } from '../key-place.ts';

const schema = z.strictObject({
  type: z.literal('api_key'),
  in: z.enum(['header', 'query', 'cookie']),
  name: z.string().min(1).max(128),
  value: secretSchema,
  credentialId: credentialIdSchema,
});

/** A key in a header, a query parameter or a cookie. */
export const apiKeyAuth = {
  label: 'API key',
  schema,
  secretField: 'value',
  placement: (auth) => ({ in: auth.in, name: auth.name }),
  check: (auth, basePath) => [
    ...problemAt(`${basePath}/name`, keyNameProblems[auth.in](auth.name)),
    ...problemAt(
      `${basePath}/value`,
      auth.value === undefined ? null : keyValueProblems[auth.in](auth.value),
    ),
  ],
} satisfies AuthDefinition<typeof schema>;

function problemAt(path: string, problem: string | null): Issue[] {
  return problem ? [authIssue(path, problem)] : [];
}
