-- Counts of what happens, by hour and by day, so that pictures of it read no rows of it (decision 0070).

-- When a uuid v7 was made: the other direction of interlock_uuid_floor.
CREATE FUNCTION interlock_uuid_time(id uuid) RETURNS timestamptz LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT to_timestamp(('x' || substr(replace(id::text, '-', ''), 1, 12))::bit(48)::bigint / 1000.0)
$$;
--> statement-breakpoint
CREATE TABLE usage_count (
  tenant_id uuid NOT NULL,
  -- What is counted: executions, runs, steps, exceptions opened or resolved.
  measure text NOT NULL,
  grain text NOT NULL,
  -- Of the hour or the day, in UTC.
  start timestamptz NOT NULL,
  -- The tool, or the playbook; zero: none.
  subject_id uuid NOT NULL,
  version int NOT NULL,
  -- The connector; zero: none.
  group_id uuid NOT NULL,
  -- Who calls a tool, or the step of a playbook. People are not told apart. '*': all of a tool, or of everything.
  part text NOT NULL,
  outcome text NOT NULL,
  count bigint NOT NULL,
  -- Of those that have a time: how many, and how long they took together.
  timed bigint NOT NULL,
  micros bigint NOT NULL,
  PRIMARY KEY (tenant_id, measure, grain, start, subject_id, version, group_id, part, outcome)
);
--> statement-breakpoint
CREATE INDEX usage_count_subject ON usage_count (tenant_id, subject_id, measure, grain, start) WHERE part <> '*';
--> statement-breakpoint
CREATE INDEX usage_count_tool ON usage_count (tenant_id, subject_id, measure, grain, start) WHERE part = '*';
--> statement-breakpoint
CREATE INDEX usage_count_all ON usage_count (tenant_id, measure, grain, start) WHERE part = '*';
--> statement-breakpoint
CREATE INDEX usage_count_group ON usage_count (tenant_id, group_id, measure, grain, start)
  WHERE group_id <> '00000000-0000-0000-0000-000000000000';
--> statement-breakpoint
-- How long they took: each bin is 4 % wider than the one before, so its middle is at most 2 % from what is in it. A row has
-- all its bins, so that a long period reads few rows.
CREATE TABLE usage_time (
  tenant_id uuid NOT NULL,
  measure text NOT NULL,
  grain text NOT NULL,
  start timestamptz NOT NULL,
  subject_id uuid NOT NULL,
  version int NOT NULL,
  group_id uuid NOT NULL,
  -- The step of a playbook.
  part text NOT NULL,
  -- Those that have any, and how many each has.
  bins int[] NOT NULL,
  counts bigint[] NOT NULL,
  PRIMARY KEY (tenant_id, measure, grain, start, subject_id, version, group_id, part)
);
--> statement-breakpoint
CREATE INDEX usage_time_subject ON usage_time (tenant_id, subject_id, measure, grain, start);
--> statement-breakpoint
CREATE INDEX usage_time_group ON usage_time (tenant_id, group_id, measure, grain, start)
  WHERE group_id <> '00000000-0000-0000-0000-000000000000';
--> statement-breakpoint
-- As what a row is counted now. With it a row may be looked at as often as one likes: it counts once.
CREATE TABLE usage_counted (
  measure text NOT NULL,
  row_id uuid NOT NULL,
  tenant_id uuid NOT NULL,
  start timestamptz NOT NULL,
  outcome text NOT NULL,
  bin int,
  micros bigint,
  PRIMARY KEY (measure, row_id)
);
--> statement-breakpoint
-- How far the event log has been read. `fill_measure` and `fill_after`: how far the rows that were there before have.
CREATE TABLE usage_position (
  only_one boolean PRIMARY KEY DEFAULT true CHECK (only_one),
  xid text NOT NULL,
  event_id text NOT NULL DEFAULT '0',
  -- Everything that was committed by then is counted.
  as_of timestamptz NOT NULL DEFAULT now(),
  -- How many events there were then; while there are no more, nothing has happened since.
  event_count text NOT NULL DEFAULT '',
  fill_measure int NOT NULL DEFAULT 0,
  fill_after uuid NOT NULL DEFAULT '00000000-0000-0000-0000-000000000000',
  complete boolean NOT NULL DEFAULT false
);
--> statement-breakpoint
-- What was committed before is found among the rows.
INSERT INTO usage_position (xid) VALUES (pg_snapshot_xmin(pg_current_snapshot())::text);
--> statement-breakpoint
DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['usage_count', 'usage_time', 'usage_counted'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', t);
    EXECUTE format('CREATE POLICY own ON %I TO interlock_app USING (tenant_id = (SELECT interlock_tenant()))', t);
    EXECUTE format('CREATE POLICY every ON %I TO interlock_system USING (true)', t);
  END LOOP;
END $$;
--> statement-breakpoint
GRANT SELECT ON usage_count, usage_time TO interlock_app;
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE ON usage_count, usage_time, usage_counted TO interlock_system;
--> statement-breakpoint
GRANT SELECT, UPDATE ON usage_position TO interlock_system;
--> statement-breakpoint
CREATE INDEX IF NOT EXISTS exception_by_resolved ON exception (tenant_id, resolved_at) WHERE status = 'resolved';
