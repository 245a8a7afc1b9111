-- Many calls that one request asks for, and how far each of them has come.
CREATE TABLE batch (
  id uuid PRIMARY KEY,
  tenant_id uuid NOT NULL,
  title text NOT NULL,
  status text NOT NULL DEFAULT 'running',
  -- Why it is paused, or was cancelled.
  reason text,
  -- Counts its workflows: a batch that goes on after a pause gets another one.
  round int NOT NULL DEFAULT 0,
  on_failure text NOT NULL,
  concurrency int NOT NULL,
  per_minute int,
  -- It pauses after so many calls; null when it does not, or has.
  sample int,
  deadline_at timestamptz,
  exception_id text,
  -- Started with the digest of a preview: a call that has changed since is not made.
  bound boolean NOT NULL DEFAULT false,
  total int NOT NULL,
  -- Payloads, conditions and dependencies; removed a week after the end.
  definition_sealed bytea,
  -- Whoever started, resumed or retried it last: its calls are theirs.
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
CREATE INDEX batch_list ON batch (tenant_id, id);
--> statement-breakpoint
CREATE INDEX batch_due ON batch (start_at) WHERE status IN ('running', 'cancelling');
--> statement-breakpoint
CREATE INDEX batch_kept ON batch (ended_at) WHERE definition_sealed IS NOT NULL;
--> statement-breakpoint
CREATE TABLE batch_call (
  batch_id uuid NOT NULL REFERENCES batch (id),
  position int NOT NULL,
  tenant_id uuid NOT NULL,
  call_id text NOT NULL,
  tool_id uuid NOT NULL,
  tool_name text NOT NULL,
  tool_version int NOT NULL,
  -- Ids of the calls that it waits for.
  needs text[] NOT NULL DEFAULT '{}',
  status text NOT NULL DEFAULT 'pending',
  -- Counts how often it was retried.
  attempt int NOT NULL DEFAULT 0,
  execution_id uuid,
  -- Why it was not executed, did not succeed, or was skipped: {code, message}.
  failure json,
  started_at timestamptz,
  ended_at timestamptz,
  PRIMARY KEY (batch_id, position)
);
--> statement-breakpoint
CREATE INDEX batch_call_execution ON batch_call (execution_id) WHERE execution_id IS NOT NULL;
--> statement-breakpoint
DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['batch', 'batch_call'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', t);
    EXECUTE format('CREATE POLICY own ON %I TO interlock_app USING (tenant_id = (SELECT interlock_tenant()))', t);
    EXECUTE format('CREATE POLICY every ON %I TO interlock_system USING (true)', t);
  END LOOP;
END $$;
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE ON batch, batch_call TO interlock_app, interlock_system;
