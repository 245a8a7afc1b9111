-- How a call came: through which door, or as part of a playbook or a batch. NULL: it was requested before that was recorded.
ALTER TABLE tool_execution ADD COLUMN IF NOT EXISTS door text;
--> statement-breakpoint
-- Who calls is counted with the door. A process of an earlier version would count the same row without it, and the counts would
-- no longer agree with the rows: under this name it can count none.
ALTER TABLE usage_counted RENAME COLUMN bin TO time_bin;
