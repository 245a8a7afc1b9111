-- The version of a tool that is tested before it is published; null: none is. A tool that was never published has
-- current_version 0: what joins the current version finds nothing.
ALTER TABLE tool ADD COLUMN draft_version int;
--> statement-breakpoint
-- It was never published: only tests may name it.
ALTER TABLE tool_version ADD COLUMN draft boolean NOT NULL DEFAULT false;
--> statement-breakpoint
GRANT UPDATE (draft) ON tool_version TO interlock_app;
--> statement-breakpoint
-- A test of a draft: its call is real, and usage does not count it.
ALTER TABLE tool_execution ADD COLUMN test boolean NOT NULL DEFAULT false;
--> statement-breakpoint
-- What a policy said at each of its revisions. Immutable. The revision that a policy had before this table gets its row
-- with the next change.
CREATE TABLE policy_revision (
  policy_id uuid NOT NULL REFERENCES policy (id),
  tenant_id uuid NOT NULL,
  revision int NOT NULL,
  format_version int NOT NULL,
  document json NOT NULL,
  created_by_type text NOT NULL,
  created_by_id text NOT NULL,
  created_by_name text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  -- The revision that it has restored.
  restored int,
  PRIMARY KEY (policy_id, revision)
);
--> statement-breakpoint
ALTER TABLE policy_revision ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE policy_revision FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY own ON policy_revision TO interlock_app USING (tenant_id = (SELECT interlock_tenant()));
--> statement-breakpoint
CREATE POLICY every ON policy_revision TO interlock_system USING (true);
--> statement-breakpoint
GRANT SELECT, INSERT ON policy_revision TO interlock_app;
--> statement-breakpoint
GRANT SELECT, UPDATE (created_by_name) ON policy_revision TO interlock_system;
