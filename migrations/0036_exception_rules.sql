-- What is decided about every new exception, in the order of `position`. A change is a new revision of the row.
CREATE TABLE exception_rule (
  id uuid PRIMARY KEY,
  tenant_id uuid NOT NULL,
  position int NOT NULL,
  revision int NOT NULL DEFAULT 1,
  format_version int NOT NULL,
  document json NOT NULL,
  archived_at timestamptz,
  created_by_type text NOT NULL,
  created_by_id text NOT NULL,
  created_by_name text NOT NULL,
  updated_by_type text NOT NULL,
  updated_by_id text NOT NULL,
  updated_by_name text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now()
);
--> statement-breakpoint
CREATE INDEX exception_rule_in_force ON exception_rule (tenant_id, position, id) WHERE archived_at IS NULL;
--> statement-breakpoint
ALTER TABLE exception_rule ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE exception_rule FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY own ON exception_rule TO interlock_app USING (tenant_id = (SELECT interlock_tenant()));
--> statement-breakpoint
CREATE POLICY every ON exception_rule TO interlock_system USING (true);
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE ON exception_rule TO interlock_app, interlock_system;
--> statement-breakpoint
-- Raised by every change of a rule or of their order, so that changes of a tenant take turns.
ALTER TABLE tenant_setting ADD COLUMN IF NOT EXISTS exception_rules_revision int NOT NULL DEFAULT 0;
