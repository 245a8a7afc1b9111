import { z } from 'zod';
import { headerValueProblem } from '../../http/headers.ts';
import { type AuthDefinition, authIssue, credentialIdSchema, secretSchema } from '../auth-definition.ts';

const schema = z.strictObject({
  type: z.literal('bearer'),
  token: secretSchema,
  credentialId: credentialIdSchema,
});

/** A fixed token in the Authorization header. */
export const bearerAuth = {
  label: 'Bearer token',
  schema,
  secretField: 'token',
  placement: () => ({ in: 'header', name: 'Authorization', prefix: 'Bearer ' }),
  check: ({ token }, basePath) => {
    const problem = token === undefined ? null : headerValueProblem(token);
    return problem ? [authIssue(`${basePath}/token`, `The value ${problem}`)] : [];
  },
} satisfies AuthDefinition<typeof schema>;
