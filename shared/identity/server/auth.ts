import { apiKey } from '@better-auth/api-key';
import { betterAuth } from 'better-auth';
import { organization } from 'better-auth/plugins';
import { createAccessControl } from 'better-auth/plugins/access';
import type pg from 'pg';
import { v7 as uuidv7 } from 'uuid';
import type { Role } from '../roles.ts';

/** A member may have several of these, comma separated; what they may do is decided by `authorize`, not here. */
export const memberRoles = [
  'viewer',
  'operator',
  'approver',
  'tool_admin',
  'tenant_admin',
] as const satisfies Role[];

export interface AuthOptions {
  pool: pg.Pool;
  secret: string;
  publicUrl: string;
}

/**
 * Accounts, organisations (our tenants), sessions and API keys, by better-auth in the schema `auth`.
 * Nobody signs up by themselves; people are added by an administrator or by seeding.
 */
export function createAuth({ pool, secret, publicUrl }: AuthOptions) {
  const access = createAccessControl({});
  const none = access.newRole({});
  return betterAuth({
    appName: 'Interlock',
    baseURL: publicUrl,
    basePath: '/api/auth',
    secret,
    trustedOrigins: originsOf(publicUrl),
    database: pool,
    telemetry: { enabled: false },
    logger: { disabled: true },
    // What is not an answer of theirs reaches our own handler, which logs it and knows its status.
    onAPIError: { throw: true },
    emailAndPassword: { enabled: true, disableSignUp: true, minPasswordLength: 8 },
    user: {
      additionalFields: {
        platformAdmin: {
          type: 'boolean',
          fieldName: 'platform_admin',
          defaultValue: false,
          required: false,
          input: false,
        },
      },
    },
    session: { expiresIn: 12 * 3600, updateAge: 3600 },
    rateLimit: {
      enabled: true,
      window: 60,
      max: 300,
      customRules: { '/sign-in/email': { window: 60, max: 30 } },
    },
    advanced: {
      database: { generateId: () => uuidv7() },
      cookiePrefix: 'interlock',
      defaultCookieAttributes: { httpOnly: true, sameSite: 'lax' },
    },
    plugins: [
      organization({
        ac: access,
        roles: Object.fromEntries(memberRoles.map((role) => [role, none])),
        creatorRole: 'tenant_admin',
        allowUserToCreateOrganization: false,
      }),
      apiKey({
        references: 'organization',
        enableMetadata: true,
        defaultPrefix: 'ilk_',
        // The default allows ten calls a day; our limits are per tool and tenant.
        rateLimit: { enabled: false },
      }),
    ],
  });
}

/** On one machine, `localhost` and `127.0.0.1` are two names of the same page. */
function originsOf(publicUrl: string): string[] {
  const { origin, protocol, hostname, port } = new URL(publicUrl);
  const loopback = ['localhost', '127.0.0.1'];
  return loopback.includes(hostname) ? loopback.map((host) => `${protocol}//${host}:${port}`) : [origin];
}

export type Auth = ReturnType<typeof createAuth>;
