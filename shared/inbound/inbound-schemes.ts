import { z } from 'zod';

/** How a source proves that a delivery is its own. */
export const inboundSchemes = ['standard', 'github', 'stripe', 'slack', 'hmac', 'bearer', 'basic'] as const;
export type InboundScheme = (typeof inboundSchemes)[number];

/** How old, or how far in the future, a signed time may be. */
export const toleranceMs = 5 * 60_000;

export const headerNameSchema = z
  .string()
  .max(64)
  .regex(/^[A-Za-z0-9-]+$/, 'Use letters, digits and hyphens')
  .toLowerCase();

/** Of the scheme `hmac`: how its source writes a signature. */
export const hmacSettingsSchema = z.strictObject({
  header: headerNameSchema.default('x-signature').describe('The header that has the signature'),
  algorithm: z.enum(['sha256', 'sha512', 'sha1']).default('sha256'),
  encoding: z.enum(['hex', 'base64']).default('hex'),
  prefix: z.string().max(64).default('').describe('What stands before the signature, such as `sha256=`'),
  timestampHeader: headerNameSchema
    .nullable()
    .default(null)
    .describe(
      'The header that has the time in seconds since 1970. With it, the time, a dot and the body are signed, and old deliveries are refused',
    ),
});
export type HmacSettings = z.output<typeof hmacSettingsSchema>;

/** What everyone who receives with a scheme has to know about it. */
export interface SchemeFacts {
  title: string;
  /** The secret as the source shows it, or takes it. */
  secret: string;
  /** Interlock can make the secret; otherwise the source does. */
  made: boolean;
}

export const schemeFacts: Record<InboundScheme, SchemeFacts> = {
  standard: { title: 'Standard Webhooks', secret: '`whsec_` and 24 to 64 bytes in base64', made: true },
  github: { title: 'GitHub', secret: 'the secret of the webhook', made: true },
  stripe: { title: 'Stripe', secret: 'the signing secret of the endpoint (`whsec_…`)', made: false },
  slack: { title: 'Slack', secret: 'the signing secret of the app', made: false },
  hmac: { title: 'HMAC signature', secret: 'the shared key', made: true },
  bearer: { title: 'Bearer token', secret: 'the token', made: true },
  basic: { title: 'Basic authentication', secret: '`user:password`', made: true },
};
