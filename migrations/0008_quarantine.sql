-- How many executions of a tenant are in flight.
CREATE INDEX tool_execution_open_by_tenant ON tool_execution (tenant_id) WHERE status IN ('requested', 'running');
--> statement-breakpoint
-- Set while nothing more is tried, because the work has ended its worker process twice.
ALTER TABLE tool_execution ADD COLUMN quarantined_at timestamptz;
--> statement-breakpoint
ALTER TABLE execution_attempt ADD COLUMN cleared boolean NOT NULL DEFAULT false;
--> statement-breakpoint
ALTER TABLE playbook_run ADD COLUMN quarantined_at timestamptz;
--> statement-breakpoint
-- Work of a run that a worker has begun and not ended. Found by another worker, it was lost.
CREATE TABLE playbook_task (
  run_id uuid NOT NULL,
  task text NOT NULL,
  tenant_id uuid NOT NULL,
  worker text NOT NULL,
  lost int NOT NULL DEFAULT 0,
  started_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (run_id, task)
);
--> statement-breakpoint
ALTER TABLE playbook_task ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE playbook_task FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY own ON playbook_task TO interlock_app USING (tenant_id = (SELECT interlock_tenant()));
--> statement-breakpoint
CREATE POLICY every ON playbook_task TO interlock_system USING (true);
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON playbook_task TO interlock_app, interlock_system;
