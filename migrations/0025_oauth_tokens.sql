-- Access tokens that processes share, with the sign-in behind them where there is one.
CREATE TABLE oauth_token (
  -- Of a sign-in: the id of its credential. Otherwise a digest of the client, its secret and the tenant that calls.
  key text PRIMARY KEY,
  -- Null: the sign-in of a global credential.
  tenant_id uuid,
  -- The access token, and the refresh token if there is one.
  sealed bytea,
  renewable boolean NOT NULL DEFAULT false,
  -- From then on another access token is fetched.
  usable_until timestamptz,
  -- Counts the tokens: one that was refused is not used again.
  generation int NOT NULL DEFAULT 0,
  -- The process that fetches the next one, and until when no other does.
  claim uuid,
  claimed_until timestamptz,
  -- When the answer to a refresh was lost: the provider may have replaced the refresh token.
  lost_at timestamptz,
  -- Digest of the client, the URLs and the scope that a person signed in for.
  settings text,
  connected_by_type text,
  connected_by_id text,
  connected_by_name text,
  connected_at timestamptz,
  -- Why someone has to sign in again, in words.
  failure text,
  failed_at timestamptz,
  updated_at timestamptz NOT NULL DEFAULT now()
);
--> statement-breakpoint
CREATE INDEX oauth_token_unused ON oauth_token (tenant_id, usable_until) WHERE connected_at IS NULL;
--> statement-breakpoint
-- A sign-in that someone has begun at a provider. It is used once.
CREATE TABLE oauth_sign_in (
  state_digest text PRIMARY KEY,
  tenant_id uuid NOT NULL,
  credential_id uuid NOT NULL REFERENCES credential (id),
  -- Of the browser that began it; no other may finish it.
  session_digest text NOT NULL,
  -- The verifier of PKCE, the client, and the page to return to.
  sealed bytea NOT NULL,
  expires_at timestamptz NOT NULL
);
--> statement-breakpoint
CREATE INDEX oauth_sign_in_expired ON oauth_sign_in (tenant_id, expires_at);
--> statement-breakpoint
DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['oauth_token', 'oauth_sign_in'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', t);
    EXECUTE format('CREATE POLICY own ON %I TO interlock_app USING (tenant_id = (SELECT interlock_tenant()))', t);
    EXECUTE format('CREATE POLICY every ON %I TO interlock_system USING (true)', t);
    EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %I TO interlock_app, interlock_system', t);
  END LOOP;
END $$;
