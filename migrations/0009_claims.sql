-- The person who has claimed a step: whoever loses a claim is told.
ALTER TABLE playbook_step_run ADD COLUMN claimed_by_person text;
--> statement-breakpoint
ALTER TABLE notice DROP CONSTRAINT notice_kind_check;
--> statement-breakpoint
ALTER TABLE notice ADD CONSTRAINT notice_kind_check
  CHECK (kind IN ('notify', 'reminder', 'escalation', 'taken_over'));
