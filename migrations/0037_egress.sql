-- The hosts that a tenant's calls may reach, and who set them; null: it was never set, and every public host may be reached.
ALTER TABLE tenant_setting
  ADD COLUMN IF NOT EXISTS egress jsonb,
  ADD COLUMN IF NOT EXISTS egress_revision integer NOT NULL DEFAULT 0;
--> statement-breakpoint
-- How often a tool, a credential or a webhook has reached a host on a day (UTC), or was refused. Processes add what they have
-- counted in memory.
CREATE TABLE egress_reach (
  tenant_id uuid NOT NULL,
  day text NOT NULL,
  host text NOT NULL,
  port integer NOT NULL,
  method text NOT NULL,
  caller_type text NOT NULL,
  caller_id text NOT NULL,
  outcome text NOT NULL,
  count bigint NOT NULL,
  last_at timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, day, host, port, method, caller_type, caller_id, outcome)
);
--> statement-breakpoint
CREATE INDEX egress_reach_day ON egress_reach (day);
--> statement-breakpoint
ALTER TABLE egress_reach ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE egress_reach FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY own ON egress_reach TO interlock_app USING (tenant_id = (SELECT interlock_tenant()));
--> statement-breakpoint
CREATE POLICY every ON egress_reach TO interlock_system USING (true);
--> statement-breakpoint
GRANT SELECT ON egress_reach TO interlock_app;
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON egress_reach TO interlock_system;
