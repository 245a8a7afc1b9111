-- A notice about a credential: its link. It goes when the credential is no longer about to expire.
ALTER TABLE notice ADD COLUMN IF NOT EXISTS credential_id uuid;
--> statement-breakpoint
CREATE INDEX notice_of_credential ON notice (credential_id) WHERE credential_id IS NOT NULL;
--> statement-breakpoint
GRANT DELETE ON notice TO interlock_app, interlock_system;
--> statement-breakpoint
-- Since when the provider has refused calls with the current value, and with which status; null: it has not.
ALTER TABLE credential
  ADD COLUMN IF NOT EXISTS refused_since timestamptz,
  ADD COLUMN IF NOT EXISTS refused_http_status integer;
--> statement-breakpoint
-- Of the link that was sent by mail: whoever uses it reads the mailbox. The other link is also known to who invites.
ALTER TABLE auth.invitation ADD COLUMN IF NOT EXISTS mail_token_hash text;
