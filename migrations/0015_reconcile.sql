-- Workflows that cannot go on: their tasks fail, or no worker takes them. Kept by the reconciler.
CREATE TABLE stalled_workflow (
  subject_id uuid PRIMARY KEY,
  tenant_id uuid NOT NULL,
  subject_type text NOT NULL,
  cause text NOT NULL,
  since timestamptz NOT NULL,
  seen_at timestamptz NOT NULL DEFAULT now()
);
--> statement-breakpoint
ALTER TABLE stalled_workflow ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE stalled_workflow FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY own ON stalled_workflow TO interlock_app USING (tenant_id = (SELECT interlock_tenant()));
--> statement-breakpoint
CREATE POLICY every ON stalled_workflow TO interlock_system USING (true);
--> statement-breakpoint
GRANT SELECT ON stalled_workflow TO interlock_app;
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON stalled_workflow TO interlock_system;
--> statement-breakpoint
-- For the reconciler, which looks at every open run in turn.
CREATE INDEX playbook_run_open ON playbook_run (id) WHERE status IN ('running', 'waiting');
