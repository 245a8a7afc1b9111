-- Apps that act for a person at the MCP door, by OAuth. Secrets are stored as SHA-256 only.
CREATE TABLE auth.oauth_client (
  id text PRIMARY KEY,
  -- As it has registered itself: nothing of it is verified.
  metadata jsonb NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now()
);
--> statement-breakpoint
CREATE INDEX oauth_client_created ON auth.oauth_client (created_at);
--> statement-breakpoint
-- What a person has allowed an app in one organization.
CREATE TABLE auth.oauth_grant (
  id text PRIMARY KEY,
  user_id text NOT NULL REFERENCES auth."user" ("id") ON DELETE CASCADE,
  tenant_id text NOT NULL REFERENCES auth.organization ("id") ON DELETE CASCADE,
  client_id text NOT NULL,
  client_name text,
  redirect_host text NOT NULL,
  resource text NOT NULL,
  scopes text[] NOT NULL,
  -- How the person signed in then: when that changes, the app is no longer allowed.
  sign_in_digest text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  -- Moved on whenever the app renews its access.
  expires_at timestamptz NOT NULL,
  ended_at timestamptz,
  last_used_at timestamptz,
  last_address text
);
--> statement-breakpoint
CREATE INDEX oauth_grant_user ON auth.oauth_grant (user_id);
--> statement-breakpoint
CREATE INDEX oauth_grant_tenant ON auth.oauth_grant (tenant_id);
--> statement-breakpoint
CREATE INDEX oauth_grant_client ON auth.oauth_grant (client_id);
--> statement-breakpoint
-- Codes, access and refresh tokens, and requests that wait for a person.
CREATE TABLE auth.oauth_issued (
  kind text NOT NULL,
  hash text NOT NULL,
  grant_id text REFERENCES auth.oauth_grant (id) ON DELETE CASCADE,
  payload jsonb NOT NULL,
  expires_at timestamptz NOT NULL,
  consumed_at timestamptz,
  PRIMARY KEY (kind, hash)
);
--> statement-breakpoint
CREATE INDEX oauth_issued_grant ON auth.oauth_issued (grant_id);
--> statement-breakpoint
CREATE INDEX oauth_issued_expires ON auth.oauth_issued (expires_at);
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON auth.oauth_client, auth.oauth_grant, auth.oauth_issued TO interlock_auth;
