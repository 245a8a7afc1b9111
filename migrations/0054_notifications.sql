-- What people are told, made of the event log (decision 0072). A row is a line of a person's list.
CREATE TABLE notification (
  id uuid PRIMARY KEY,
  tenant_id uuid NOT NULL,
  user_id text NOT NULL,
  kind text NOT NULL,
  critical boolean NOT NULL DEFAULT false,
  -- Null: a test.
  event_id bigint,
  event_type text NOT NULL,
  -- Names and numbers, of which the words are made; never a payload.
  facts jsonb NOT NULL DEFAULT '{}',
  -- Below the page of the organization.
  link text NOT NULL,
  -- The line that has taken it in: many of one kind within a minute are one line.
  line_id uuid,
  count int NOT NULL DEFAULT 1,
  -- Whether the list shows it.
  page boolean NOT NULL,
  -- From when a browser may show it; null: none does.
  browser_at timestamptz,
  read_at timestamptz,
  created_at timestamptz NOT NULL,
  UNIQUE (tenant_id, user_id, event_id)
);
--> statement-breakpoint
CREATE INDEX notification_list ON notification (tenant_id, user_id, id DESC) WHERE page AND line_id IS NULL;
--> statement-breakpoint
CREATE INDEX notification_unread ON notification (tenant_id, user_id, id) WHERE page AND line_id IS NULL AND read_at IS NULL;
--> statement-breakpoint
CREATE INDEX notification_kind ON notification (tenant_id, user_id, kind, created_at);
--> statement-breakpoint
CREATE INDEX notification_line ON notification (line_id) WHERE line_id IS NOT NULL;
--> statement-breakpoint
CREATE INDEX notification_kept ON notification (created_at);
--> statement-breakpoint
-- What is sent of it: by email, or by a tool.
CREATE TABLE notification_delivery (
  id uuid PRIMARY KEY,
  tenant_id uuid NOT NULL,
  notification_id uuid NOT NULL REFERENCES notification (id) ON DELETE CASCADE,
  user_id text NOT NULL,
  -- Null: email.
  channel_id uuid,
  status text NOT NULL DEFAULT 'pending',
  -- While a process sends it, the end of that process's lease.
  due_at timestamptz NOT NULL,
  -- The message that it is part of, from the first attempt on.
  message_id uuid,
  attempts int NOT NULL DEFAULT 0,
  error text,
  execution_id uuid,
  ended_at timestamptz
);
--> statement-breakpoint
CREATE INDEX notification_delivery_due ON notification_delivery (due_at) WHERE status = 'pending';
--> statement-breakpoint
CREATE INDEX notification_delivery_of ON notification_delivery (notification_id);
--> statement-breakpoint
CREATE INDEX notification_delivery_person ON notification_delivery (tenant_id, user_id, channel_id) WHERE status = 'pending';
--> statement-breakpoint
-- How a person wants to be told in an organization; what is left out is as by default.
CREATE TABLE notification_setting (
  tenant_id uuid NOT NULL,
  user_id text NOT NULL,
  settings jsonb NOT NULL,
  updated_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (tenant_id, user_id)
);
--> statement-breakpoint
-- A tool of the organization that tells people.
CREATE TABLE notification_channel (
  id uuid PRIMARY KEY,
  tenant_id uuid NOT NULL,
  name text NOT NULL,
  tool_id uuid NOT NULL,
  -- The input of the tool, with expressions.
  input json NOT NULL,
  enabled boolean NOT NULL DEFAULT true,
  disabled_reason text,
  archived_at timestamptz,
  -- Its executions are theirs.
  owner_type text NOT NULL,
  owner_id text NOT NULL,
  owner_name text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now()
);
--> statement-breakpoint
CREATE UNIQUE INDEX notification_channel_name ON notification_channel (tenant_id, name) WHERE archived_at IS NULL;
--> statement-breakpoint
-- How far the log has been read.
CREATE TABLE notification_position (
  only_one boolean PRIMARY KEY DEFAULT true CHECK (only_one),
  xid text NOT NULL,
  event_id text NOT NULL DEFAULT '0'
);
--> statement-breakpoint
-- No one is told of what happened before.
INSERT INTO notification_position (xid) VALUES (pg_snapshot_xmin(pg_current_snapshot())::text);
--> statement-breakpoint
DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['notification', 'notification_delivery', 'notification_setting', 'notification_channel'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', t);
    EXECUTE format('CREATE POLICY own ON %I TO interlock_app USING (tenant_id = (SELECT interlock_tenant()))', t);
    EXECUTE format('CREATE POLICY every ON %I TO interlock_system USING (true)', t);
  END LOOP;
END $$;
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE ON notification, notification_delivery, notification_setting, notification_channel
  TO interlock_app;
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON notification, notification_delivery, notification_setting, notification_channel
  TO interlock_system;
--> statement-breakpoint
GRANT SELECT, UPDATE ON notification_position TO interlock_system;
