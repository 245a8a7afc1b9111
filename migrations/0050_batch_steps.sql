-- The step of a playbook that a batch belongs to, and through which door its calls came.
ALTER TABLE batch
  ADD COLUMN playbook_run_id uuid,
  ADD COLUMN playbook_step_run_id uuid,
  -- The id of the step in its playbook.
  ADD COLUMN step_id text,
  -- Of whoever started, resumed or retried it last. Null: of an earlier version.
  ADD COLUMN door text,
  ADD COLUMN address text;
--> statement-breakpoint
-- A step has one batch, whatever happens while it is completed.
CREATE UNIQUE INDEX batch_of_step ON batch (playbook_step_run_id) WHERE playbook_step_run_id IS NOT NULL;
--> statement-breakpoint
ALTER TABLE playbook_step_run ADD COLUMN batch_id uuid;
