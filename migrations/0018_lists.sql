-- Indexes for the filters and orders of lists. Those of executions and events cost nothing, or one entry, for a call that
-- succeeds: what is frequent is found by walking the list (decision 0031). CASE, because row-level security keeps coalesce
-- out of index conditions.
CREATE INDEX IF NOT EXISTS tool_execution_failed ON tool_execution (tenant_id, id DESC) WHERE status = 'failed';
--> statement-breakpoint
CREATE INDEX IF NOT EXISTS tool_execution_by_failure ON tool_execution (tenant_id, failure_code, id DESC) WHERE failure_code IS NOT NULL;
--> statement-breakpoint
CREATE INDEX IF NOT EXISTS tool_execution_by_actor ON tool_execution (tenant_id, requested_by_actor_id, id DESC) WHERE status IN ('succeeded', 'failed');
--> statement-breakpoint
CREATE INDEX IF NOT EXISTS event_by_type ON event (tenant_id, type, id DESC)
  WHERE type NOT IN ('ToolExecutionRequested', 'ToolExecutionStarted', 'ToolExecutionAttempted', 'ToolExecutionCompleted');
--> statement-breakpoint
CREATE INDEX IF NOT EXISTS event_by_subject_type ON event (tenant_id, subject_type, id DESC) WHERE subject_type <> 'execution';
--> statement-breakpoint
CREATE INDEX IF NOT EXISTS event_by_actor ON event (tenant_id, actor_id, id DESC) WHERE actor_id <> 'worker';
--> statement-breakpoint
CREATE INDEX IF NOT EXISTS exception_by_status ON exception (tenant_id, status, id DESC);
--> statement-breakpoint
CREATE INDEX IF NOT EXISTS exception_by_severity ON exception (tenant_id, severity, id DESC);
--> statement-breakpoint
CREATE INDEX IF NOT EXISTS exception_by_domain ON exception (tenant_id, domain, id DESC);
--> statement-breakpoint
CREATE INDEX IF NOT EXISTS exception_by_assignee ON exception (tenant_id, (CASE WHEN assignee_id IS NULL THEN '' ELSE assignee_id END), id DESC);
--> statement-breakpoint
CREATE INDEX IF NOT EXISTS exception_by_due ON exception (tenant_id, (CASE WHEN due_at IS NULL THEN 'infinity' ELSE due_at END), id DESC);
--> statement-breakpoint
CREATE INDEX IF NOT EXISTS exception_unresolved_by_severity ON exception (tenant_id, severity, id DESC) WHERE status <> 'resolved';
--> statement-breakpoint
CREATE INDEX IF NOT EXISTS exception_unresolved_by_domain ON exception (tenant_id, domain, id DESC) WHERE status <> 'resolved';
--> statement-breakpoint
CREATE INDEX IF NOT EXISTS exception_unresolved_by_assignee ON exception (tenant_id, (CASE WHEN assignee_id IS NULL THEN '' ELSE assignee_id END), (CASE WHEN due_at IS NULL THEN 'infinity' ELSE due_at END), id DESC) WHERE status <> 'resolved';
--> statement-breakpoint
CREATE INDEX IF NOT EXISTS exception_unresolved_by_due ON exception (tenant_id, (CASE WHEN due_at IS NULL THEN 'infinity' ELSE due_at END), id DESC) WHERE status <> 'resolved';
--> statement-breakpoint
CREATE INDEX IF NOT EXISTS playbook_run_by_status ON playbook_run (tenant_id, status, id DESC);
--> statement-breakpoint
CREATE INDEX IF NOT EXISTS playbook_run_open_list ON playbook_run (tenant_id, id DESC) WHERE status IN ('running', 'waiting');
--> statement-breakpoint
CREATE INDEX IF NOT EXISTS playbook_run_open_by_playbook ON playbook_run (tenant_id, playbook_id, id DESC) WHERE status IN ('running', 'waiting');
--> statement-breakpoint
CREATE INDEX IF NOT EXISTS playbook_step_run_due ON playbook_step_run (tenant_id, (CASE WHEN due_at IS NULL THEN 'infinity' ELSE due_at END), id) WHERE status IN ('waiting', 'outcome_unknown');
--> statement-breakpoint
CREATE INDEX IF NOT EXISTS playbook_run_cancelling ON playbook_run (cancel_requested_at) WHERE status IN ('running', 'waiting') AND cancel_requested_at IS NOT NULL;
--> statement-breakpoint
CREATE INDEX IF NOT EXISTS notice_to_user ON notice (tenant_id, to_user, id DESC) WHERE to_user IS NOT NULL;
--> statement-breakpoint
CREATE INDEX IF NOT EXISTS notice_to_role ON notice (tenant_id, to_role, id DESC) WHERE to_role IS NOT NULL;
--> statement-breakpoint
CREATE INDEX IF NOT EXISTS webhook_delivery_by_status ON webhook_delivery (tenant_id, endpoint_id, status, id DESC) WHERE status <> 'delivered';
