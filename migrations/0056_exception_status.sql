-- When the status of an exception last changed, and the run that changed it; null: a person, a rule or a webhook did.
ALTER TABLE exception ADD COLUMN status_at timestamptz;
--> statement-breakpoint
ALTER TABLE exception ADD COLUMN status_run_id uuid;
--> statement-breakpoint
-- How like exceptions were solved: the latest of a domain.
CREATE INDEX IF NOT EXISTS exception_resolved_by_domain ON exception (tenant_id, domain, id DESC) WHERE status = 'resolved';
