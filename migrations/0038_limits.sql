-- Rates of tools, connectors and whole tenants, calls at once, and circuit breakers.
ALTER TABLE tool_rate DROP CONSTRAINT tool_rate_tool_id_fkey;
--> statement-breakpoint
COMMENT ON COLUMN tool_rate.tool_id IS 'What is limited: a tool, a connector, or the tenant by its own id.';
--> statement-breakpoint
ALTER TABLE tenant_setting
  -- As shared/tools/call-limits.ts defines it; null: nothing was chosen.
  ADD COLUMN limits jsonb,
  -- Hosts whose breaker is not closed. Kept by the transaction that changes a breaker.
  ADD COLUMN open_hosts text[] NOT NULL DEFAULT '{}',
  -- Counts the changes of both.
  ADD COLUMN limits_revision int NOT NULL DEFAULT 0;
--> statement-breakpoint
-- Calls of a tenant to a host that fails, or that someone holds. Written only when its state changes, and by probes.
CREATE TABLE breaker (
  id uuid PRIMARY KEY,
  tenant_id uuid NOT NULL,
  host text NOT NULL,
  state text NOT NULL CHECK (state IN ('closed', 'open', 'held')),
  -- Why, in words.
  reason text NOT NULL,
  since timestamptz NOT NULL DEFAULT now(),
  -- Open: when the next probe may leave.
  retry_at timestamptz,
  -- How often it has opened without a success in between.
  openings int NOT NULL DEFAULT 0,
  -- The execution that probes, and until when no other does.
  probe_by uuid,
  probe_until timestamptz,
  changed_by_type text NOT NULL,
  changed_by_id text NOT NULL,
  changed_by_name text NOT NULL,
  UNIQUE (tenant_id, host)
);
--> statement-breakpoint
-- A call in progress that counts in a bound of calls at once. A process that is lost frees its places by their end.
CREATE TABLE call_place (
  tenant_id uuid NOT NULL,
  -- "host:pay.example:443", "tool:<id>" or "connector:<id>"
  scope text NOT NULL,
  execution_id uuid NOT NULL,
  lease_until timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, scope, execution_id)
);
--> statement-breakpoint
DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['breaker', 'call_place'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', t);
    EXECUTE format('CREATE POLICY own ON %I TO interlock_app USING (tenant_id = (SELECT interlock_tenant()))', t);
    EXECUTE format('CREATE POLICY every ON %I TO interlock_system USING (true)', t);
    EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %I TO interlock_app, interlock_system', t);
  END LOOP;
END $$;
--> statement-breakpoint
-- Counts one call against several rates (GCRA), or against none when one of them has no room.
-- Returns that one, with the milliseconds until it has room.
CREATE FUNCTION take_rates(tenant uuid, ids uuid[], intervals float8[], bursts int[])
RETURNS TABLE (limited uuid, wait_ms float8) LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO tool_rate (tenant_id, tool_id, due_at)
  SELECT tenant, id, now() FROM unnest(ids) AS id ORDER BY id ON CONFLICT DO NOTHING;
  PERFORM FROM tool_rate r WHERE r.tenant_id = tenant AND r.tool_id = ANY (ids) ORDER BY r.tool_id FOR UPDATE;
  RETURN QUERY
    SELECT l.id, extract(epoch FROM r.due_at - clock_timestamp())::float8 * 1000 - (l.burst - 1) * l.every
    FROM unnest(ids, intervals, bursts) AS l(id, every, burst)
    JOIN tool_rate r ON r.tenant_id = tenant AND r.tool_id = l.id
    WHERE r.due_at > clock_timestamp() + (l.burst - 1) * l.every * interval '1 millisecond'
    ORDER BY 2 DESC LIMIT 1;
  IF FOUND THEN RETURN; END IF;
  UPDATE tool_rate r SET due_at = greatest(r.due_at, clock_timestamp()) + l.every * interval '1 millisecond'
  FROM unnest(ids, intervals) AS l(id, every) WHERE r.tenant_id = tenant AND r.tool_id = l.id;
END $$;
--> statement-breakpoint
-- Takes a place in each scope for an execution, or none when one of them is full. Returns that one, else null.
CREATE FUNCTION take_places(tenant uuid, scopes text[], bounds int[], execution uuid, lease interval)
RETURNS text LANGUAGE plpgsql AS $$
DECLARE
  one text;
  full_scope text;
BEGIN
  FOR one IN SELECT DISTINCT s FROM unnest(scopes) AS s ORDER BY s LOOP
    PERFORM pg_advisory_xact_lock(hashtextextended(tenant::text || one, 38));
  END LOOP;
  DELETE FROM call_place p WHERE p.tenant_id = tenant AND p.scope = ANY (scopes) AND p.lease_until <= clock_timestamp();
  SELECT b.scope INTO full_scope FROM unnest(scopes, bounds) AS b(scope, bound)
  WHERE (SELECT count(*) FROM call_place p
    WHERE p.tenant_id = tenant AND p.scope = b.scope AND p.execution_id <> execution) >= b.bound
  LIMIT 1;
  IF full_scope IS NOT NULL THEN RETURN full_scope; END IF;
  INSERT INTO call_place AS p (tenant_id, scope, execution_id, lease_until)
  SELECT DISTINCT tenant, s, execution, clock_timestamp() + lease FROM unnest(scopes) AS s
  ON CONFLICT (tenant_id, scope, execution_id) DO UPDATE SET lease_until = excluded.lease_until;
  RETURN NULL;
END $$;
