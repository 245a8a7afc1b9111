-- Counts the changes of a step, so that its workflow can tell which of two states is newer.
ALTER TABLE playbook_step_run ADD COLUMN revision integer NOT NULL DEFAULT 0;
