import { apiKey } from '@better-auth/api-key';
import { passkey } from '@better-auth/passkey';
import { betterAuth } from 'better-auth';
import { APIError, createAuthMiddleware } from 'better-auth/api';
import { organization, twoFactor } from 'better-auth/plugins';
import { createAccessControl } from 'better-auth/plugins/access';
import type pg from 'pg';
import { v7 as uuidv7 } from 'uuid';
import { memberRoles } from '../roles.ts';
import type { OidcClient } from './oidc/provider-directory.ts';
import { oidcProvider, singleSignOn } from './oidc/single-sign-on.ts';
import { chosenPasswordProblem, maxPasswordLength, minPasswordLength } from './password-rules.ts';

/** Of every cookie that better-auth sets. */
export const cookiePrefix = 'interlock';

/** Of every API key. */
export const apiKeyPrefix = 'ilk_';

export interface AuthOptions {
  pool: pg.Pool;
  secret: string;
  publicUrl: string;
  /** Null: no single sign-on. */
  oidc?: OidcClient | null;
}

/**
 * Accounts, organizations (our tenants), sessions and API keys, by better-auth in the schema `auth`.
 * There is no sign-up: people are invited, or added by seeding.
 */
export function createAuth({ pool, secret, publicUrl, oidc = null }: AuthOptions) {
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
    // An unexpected error reaches our own error handler, which logs it and knows its status.
    onAPIError: { throw: true },
    account: {
      // The people who run the product chose the provider. An account whose address no one has verified may be someone else's:
      // a person who was invited to another organization under this address.
      accountLinking: { enabled: true, trustedProviders: [oidcProvider], requireLocalEmailVerified: true },
      encryptOAuthTokens: true,
    },
    emailAndPassword: { enabled: true, disableSignUp: true, minPasswordLength, maxPasswordLength },
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
      // Failed sign-ins have limits of their own, which every process shares.
      customRules: {
        '/sign-in/email': false,
        // So have wrong codes: five in one sign-in, ten of an account in 15 minutes.
        '/two-factor/*': false,
      },
    },
    hooks: {
      before: createAuthMiddleware(async ({ path, body }) => {
        if (path !== '/change-password') return;
        const problem = chosenPasswordProblem(String(body?.newPassword ?? ''));
        if (problem) throw new APIError('BAD_REQUEST', { message: problem });
        // Everyone else with a session of this account is signed out.
        return { context: { body: { ...body, revokeOtherSessions: true } } };
      }),
    },
    advanced: {
      database: { generateId: () => uuidv7() },
      cookiePrefix,
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
        defaultPrefix: apiKeyPrefix,
        // The default is ten calls a day. Our own limits are per tool and tenant.
        rateLimit: { enabled: false },
      }),
      // A person who signs in by single sign-on has no password.
      twoFactor({ issuer: 'Interlock', allowPasswordless: true }),
      passkey({
        rpName: 'Interlock',
        rpID: isLoopback(publicUrl) ? 'localhost' : new URL(publicUrl).hostname,
        origin: originsOf(publicUrl),
        authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
        // A passkey is both factors: the device, and who unlocks it.
        authentication: {
          afterVerification: ({ verification }) => {
            if (!verification.authenticationInfo.userVerified)
              throw new APIError('UNAUTHORIZED', { message: 'The device has not checked who you are.' });
          },
        },
      }),
      ...(oidc ? [singleSignOn(oidc, oidc.directory)] : []),
    ],
  });
}

/** On one machine, `localhost` and `127.0.0.1` are two names for the same page. */
function originsOf(publicUrl: string): string[] {
  const { origin, protocol, port } = new URL(publicUrl);
  return isLoopback(publicUrl) ? loopback.map((host) => `${protocol}//${host}:${port}`) : [origin];
}

const loopback = ['localhost', '127.0.0.1'];
const isLoopback = (publicUrl: string): boolean => loopback.includes(new URL(publicUrl).hostname);

export type Auth = ReturnType<typeof createAuth>;
