-- Every definition that a connector has had. Immutable; it holds no secret, only the credential's id.
CREATE TABLE connector_revision (
  connector_id uuid NOT NULL REFERENCES connector (id),
  tenant_id uuid,
  revision int NOT NULL,
  format_version int NOT NULL,
  definition json NOT NULL,
  note text,
  created_by_type text NOT NULL,
  created_by_id text NOT NULL,
  created_by_name text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (connector_id, revision)
);
--> statement-breakpoint
ALTER TABLE connector_revision ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE connector_revision FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY own ON connector_revision TO interlock_app USING (tenant_id = (SELECT interlock_tenant()));
--> statement-breakpoint
CREATE POLICY global ON connector_revision FOR SELECT TO interlock_app
  USING (tenant_id IS NULL AND (SELECT interlock_tenant()) IS NOT NULL);
--> statement-breakpoint
CREATE POLICY every ON connector_revision TO interlock_system USING (true);
--> statement-breakpoint
GRANT SELECT, INSERT ON connector_revision TO interlock_app, interlock_system;
--> statement-breakpoint
-- The connector that an execution was made through, as it was. Null: none, or it was made before.
ALTER TABLE tool_execution
  ADD COLUMN connector_id uuid,
  ADD COLUMN connector_name text,
  ADD COLUMN connector_revision int;
