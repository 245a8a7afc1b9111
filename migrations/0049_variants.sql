-- The trial that shares the traffic of the tool between two versions, as executions use it:
-- {id, baseline, candidate, percent, stickyBy}. Null: none runs.
ALTER TABLE tool ADD COLUMN trial jsonb;
--> statement-breakpoint
CREATE TABLE tool_trial (
  id uuid PRIMARY KEY,
  tenant_id uuid NOT NULL,
  tool_id uuid NOT NULL REFERENCES tool (id),
  -- The current version when it was started, and the one that is tried.
  baseline int NOT NULL,
  candidate int NOT NULL,
  -- Of the calls that get the candidate.
  percent int NOT NULL,
  -- A place in the input: the same value gets the same version.
  sticky_by text,
  -- It stops by itself above this rate of errors, with at least so many calls; null: it does not.
  stop_error_rate double precision,
  stop_at_least int,
  status text NOT NULL DEFAULT 'running',
  created_by_type text NOT NULL,
  created_by_id text NOT NULL,
  created_by_name text NOT NULL,
  -- The mailbox of who started it: they are told when it stops by itself.
  created_by_person text,
  created_at timestamptz NOT NULL DEFAULT now(),
  ended_by_type text,
  ended_by_id text,
  ended_by_name text,
  ended_at timestamptz,
  -- Why it has ended.
  reason text,
  -- What came of it, from a day after the end: its calls are forgotten then.
  result json
);
--> statement-breakpoint
CREATE UNIQUE INDEX tool_trial_running ON tool_trial (tool_id) WHERE status = 'running';
--> statement-breakpoint
CREATE INDEX tool_trial_list ON tool_trial (tenant_id, tool_id, id);
--> statement-breakpoint
CREATE INDEX tool_trial_ended ON tool_trial (ended_at) WHERE result IS NULL AND ended_at IS NOT NULL;
--> statement-breakpoint
-- The executions whose version a trial has chosen. Those of a given version are not here: they prove nothing.
CREATE TABLE tool_trial_call (
  trial_id uuid NOT NULL,
  candidate boolean NOT NULL,
  execution_id uuid NOT NULL,
  tenant_id uuid NOT NULL,
  PRIMARY KEY (trial_id, candidate, execution_id)
);
--> statement-breakpoint
-- What a notice is about, if that is a tool.
ALTER TABLE notice ADD COLUMN tool_id uuid;
--> statement-breakpoint
DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['tool_trial', 'tool_trial_call'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', t);
    EXECUTE format('CREATE POLICY own ON %I TO interlock_app USING (tenant_id = (SELECT interlock_tenant()))', t);
    EXECUTE format('CREATE POLICY every ON %I TO interlock_system USING (true)', t);
  END LOOP;
END $$;
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE ON tool_trial TO interlock_app, interlock_system;
--> statement-breakpoint
GRANT SELECT, INSERT ON tool_trial_call TO interlock_app;
--> statement-breakpoint
GRANT SELECT, DELETE ON tool_trial_call TO interlock_system;
