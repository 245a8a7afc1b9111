-- Executions that people had to approve, by what came of that: an index of its own, because few calls need an approval, and
-- the others have no entry here.
CREATE INDEX IF NOT EXISTS tool_execution_by_approval ON tool_execution (tenant_id, approval_status, id DESC) WHERE approval_status IS NOT NULL;
--> statement-breakpoint
-- While an execution waits, a person may give another vote or withdraw it. What they voted before stays in the log. Processes of
-- the version before read the votes that are left, so they count the same.
GRANT DELETE ON execution_vote TO interlock_app;
--> statement-breakpoint
-- What was asked goes with the months of the executions.
GRANT DELETE ON execution_approval, execution_vote TO interlock_system;
--> statement-breakpoint
-- A tenant admin has seen where rows and seal differ, and says why. It stays listed.
ALTER TABLE audit_problem ADD COLUMN IF NOT EXISTS acknowledged_at timestamptz, ADD COLUMN IF NOT EXISTS acknowledge_reason text,
  ADD COLUMN IF NOT EXISTS acknowledged_by_type text, ADD COLUMN IF NOT EXISTS acknowledged_by_id text,
  ADD COLUMN IF NOT EXISTS acknowledged_by_name text;
--> statement-breakpoint
GRANT UPDATE (acknowledged_at, acknowledge_reason, acknowledged_by_type, acknowledged_by_id, acknowledged_by_name) ON audit_problem TO interlock_app, interlock_system;
