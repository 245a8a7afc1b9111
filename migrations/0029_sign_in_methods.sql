-- A second factor and passkeys, in the shape that better-auth 1.7.5 compiles for them.
ALTER TABLE auth."user" ADD COLUMN "twoFactorEnabled" boolean;
--> statement-breakpoint
CREATE TABLE auth."twoFactor" (
  "id" text NOT NULL PRIMARY KEY, "secret" text NOT NULL, "backupCodes" text NOT NULL,
  "userId" text NOT NULL REFERENCES auth."user" ("id") ON DELETE CASCADE, "verified" boolean,
  "failedVerificationCount" integer, "lockedUntil" timestamptz
);
--> statement-breakpoint
CREATE INDEX "twoFactor_secret_idx" ON auth."twoFactor" ("secret");
--> statement-breakpoint
CREATE INDEX "twoFactor_userId_idx" ON auth."twoFactor" ("userId");
--> statement-breakpoint
CREATE TABLE auth."passkey" (
  "id" text NOT NULL PRIMARY KEY, "name" text, "publicKey" text NOT NULL,
  "userId" text NOT NULL REFERENCES auth."user" ("id") ON DELETE CASCADE, "credentialID" text NOT NULL,
  "counter" integer NOT NULL, "deviceType" text NOT NULL, "backedUp" boolean NOT NULL, "transports" text,
  "createdAt" timestamptz, "aaguid" text
);
--> statement-breakpoint
CREATE INDEX "passkey_userId_idx" ON auth."passkey" ("userId");
--> statement-breakpoint
CREATE INDEX "passkey_credentialID_idx" ON auth."passkey" ("credentialID");
--> statement-breakpoint
-- When the provider of single sign-on was last asked about a person.
CREATE TABLE auth.oidc_check (
  user_id text PRIMARY KEY REFERENCES auth."user" ("id") ON DELETE CASCADE,
  checked_at timestamptz NOT NULL
);
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON auth."twoFactor", auth."passkey", auth.oidc_check TO interlock_auth;
