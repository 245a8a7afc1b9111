-- Web Push (decision 0080). The keys that sign for this deployment at push services (RFC 8292); the newest one is used for new
-- subscriptions, and each subscription works with the key that it was made with.
CREATE TABLE push_key (
  public_key text PRIMARY KEY,
  private_key_sealed bytea NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now()
);
--> statement-breakpoint
GRANT SELECT, INSERT, DELETE, UPDATE (private_key_sealed) ON push_key TO interlock_system;
--> statement-breakpoint
-- A browser that shows a person's notifications of an organization also while no page is open. It ends with the session in which
-- it was made, and with the membership.
CREATE TABLE push_subscription (
  id uuid PRIMARY KEY,
  tenant_id uuid NOT NULL,
  user_id text NOT NULL,
  session_id text NOT NULL REFERENCES auth.session (id) ON DELETE CASCADE,
  member_id text NOT NULL REFERENCES auth.member (id) ON DELETE CASCADE,
  public_key text NOT NULL REFERENCES push_key,
  -- SHA-256: one browser belongs to one person.
  endpoint_digest text NOT NULL,
  -- The host of the push service.
  service text NOT NULL,
  -- Endpoint and keys: who has them can send to the browser.
  endpoint_sealed bytea NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  UNIQUE (tenant_id, session_id)
);
--> statement-breakpoint
CREATE INDEX push_subscription_person ON push_subscription (tenant_id, user_id);
--> statement-breakpoint
CREATE INDEX push_subscription_session ON push_subscription (session_id);
--> statement-breakpoint
CREATE INDEX push_subscription_member ON push_subscription (member_id);
--> statement-breakpoint
CREATE INDEX push_subscription_endpoint ON push_subscription (endpoint_digest);
--> statement-breakpoint
CREATE INDEX push_subscription_key ON push_subscription (public_key);
--> statement-breakpoint
ALTER TABLE push_subscription ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE push_subscription FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY own ON push_subscription TO interlock_app USING (tenant_id = (SELECT interlock_tenant()));
--> statement-breakpoint
CREATE POLICY every ON push_subscription TO interlock_system USING (true);
--> statement-breakpoint
GRANT SELECT, DELETE ON push_subscription TO interlock_app;
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON push_subscription TO interlock_system;
--> statement-breakpoint
-- By Web Push: `channel_id` is then the subscription. For a process of the version before, that is a channel which no one has chosen.
ALTER TABLE notification_delivery ADD COLUMN push boolean NOT NULL DEFAULT false;
--> statement-breakpoint
-- What was last not sent.
CREATE INDEX IF NOT EXISTS notification_delivery_failed ON notification_delivery (tenant_id, ended_at) WHERE error IS NOT NULL;
--> statement-breakpoint
CREATE INDEX IF NOT EXISTS notification_delivery_by_tool ON notification_delivery (tenant_id, ended_at)
  WHERE execution_id IS NOT NULL;
--> statement-breakpoint
-- No query uses it.
DROP INDEX notification_line;
