-- How a call came: through which door, or as part of a playbook or a batch. NULL: it was requested before that was recorded.
ALTER TABLE tool_execution ADD COLUMN IF NOT EXISTS door text;
--> statement-breakpoint
-- As what the door of an execution is counted. Who calls is counted as before, and doors beside it: a process of the version
-- before goes on counting, and neither reads nor writes this.
ALTER TABLE usage_counted ADD COLUMN IF NOT EXISTS door_outcome text;
