import { z } from 'zod';
import { type AuthDefinition, credentialIdSchema } from '../auth-definition.ts';

const printable = (max: number) =>
  z
    .string()
    .min(1)
    .max(max)
    .regex(/^[\x21-\x7e]+$/, 'must be printable ASCII without spaces');

/** The secret of the kind, stored as JSON: they belong together, and are replaced together. */
const awsKeysSchema = z.strictObject({
  accessKeyId: printable(128),
  secretAccessKey: printable(512),
  /** Of temporary keys. */
  sessionToken: printable(8192).optional(),
});

const schema = z.strictObject({
  type: z.literal('aws_sigv4'),
  /** Such as `eu-central-1`. */
  region: z.string().regex(/^[a-z0-9-]{1,64}$/, 'must be a region such as eu-central-1'),
  /** The name that the service signs with, such as `s3` or `execute-api`. */
  service: z.string().regex(/^[a-z0-9-]{1,64}$/, 'must be the signing name of a service, such as s3'),
  keys: awsKeysSchema.optional(),
  credentialId: credentialIdSchema,
});

/** Requests signed with AWS Signature Version 4, over exactly what is sent. */
export const awsSigv4Auth = {
  label: 'AWS signature (SigV4)',
  schema,
  secretField: 'keys',
  secretTexts: (secret) => {
    const { secretAccessKey, sessionToken } = readAwsKeys(secret);
    return [secretAccessKey, sessionToken ?? ''];
  },
  refusesRedirects: true,
  placement: () => ({ in: 'header', name: 'Authorization', prefix: 'AWS4-HMAC-SHA256 ' }),
  check: () => [],
} satisfies AuthDefinition<typeof schema>;

/** A stored secret of this kind. */
export function readAwsKeys(secret: string): z.output<typeof awsKeysSchema> {
  return awsKeysSchema.parse(JSON.parse(secret));
}
