-- Endpoints that receive deliveries of other systems, and what they do with them.
CREATE TABLE inbound_webhook (
  id uuid PRIMARY KEY,
  tenant_id uuid NOT NULL,
  name text NOT NULL,
  description text NOT NULL DEFAULT '',
  scheme text NOT NULL,
  hmac jsonb,
  id_header text,
  receive_key text NOT NULL,
  -- The SHA-256 of the key: looking it up takes the same time for every key.
  receive_digest bytea NOT NULL UNIQUE,
  secret_sealed bytea NOT NULL,
  secret_since timestamptz NOT NULL DEFAULT now(),
  previous_until timestamptz,
  actions json NOT NULL,
  requests_per_minute int NOT NULL,
  burst int NOT NULL,
  accountable_id text,
  accountable_name text,
  enabled boolean NOT NULL DEFAULT true,
  revision int NOT NULL DEFAULT 1,
  refused_count bigint NOT NULL DEFAULT 0,
  refused_at timestamptz,
  refused_reason text,
  limited_count bigint NOT NULL DEFAULT 0,
  limited_at timestamptz,
  created_by_type text NOT NULL,
  created_by_id text NOT NULL,
  created_by_name text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_by_type text NOT NULL,
  updated_by_id text NOT NULL,
  updated_by_name text NOT NULL,
  updated_at timestamptz NOT NULL DEFAULT now(),
  archived_at timestamptz
);
--> statement-breakpoint
CREATE INDEX inbound_webhook_list ON inbound_webhook (tenant_id, id) WHERE archived_at IS NULL;
--> statement-breakpoint
CREATE TABLE inbound_delivery (
  id uuid PRIMARY KEY,
  tenant_id uuid NOT NULL,
  webhook_id uuid NOT NULL REFERENCES inbound_webhook (id),
  delivery_key text NOT NULL,
  body_digest text NOT NULL,
  -- Null: it was erased, because the delivery is about a person who was.
  input_sealed bytea,
  body_bytes int NOT NULL,
  content_type text NOT NULL,
  address text,
  is_test boolean NOT NULL DEFAULT false,
  status text NOT NULL DEFAULT 'accepted' CHECK (status IN ('accepted', 'processed', 'failed')),
  round int NOT NULL DEFAULT 0,
  attempts int NOT NULL DEFAULT 0,
  start_at timestamptz,
  sender_id text,
  headers jsonb,
  body jsonb,
  results jsonb NOT NULL DEFAULT '[]',
  error text,
  received_at timestamptz NOT NULL DEFAULT now(),
  ended_at timestamptz,
  UNIQUE (webhook_id, delivery_key)
);
--> statement-breakpoint
CREATE INDEX inbound_delivery_list ON inbound_delivery (tenant_id, webhook_id, id DESC);
--> statement-breakpoint
CREATE INDEX inbound_delivery_by_status ON inbound_delivery (tenant_id, webhook_id, status, id DESC) WHERE status <> 'processed';
--> statement-breakpoint
CREATE INDEX inbound_delivery_due ON inbound_delivery (start_at) WHERE status = 'accepted';
--> statement-breakpoint
CREATE INDEX inbound_delivery_age ON inbound_delivery (tenant_id, received_at);
--> statement-breakpoint
CREATE TABLE inbound_rate (
  tenant_id uuid NOT NULL,
  subject_id uuid NOT NULL,
  due_at timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, subject_id)
);
--> statement-breakpoint
CREATE TABLE inbound_group (
  tenant_id uuid NOT NULL,
  webhook_id uuid NOT NULL REFERENCES inbound_webhook (id),
  key_digest text NOT NULL,
  exception_id uuid,
  seen_count int NOT NULL DEFAULT 0,
  last_seen_at timestamptz NOT NULL DEFAULT now(),
  opened_by uuid,
  resolved_by uuid,
  PRIMARY KEY (tenant_id, webhook_id, key_digest)
);
--> statement-breakpoint
DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['inbound_webhook', 'inbound_delivery', 'inbound_rate', 'inbound_group'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', t);
    EXECUTE format('CREATE POLICY own ON %I TO interlock_app USING (tenant_id = (SELECT interlock_tenant()))', t);
    EXECUTE format('CREATE POLICY every ON %I TO interlock_system USING (true)', t);
  END LOOP;
END $$;
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE ON inbound_webhook, inbound_delivery, inbound_rate, inbound_group TO interlock_app, interlock_system;
--> statement-breakpoint
GRANT DELETE ON inbound_delivery TO interlock_system;
