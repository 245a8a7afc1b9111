-- Accounts, sessions, organisations (our tenants) and API keys, in the shape better-auth 1.7.5 compiles for them;
-- its column names are its own. Only interlock_auth works on them.
CREATE TABLE auth."user" (
  "id" text NOT NULL PRIMARY KEY, "name" text NOT NULL, "email" text NOT NULL UNIQUE, "emailVerified" boolean NOT NULL,
  "image" text, "createdAt" timestamptz DEFAULT CURRENT_TIMESTAMP NOT NULL, "updatedAt" timestamptz DEFAULT CURRENT_TIMESTAMP NOT NULL,
  "platform_admin" boolean
);
--> statement-breakpoint
CREATE TABLE auth."session" (
  "id" text NOT NULL PRIMARY KEY, "expiresAt" timestamptz NOT NULL, "token" text NOT NULL UNIQUE,
  "createdAt" timestamptz DEFAULT CURRENT_TIMESTAMP NOT NULL, "updatedAt" timestamptz NOT NULL, "ipAddress" text, "userAgent" text,
  "userId" text NOT NULL REFERENCES auth."user" ("id") ON DELETE CASCADE, "activeOrganizationId" text
);
--> statement-breakpoint
CREATE TABLE auth."account" (
  "id" text NOT NULL PRIMARY KEY, "accountId" text NOT NULL, "providerId" text NOT NULL,
  "userId" text NOT NULL REFERENCES auth."user" ("id") ON DELETE CASCADE, "accessToken" text, "refreshToken" text, "idToken" text,
  "accessTokenExpiresAt" timestamptz, "refreshTokenExpiresAt" timestamptz, "scope" text, "password" text,
  "createdAt" timestamptz DEFAULT CURRENT_TIMESTAMP NOT NULL, "updatedAt" timestamptz NOT NULL
);
--> statement-breakpoint
CREATE TABLE auth."verification" (
  "id" text NOT NULL PRIMARY KEY, "identifier" text NOT NULL, "value" text NOT NULL, "expiresAt" timestamptz NOT NULL,
  "createdAt" timestamptz DEFAULT CURRENT_TIMESTAMP NOT NULL, "updatedAt" timestamptz DEFAULT CURRENT_TIMESTAMP NOT NULL
);
--> statement-breakpoint
CREATE TABLE auth."organization" (
  "id" text NOT NULL PRIMARY KEY, "name" text NOT NULL, "slug" text NOT NULL UNIQUE, "logo" text, "createdAt" timestamptz NOT NULL,
  "metadata" text
);
--> statement-breakpoint
CREATE TABLE auth."member" (
  "id" text NOT NULL PRIMARY KEY, "organizationId" text NOT NULL REFERENCES auth."organization" ("id") ON DELETE CASCADE,
  "userId" text NOT NULL REFERENCES auth."user" ("id") ON DELETE CASCADE, "role" text NOT NULL, "createdAt" timestamptz NOT NULL
);
--> statement-breakpoint
CREATE TABLE auth."invitation" (
  "id" text NOT NULL PRIMARY KEY, "organizationId" text NOT NULL REFERENCES auth."organization" ("id") ON DELETE CASCADE,
  "email" text NOT NULL, "role" text, "status" text NOT NULL, "expiresAt" timestamptz NOT NULL,
  "createdAt" timestamptz DEFAULT CURRENT_TIMESTAMP NOT NULL, "inviterId" text NOT NULL REFERENCES auth."user" ("id") ON DELETE CASCADE
);
--> statement-breakpoint
CREATE TABLE auth."apikey" (
  "id" text NOT NULL PRIMARY KEY, "configId" text NOT NULL, "name" text, "start" text, "referenceId" text NOT NULL, "prefix" text,
  "key" text NOT NULL, "refillInterval" integer, "refillAmount" integer, "lastRefillAt" timestamptz, "enabled" boolean,
  "rateLimitEnabled" boolean, "rateLimitTimeWindow" integer, "rateLimitMax" integer, "requestCount" integer, "remaining" integer,
  "lastRequest" timestamptz, "expiresAt" timestamptz, "createdAt" timestamptz NOT NULL, "updatedAt" timestamptz NOT NULL,
  "permissions" text, "metadata" text
);
--> statement-breakpoint
CREATE INDEX "session_userId_idx" ON auth."session" ("userId");
--> statement-breakpoint
CREATE INDEX "account_userId_idx" ON auth."account" ("userId");
--> statement-breakpoint
CREATE INDEX "verification_identifier_idx" ON auth."verification" ("identifier");
--> statement-breakpoint
CREATE INDEX "member_organizationId_idx" ON auth."member" ("organizationId");
--> statement-breakpoint
CREATE INDEX "member_userId_idx" ON auth."member" ("userId");
--> statement-breakpoint
CREATE INDEX "invitation_organizationId_idx" ON auth."invitation" ("organizationId");
--> statement-breakpoint
CREATE INDEX "invitation_email_idx" ON auth."invitation" ("email");
--> statement-breakpoint
CREATE INDEX "apikey_configId_idx" ON auth."apikey" ("configId");
--> statement-breakpoint
CREATE INDEX "apikey_referenceId_idx" ON auth."apikey" ("referenceId");
--> statement-breakpoint
CREATE UNIQUE INDEX "apikey_key_idx" ON auth."apikey" ("key");
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA auth TO interlock_auth;
--> statement-breakpoint
GRANT SELECT ON auth."organization" TO interlock_system;
