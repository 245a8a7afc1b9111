-- Attempts to undo an execution. The idempotency key is written with the execution that undoes it: an attempt is made once.
CREATE TABLE execution_undo (
  -- What is undone.
  execution_id uuid NOT NULL,
  attempt int NOT NULL,
  tenant_id uuid NOT NULL,
  key text NOT NULL,
  reason text,
  created_by_type text NOT NULL,
  created_by_id text NOT NULL,
  created_by_name text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (execution_id, attempt)
);
--> statement-breakpoint
CREATE UNIQUE INDEX execution_undo_key ON execution_undo (tenant_id, key);
--> statement-breakpoint
-- What a batch or a run has done is undone one after the other, the last first.
CREATE TABLE undo_series (
  id uuid PRIMARY KEY,
  tenant_id uuid NOT NULL,
  -- 'batch' or 'run'.
  source_type text NOT NULL,
  source_id uuid NOT NULL,
  exception_id text,
  status text NOT NULL DEFAULT 'running',
  -- Why it was begun, or has stopped.
  reason text,
  -- Counts its workflows: a series that goes on after a stop gets another one.
  round int NOT NULL DEFAULT 0,
  -- Whoever began or continued it last: its calls are theirs.
  run_by_type text NOT NULL,
  run_by_id text NOT NULL,
  run_by_name text NOT NULL,
  created_by_type text NOT NULL,
  created_by_id text NOT NULL,
  created_by_name text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  ended_at timestamptz,
  -- When its workflow has to be started, unless it has ended by then.
  start_at timestamptz NOT NULL
);
--> statement-breakpoint
CREATE INDEX undo_series_source ON undo_series (tenant_id, source_type, source_id, id);
--> statement-breakpoint
-- One at a time.
CREATE UNIQUE INDEX undo_series_open ON undo_series (tenant_id, source_type, source_id) WHERE ended_at IS NULL;
--> statement-breakpoint
CREATE INDEX undo_series_running ON undo_series (tenant_id) WHERE status = 'running';
--> statement-breakpoint
CREATE INDEX undo_series_due ON undo_series (start_at) WHERE status = 'running';
--> statement-breakpoint
CREATE TABLE undo_item (
  series_id uuid NOT NULL REFERENCES undo_series (id),
  -- The last that was done is the first.
  position int NOT NULL,
  tenant_id uuid NOT NULL,
  -- What is undone.
  execution_id uuid NOT NULL,
  -- What the batch calls it, or the step.
  label text NOT NULL,
  tool_name text NOT NULL,
  status text NOT NULL DEFAULT 'pending',
  -- Why it cannot be undone, or was not.
  reason text,
  -- The attempt of this series to undo it; an earlier one says nothing about it.
  attempt int,
  -- Of the preview that the series was started with.
  preview_digest text,
  started_at timestamptz,
  ended_at timestamptz,
  PRIMARY KEY (series_id, position)
);
--> statement-breakpoint
-- Who cancelled a run: what it is to undo is theirs.
ALTER TABLE playbook_run ADD COLUMN cancelled_by_type text, ADD COLUMN cancelled_by_id text, ADD COLUMN cancelled_by_name text;
--> statement-breakpoint
DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['execution_undo', 'undo_series', 'undo_item'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', t);
    EXECUTE format('CREATE POLICY own ON %I TO interlock_app USING (tenant_id = (SELECT interlock_tenant()))', t);
    EXECUTE format('CREATE POLICY every ON %I TO interlock_system USING (true)', t);
  END LOOP;
END $$;
--> statement-breakpoint
GRANT SELECT, INSERT ON execution_undo TO interlock_app;
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE ON execution_undo TO interlock_system;
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE ON undo_series, undo_item TO interlock_app, interlock_system;
