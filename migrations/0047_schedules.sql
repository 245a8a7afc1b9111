-- What runs at times: the row is the truth, and a Schedule in Temporal follows it.
CREATE TABLE schedule (
  id uuid PRIMARY KEY,
  tenant_id uuid NOT NULL,
  title text NOT NULL,
  status text NOT NULL DEFAULT 'active',
  -- Why it is paused, or has ended.
  reason text,
  revision int NOT NULL DEFAULT 1,
  -- Its times: {cron | calendar | everyMs, timeZone, startAt, …}.
  spec json NOT NULL,
  overlap text NOT NULL,
  catchup_ms int NOT NULL,
  max_runs int,
  -- How often its time has come.
  fired int NOT NULL DEFAULT 0,
  target_kind text NOT NULL,
  -- Of the tool or the playbook; null for a batch.
  target_id uuid,
  target_name text NOT NULL,
  -- What it starts, with its inputs; removed when it is archived.
  target_sealed bytea,
  -- What it starts is theirs.
  owner_type text NOT NULL,
  owner_id text NOT NULL,
  owner_name text NOT NULL,
  created_by_type text NOT NULL,
  created_by_id text NOT NULL,
  created_by_name text NOT NULL,
  updated_by_type text NOT NULL,
  updated_by_id text NOT NULL,
  updated_by_name text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now(),
  -- Times to be made up for that Temporal has not been told of: [{from, to, overlap}].
  backfills jsonb NOT NULL DEFAULT '[]',
  -- When Temporal's Schedule was last changed by us; another time: someone else has changed it.
  temporal_changed_at text,
  -- The revision that Temporal has.
  synced_revision int NOT NULL DEFAULT 0,
  -- When Temporal's Schedule was last as it should be.
  synced_at timestamptz,
  -- When it is compared with Temporal's Schedule; null: never again.
  sync_at timestamptz
);
--> statement-breakpoint
CREATE INDEX schedule_list ON schedule (tenant_id, id);
--> statement-breakpoint
CREATE INDEX schedule_due ON schedule (sync_at) WHERE sync_at IS NOT NULL;
--> statement-breakpoint
-- A fire of a schedule, and what came of it.
CREATE TABLE schedule_run (
  id uuid PRIMARY KEY,
  tenant_id uuid NOT NULL,
  schedule_id uuid NOT NULL REFERENCES schedule (id),
  scheduled_at timestamptz NOT NULL,
  trigger text NOT NULL,
  status text NOT NULL DEFAULT 'starting',
  reason text,
  started_type text,
  started_id uuid,
  workflow_id text NOT NULL,
  run_by_type text NOT NULL,
  run_by_id text NOT NULL,
  run_by_name text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  ended_at timestamptz,
  -- When another workflow starts it, unless it has been started by then.
  start_at timestamptz NOT NULL
);
--> statement-breakpoint
-- A time comes once, however often Temporal says so.
CREATE UNIQUE INDEX schedule_run_once ON schedule_run (schedule_id, scheduled_at) WHERE trigger = 'time';
--> statement-breakpoint
CREATE INDEX schedule_run_list ON schedule_run (schedule_id, id DESC);
--> statement-breakpoint
CREATE INDEX schedule_run_open ON schedule_run (id) WHERE status IN ('starting', 'running');
--> statement-breakpoint
CREATE INDEX schedule_run_kept ON schedule_run (ended_at) WHERE ended_at IS NOT NULL;
--> statement-breakpoint
DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['schedule', 'schedule_run'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', t);
    EXECUTE format('CREATE POLICY own ON %I TO interlock_app USING (tenant_id = (SELECT interlock_tenant()))', t);
    EXECUTE format('CREATE POLICY every ON %I TO interlock_system USING (true)', t);
  END LOOP;
END $$;
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE ON schedule, schedule_run TO interlock_app, interlock_system;
--> statement-breakpoint
GRANT DELETE ON schedule_run TO interlock_system;
--> statement-breakpoint
-- A notice about a schedule: its link.
ALTER TABLE notice ADD COLUMN schedule_id uuid;
