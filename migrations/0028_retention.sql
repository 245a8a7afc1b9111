-- How long a tenant keeps what; null: everything stays. `retention_swept_at`: the start of the day (UTC) for
-- which all of it was removed.
ALTER TABLE tenant_setting
  ADD COLUMN IF NOT EXISTS retention jsonb,
  ADD COLUMN IF NOT EXISTS retention_revision integer NOT NULL DEFAULT 0,
  ADD COLUMN IF NOT EXISTS retention_swept_at timestamptz;
--> statement-breakpoint
ALTER TABLE tool_execution ADD COLUMN IF NOT EXISTS payloads_removed_at timestamptz;
--> statement-breakpoint
ALTER TABLE playbook_run ADD COLUMN IF NOT EXISTS payloads_removed_at timestamptz;
--> statement-breakpoint
-- What a tenant must not lose, whatever its times say: everything, a case, or executions (of a tool, of a period).
CREATE TABLE legal_hold (
  id uuid PRIMARY KEY,
  tenant_id uuid NOT NULL,
  scope text NOT NULL CHECK (scope IN ('everything', 'exception', 'executions')),
  exception_id uuid,
  -- NULL: of every tool.
  tool_id uuid,
  from_at timestamptz,
  until_at timestamptz,
  reason text NOT NULL,
  created_by_type text NOT NULL,
  created_by_id text NOT NULL,
  created_by_name text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  released_at timestamptz,
  release_reason text,
  released_by_id text,
  released_by_name text,
  CHECK ((scope = 'exception') = (exception_id IS NOT NULL))
);
--> statement-breakpoint
CREATE INDEX legal_hold_list ON legal_hold (tenant_id, id DESC);
--> statement-breakpoint
-- What was announced as removed last, and how far that has come.
CREATE TABLE retention_removal (
  tenant_id uuid NOT NULL,
  what text NOT NULL,
  before timestamptz NOT NULL,
  -- Of events: those before that time with a lower id; all are sealed at or before this place in the chain.
  up_to_id bigint,
  through_sequence bigint,
  -- Of executions and runs: up to this id, all are done for good.
  done_up_to uuid,
  PRIMARY KEY (tenant_id, what)
);
--> statement-breakpoint
DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['legal_hold', 'retention_removal'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', t);
    EXECUTE format('CREATE POLICY own ON %I TO interlock_app USING (tenant_id = (SELECT interlock_tenant()))', t);
    EXECUTE format('CREATE POLICY every ON %I TO interlock_system USING (true)', t);
  END LOOP;
  -- For the functions below, which run as the owner.
  CREATE POLICY removal ON retention_removal FOR SELECT TO CURRENT_USER USING (true);
  CREATE POLICY removal_reads ON event FOR SELECT TO CURRENT_USER USING (true);
  CREATE POLICY removal ON event FOR DELETE TO CURRENT_USER USING (true);
END $$;
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE ON legal_hold TO interlock_app;
--> statement-breakpoint
-- UPDATE, so that it can be locked against new holds.
GRANT SELECT, UPDATE ON legal_hold TO interlock_system;
--> statement-breakpoint
GRANT SELECT ON retention_removal TO interlock_app;
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE ON retention_removal TO interlock_system;
--> statement-breakpoint
GRANT DELETE ON webhook_delivery TO interlock_system;
--> statement-breakpoint
-- Whether something has to stay: its case is open, or a hold covers it. `tool` is NULL for what is no execution.
CREATE FUNCTION interlock_must_stay(tenant uuid, exception_id text, tool uuid, at timestamptz) RETURNS boolean
LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
  SELECT EXISTS (SELECT FROM exception x WHERE x.tenant_id = $1 AND x.status <> 'resolved'
      AND x.id = CASE WHEN $2 ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' THEN $2::uuid END)
    OR EXISTS (SELECT FROM legal_hold h WHERE h.tenant_id = $1 AND h.released_at IS NULL AND (
      h.scope = 'everything' OR h.exception_id::text = $2
      OR h.scope = 'executions' AND $3 IS NOT NULL AND coalesce(h.tool_id = $3, true)
        AND $4 >= coalesce(h.from_at, '-infinity') AND $4 < coalesce(h.until_at, 'infinity')))
$$;
--> statement-breakpoint
REVOKE ALL ON FUNCTION interlock_must_stay(uuid, text, uuid, timestamptz) FROM PUBLIC;
--> statement-breakpoint
GRANT EXECUTE ON FUNCTION interlock_must_stay(uuid, text, uuid, timestamptz) TO interlock_system, interlock_app;
--> statement-breakpoint
-- Still append-only for everyone, except for what the function below deletes.
CREATE OR REPLACE FUNCTION interlock_refuse_change() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF TG_OP = 'DELETE' AND current_setting('interlock.removing_events', true) = 'on' AND TG_TABLE_NAME LIKE 'event%' THEN
    RETURN OLD;
  END IF;
  RAISE EXCEPTION USING ERRCODE = 'insufficient_privilege',
    MESSAGE = format('%s is append-only: %s is refused', TG_TABLE_NAME, TG_OP);
END $$;
--> statement-breakpoint
-- Deletes those of these events whose removal was announced in the log of their tenant.
CREATE FUNCTION interlock_remove_events(tenant uuid, ids bigint[]) RETURNS int
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE removed int;
BEGIN
  PERFORM set_config('interlock.removing_events', 'on', true);
  DELETE FROM event e USING retention_removal r
  WHERE e.tenant_id = tenant AND e.id = ANY (ids)
    AND r.tenant_id = tenant AND r.what = 'events' AND e.id < r.up_to_id AND e.created_at < r.before;
  GET DIAGNOSTICS removed = ROW_COUNT;
  PERFORM set_config('interlock.removing_events', '', true);
  RETURN removed;
END $$;
--> statement-breakpoint
REVOKE ALL ON FUNCTION interlock_remove_events(uuid, bigint[]) FROM PUBLIC;
--> statement-breakpoint
GRANT EXECUTE ON FUNCTION interlock_remove_events(uuid, bigint[]) TO interlock_system;
--> statement-breakpoint
-- Drops a month of the log once every tenant has announced the removal of all that it has there. It waits only briefly for
-- its lock, because every query of the log waits behind it.
CREATE FUNCTION interlock_drop_events(month text) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp SET lock_timeout = '200ms' AS $$
DECLARE
  part regclass := to_regclass('event_' || month);
  kept boolean;
BEGIN
  IF part IS NULL OR NOT EXISTS (SELECT FROM pg_inherits WHERE inhrelid = part AND inhparent = 'event'::regclass) THEN
    RETURN false;
  END IF;
  -- The last event of each tenant, by the index.
  EXECUTE format($sql$
    WITH RECURSIVE newest AS (
      (SELECT tenant_id, id FROM %1$s ORDER BY tenant_id, id DESC LIMIT 1)
      UNION ALL
      SELECT next.tenant_id, next.id FROM newest CROSS JOIN LATERAL (
        SELECT tenant_id, id FROM %1$s WHERE tenant_id > newest.tenant_id ORDER BY tenant_id, id DESC LIMIT 1) next
    )
    SELECT EXISTS (SELECT FROM newest n WHERE NOT EXISTS (
      SELECT FROM retention_removal r WHERE r.tenant_id = n.tenant_id AND r.what = 'events' AND n.id < r.up_to_id
        AND r.before >= (to_date(%2$L, 'YYYY_MM') + interval '1 month') AT TIME ZONE 'UTC'))
  $sql$, part, month) INTO kept;
  IF kept THEN RETURN false; END IF;
  EXECUTE format('DROP TABLE %s', part);
  RETURN true;
EXCEPTION WHEN lock_not_available THEN
  RETURN false;
END $$;
--> statement-breakpoint
REVOKE ALL ON FUNCTION interlock_drop_events(text) FROM PUBLIC;
--> statement-breakpoint
GRANT EXECUTE ON FUNCTION interlock_drop_events(text) TO interlock_system;
