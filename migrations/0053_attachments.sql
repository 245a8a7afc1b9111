-- Files on an exception. `artifact_use` keeps the file while the attachment is there: it has the attachment's id.
CREATE TABLE exception_attachment (
  id uuid PRIMARY KEY,
  tenant_id uuid NOT NULL,
  exception_id uuid NOT NULL REFERENCES exception (id),
  artifact_id uuid NOT NULL REFERENCES artifact (id),
  name text NOT NULL,
  -- What its first bytes say.
  content_type text NOT NULL,
  created_by_type text NOT NULL,
  created_by_id text NOT NULL,
  created_by_name text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  UNIQUE (exception_id, artifact_id)
);
--> statement-breakpoint
CREATE INDEX exception_attachment_artifact ON exception_attachment (artifact_id);
--> statement-breakpoint
ALTER TABLE exception_attachment ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE exception_attachment FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY own ON exception_attachment TO interlock_app USING (tenant_id = (SELECT interlock_tenant()));
--> statement-breakpoint
CREATE POLICY every ON exception_attachment TO interlock_system USING (true);
--> statement-breakpoint
GRANT SELECT, INSERT, DELETE ON exception_attachment TO interlock_app;
--> statement-breakpoint
GRANT SELECT, UPDATE (name, created_by_name) ON exception_attachment TO interlock_system;
--> statement-breakpoint
GRANT DELETE ON artifact_use TO interlock_app;
