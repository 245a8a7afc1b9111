import { z } from 'zod';
import {
  type AuthDefinition,
  authIssue,
  credentialIdSchema,
  secretSchema,
} from '../../../../shared/tools/auth/auth-definition.ts';

const schema = z.strictObject({
  type: z.literal('toy_seal'),
  sealedBy: z.string().min(1).max(64),
  sealingKey: secretSchema,
  credentialId: credentialIdSchema,
});
export type ToyAuth = z.output<typeof schema>;

/** A signature of the body, made with the secret. */
export const toyAuth = {
  label: 'Toy seal',
  schema,
  secretField: 'sealingKey',
  placement: ({ sealedBy }) => ({ in: 'header', name: 'x-seal', prefix: `${sealedBy}:` }),
  check: ({ sealedBy }, basePath) =>
    sealedBy.includes(':') ? [authIssue(`${basePath}/sealedBy`, 'A name must not contain a colon')] : [],
} satisfies AuthDefinition<typeof schema>;
