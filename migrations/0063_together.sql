-- A decision about many executions is sent again after a process was killed: the vote says which request gave it.
ALTER TABLE execution_vote ADD COLUMN request_id text;
--> statement-breakpoint
-- How often a vote was taken back: a request that was sent before that does not vote again.
ALTER TABLE execution_approval ADD COLUMN withdrawn integer NOT NULL DEFAULT 0;
--> statement-breakpoint
-- Two people who edit one of these: the second sees what the first has changed.
ALTER TABLE webhook_endpoint ADD COLUMN revision integer NOT NULL DEFAULT 1;
--> statement-breakpoint
ALTER TABLE notification_channel ADD COLUMN revision integer NOT NULL DEFAULT 1;
