-- Members, invitations and API keys are changed by the product. Columns beside better-auth's own are ours.
ALTER TABLE auth.apikey
  -- The key before a rotation works until then.
  ADD COLUMN previous_key text,
  ADD COLUMN previous_until timestamptz,
  ADD COLUMN revision integer NOT NULL DEFAULT 1,
  ADD COLUMN last_address text;
--> statement-breakpoint
CREATE UNIQUE INDEX apikey_previous_key ON auth.apikey (previous_key) WHERE previous_key IS NOT NULL;
--> statement-breakpoint
ALTER TABLE auth.invitation
  -- SHA-256 of what the link holds; null: the link does not work any more.
  ADD COLUMN token_hash text,
  ADD COLUMN inviter_type text,
  ADD COLUMN inviter_actor_id text,
  ADD COLUMN inviter_name text,
  -- The person who is accountable for it; an API key may have none.
  ALTER COLUMN "inviterId" DROP NOT NULL;
--> statement-breakpoint
CREATE UNIQUE INDEX invitation_token ON auth.invitation (token_hash) WHERE token_hash IS NOT NULL;
--> statement-breakpoint
ALTER TABLE auth.session ADD COLUMN last_seen_at timestamptz;
--> statement-breakpoint
-- A change of an account is told in its own transaction. The role adds such events, and reads none.
GRANT INSERT ON event TO interlock_auth;
--> statement-breakpoint
CREATE POLICY accounts ON event FOR INSERT TO interlock_auth
  WITH CHECK (subject_type IN ('member', 'invitation', 'api_key', 'organization'));
