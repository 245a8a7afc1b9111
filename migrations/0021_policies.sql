-- Who may run what, and how. A change is a new revision of the row; the tenant's counter says that something has changed.
CREATE TABLE policy (
  id uuid PRIMARY KEY,
  tenant_id uuid NOT NULL,
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
CREATE INDEX policy_in_force ON policy (tenant_id) WHERE archived_at IS NULL;
--> statement-breakpoint
-- When a policy's rate was last used: the latest uses of its period, oldest first.
CREATE TABLE policy_rate (
  policy_id uuid PRIMARY KEY REFERENCES policy (id),
  tenant_id uuid NOT NULL,
  uses timestamptz[] NOT NULL DEFAULT '{}'
);
--> statement-breakpoint
ALTER TABLE policy ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE policy FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE policy_rate ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE policy_rate FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY own ON policy TO interlock_app USING (tenant_id = (SELECT interlock_tenant()));
--> statement-breakpoint
CREATE POLICY every ON policy TO interlock_system USING (true);
--> statement-breakpoint
CREATE POLICY own ON policy_rate TO interlock_app USING (tenant_id = (SELECT interlock_tenant()));
--> statement-breakpoint
CREATE POLICY every ON policy_rate TO interlock_system USING (true);
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE ON policy, policy_rate TO interlock_app, interlock_system;
--> statement-breakpoint
-- Raised by every change of a policy. Every execution compares it, in the row that it reads anyway.
ALTER TABLE tenant_setting ADD COLUMN policy_revision int NOT NULL DEFAULT 0;
--> statement-breakpoint
-- What the policies decided when it was requested (null: none concerned it), and the roles that were held (null: it was
-- requested before, or by no one who has roles).
ALTER TABLE tool_execution
  ADD COLUMN policy_decision jsonb,
  ADD COLUMN requested_by_roles text[];
