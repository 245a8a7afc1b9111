-- Executions whose first attempt has begun and whose workflow has not started yet. Rows live for some milliseconds.
CREATE TABLE owed_start (
  execution_id uuid PRIMARY KEY,
  tenant_id uuid NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now()
) WITH (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000);
--> statement-breakpoint
ALTER TABLE owed_start ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE owed_start FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY own ON owed_start TO interlock_app USING (tenant_id = (SELECT interlock_tenant()));
--> statement-breakpoint
CREATE POLICY every ON owed_start TO interlock_system USING (true);
--> statement-breakpoint
GRANT SELECT, INSERT ON owed_start TO interlock_app;
--> statement-breakpoint
GRANT SELECT, INSERT, DELETE ON owed_start TO interlock_system;
