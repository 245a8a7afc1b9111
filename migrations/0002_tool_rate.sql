-- When the next run of a tool with a rate limit would be on time (GCRA), for each tenant.
CREATE TABLE tool_rate (
  tenant_id uuid NOT NULL,
  tool_id uuid NOT NULL REFERENCES tool (id),
  due_at timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, tool_id)
);
--> statement-breakpoint
ALTER TABLE tool_rate ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE tool_rate FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY own ON tool_rate TO interlock_app USING (tenant_id = (SELECT interlock_tenant()));
--> statement-breakpoint
CREATE POLICY every ON tool_rate TO interlock_system USING (true);
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE ON tool_rate TO interlock_app, interlock_system;
