-- Events that arrived before the run reached the step that waits for them.
CREATE TABLE playbook_kept_event (
  id uuid PRIMARY KEY,
  tenant_id uuid NOT NULL,
  run_id uuid NOT NULL,
  name text NOT NULL,
  data jsonb,
  bytes int NOT NULL,
  request_id text NOT NULL,
  fingerprint text NOT NULL,
  actor_type text NOT NULL,
  actor_id text NOT NULL,
  actor_name text NOT NULL,
  actor_roles text[] NOT NULL,
  person text,
  step_run_id uuid,
  created_at timestamptz NOT NULL DEFAULT now(),
  UNIQUE (run_id, request_id)
);
--> statement-breakpoint
ALTER TABLE playbook_kept_event ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE playbook_kept_event FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY own ON playbook_kept_event TO interlock_app USING (tenant_id = (SELECT interlock_tenant()));
--> statement-breakpoint
CREATE POLICY every ON playbook_kept_event TO interlock_system USING (true);
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON playbook_kept_event TO interlock_app, interlock_system;
