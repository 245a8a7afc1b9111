-- What a tenant wants done with personal data; null: nothing. The revision is part of what an execution is checked
-- against when it is written, so that a change counts for every execution that is requested after it.
ALTER TABLE tenant_setting ADD COLUMN IF NOT EXISTS redaction jsonb;
--> statement-breakpoint
ALTER TABLE tenant_setting ADD COLUMN IF NOT EXISTS redaction_revision integer NOT NULL DEFAULT 0;
