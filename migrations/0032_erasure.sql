-- A search for a person's data, and its erasure (decision 0042).
CREATE TABLE person_request (
  id uuid PRIMARY KEY,
  tenant_id uuid NOT NULL,
  -- Takes the person's place where rows need someone.
  pseudonym text NOT NULL,
  -- Who it is about, sealed by the vault; NULL once erased.
  subject_sealed bytea,
  -- Of an account.
  member_id text,
  status text NOT NULL CHECK (status IN ('searching', 'found', 'erasing', 'erased', 'expired')),
  -- How far the present pass has come: a place, and the last of its rows.
  place text,
  position text,
  -- The newest event that announces which events are erased.
  announced bigint,
  -- By place: what was found, what is erased, what the last pass had to leave.
  found jsonb NOT NULL DEFAULT '{}',
  erased jsonb NOT NULL DEFAULT '{}',
  remaining jsonb NOT NULL DEFAULT '{}',
  hold_ids uuid[] NOT NULL DEFAULT '{}',
  account text CHECK (account IN ('deleted', 'kept')),
  -- When work goes on; NULL: there is none.
  next_at timestamptz,
  created_by_type text NOT NULL,
  created_by_id text NOT NULL,
  created_by_name text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  erasing_since timestamptz,
  erased_at timestamptz
);
--> statement-breakpoint
CREATE INDEX person_request_list ON person_request (tenant_id, id DESC);
--> statement-breakpoint
CREATE INDEX person_request_due ON person_request (next_at) WHERE next_at IS NOT NULL;
--> statement-breakpoint
-- Of an event of which parts were erased: their digests, and the salts of the others.
CREATE TABLE audit_opening (
  tenant_id uuid NOT NULL,
  event_id bigint NOT NULL,
  opening jsonb NOT NULL,
  -- The events that announced it.
  announced_by bigint[] NOT NULL,
  PRIMARY KEY (tenant_id, event_id)
);
--> statement-breakpoint
DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['person_request', 'audit_opening'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', t);
    EXECUTE format('CREATE POLICY own ON %I TO interlock_app USING (tenant_id = (SELECT interlock_tenant()))', t);
    EXECUTE format('CREATE POLICY every ON %I TO interlock_system USING (true)', t);
  END LOOP;
  -- For the function below, which runs as the owner.
  CREATE POLICY erasure ON audit_opening TO CURRENT_USER USING (true);
  CREATE POLICY erasure ON event FOR UPDATE TO CURRENT_USER USING (true);
  CREATE POLICY erasure_reads ON audit_block FOR SELECT TO CURRENT_USER USING (true);
  CREATE POLICY erasure ON audit_block FOR UPDATE TO CURRENT_USER USING (true);
END $$;
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE ON person_request TO interlock_app;
--> statement-breakpoint
GRANT SELECT, UPDATE ON person_request TO interlock_system;
--> statement-breakpoint
GRANT SELECT ON audit_opening TO interlock_app, interlock_system;
--> statement-breakpoint
-- What may be erased in rows that nothing else changes.
GRANT UPDATE (body, created_by_name) ON comment TO interlock_system;
--> statement-breakpoint
GRANT UPDATE (url, title) ON exception_link TO interlock_system;
--> statement-breakpoint
GRANT UPDATE (person) ON exception_editor TO interlock_system;
--> statement-breakpoint
GRANT UPDATE (name, filter) ON exception_view TO interlock_system;
--> statement-breakpoint
GRANT UPDATE (text, to_user) ON notice TO interlock_system;
--> statement-breakpoint
GRANT UPDATE (person, reason, actor_name) ON execution_vote TO interlock_system;
--> statement-breakpoint
GRANT UPDATE (created_by_name) ON tool_version, connector_revision, playbook_version, credential_version TO interlock_system;
--> statement-breakpoint
-- The first hold that covers something; NULL: none does. `tool` is NULL for what is no execution.
CREATE FUNCTION interlock_held(tenant uuid, exception_id text, tool uuid, at timestamptz) RETURNS uuid
LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
  SELECT h.id FROM legal_hold h WHERE h.tenant_id = $1 AND h.released_at IS NULL AND (
    h.scope = 'everything' OR h.exception_id::text = $2
    OR h.scope = 'executions' AND $3 IS NOT NULL AND coalesce(h.tool_id = $3, true)
      AND $4 >= coalesce(h.from_at, '-infinity') AND $4 < coalesce(h.until_at, 'infinity'))
  ORDER BY h.id LIMIT 1
$$;
--> statement-breakpoint
REVOKE ALL ON FUNCTION interlock_held(uuid, text, uuid, timestamptz) FROM PUBLIC;
--> statement-breakpoint
GRANT EXECUTE ON FUNCTION interlock_held(uuid, text, uuid, timestamptz) TO interlock_system;
--> statement-breakpoint
-- Still append-only for everyone. An erasure writes one fixed form, and takes salts away: it cannot say anything else.
CREATE OR REPLACE FUNCTION interlock_refuse_change() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF TG_OP = 'DELETE' AND current_setting('interlock.removing_events', true) = 'on' AND TG_TABLE_NAME LIKE 'event%' THEN
    RETURN OLD;
  END IF;
  IF TG_OP = 'UPDATE' AND current_setting('interlock.erasing_events', true) = 'on' THEN
    IF TG_TABLE_NAME LIKE 'event%' THEN
      IF to_jsonb(NEW) - '{actor_name,address,data}'::text[] = to_jsonb(OLD) - '{actor_name,address,data}'::text[]
        AND NEW.actor_name IN (OLD.actor_name, 'Erased person')
        AND (NEW.address IS NULL OR NEW.address = OLD.address)
        AND NEW.data IN (OLD.data, '{"erased": true}') THEN
        RETURN NEW;
      END IF;
    ELSIF TG_TABLE_NAME = 'audit_block' AND to_jsonb(NEW) - 'salts' = to_jsonb(OLD) - 'salts' THEN
      RETURN NEW;
    END IF;
  END IF;
  RAISE EXCEPTION USING ERRCODE = 'insufficient_privilege',
    MESSAGE = format('%s is append-only: %s is refused', TG_TABLE_NAME, TG_OP);
END $$;
--> statement-breakpoint
-- Erases parts of events, as a sealed event of their tenant has announced: `[{"id", "parts", "opening"}]`.
CREATE FUNCTION interlock_erase_events(tenant uuid, announcement bigint, erased jsonb) RETURNS int
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  said jsonb;
  one record;
  ids bigint[] := '{}';
BEGIN
  SELECT a.data INTO said FROM event a, audit_position p
  WHERE a.tenant_id = tenant AND a.id = announcement AND a.type = 'EventPartsErased'
    AND (a.xid, a.id) <= (p.xid::xid8, p.event_id::bigint);
  IF said IS NULL THEN
    RAISE EXCEPTION 'Event % announces no erasure, or is not sealed yet. Nothing was erased.', announcement;
  END IF;
  PERFORM set_config('interlock.erasing_events', 'on', true);
  FOR one IN
    SELECT (e ->> 'id')::bigint AS id, ARRAY(SELECT jsonb_array_elements_text(e -> 'parts')) AS parts, e -> 'opening' AS opening
    FROM jsonb_array_elements(erased) AS of(e)
  LOOP
    IF EXISTS (SELECT FROM unnest(one.parts) AS part(name) WHERE NOT coalesce(said -> part.name ? one.id::text, false)) THEN
      RAISE EXCEPTION 'Event % does not announce the erasure of event %. Nothing was erased.', announcement, one.id;
    END IF;
    UPDATE event SET
      actor_name = CASE WHEN 'actorName' = ANY (one.parts) THEN 'Erased person' ELSE actor_name END,
      address = CASE WHEN 'address' = ANY (one.parts) THEN NULL ELSE address END,
      data = CASE WHEN 'data' = ANY (one.parts) THEN '{"erased": true}' ELSE data END
    WHERE tenant_id = tenant AND id = one.id;
    INSERT INTO audit_opening VALUES (tenant, one.id, one.opening, ARRAY[announcement])
    ON CONFLICT (tenant_id, event_id) DO UPDATE
      SET opening = excluded.opening, announced_by = audit_opening.announced_by || announcement;
    ids := ids || one.id;
  END LOOP;
  UPDATE audit_block b SET salts = (
    SELECT string_agg(CASE WHEN place.id = ANY (ids) THEN decode(repeat('00', 16), 'hex')
      ELSE substring(b.salts FROM (place.number::int - 1) * 16 + 1 FOR 16) END, ''::bytea ORDER BY place.number)
    FROM unnest(b.event_ids) WITH ORDINALITY AS place(id, number))
  WHERE b.tenant_id = tenant AND b.event_ids && ids
    AND b.high_id >= (SELECT min(id) FROM unnest(ids) AS of(id)) AND b.low_id <= (SELECT max(id) FROM unnest(ids) AS of(id));
  PERFORM set_config('interlock.erasing_events', '', true);
  RETURN cardinality(ids);
END $$;
--> statement-breakpoint
REVOKE ALL ON FUNCTION interlock_erase_events(uuid, bigint, jsonb) FROM PUBLIC;
--> statement-breakpoint
GRANT EXECUTE ON FUNCTION interlock_erase_events(uuid, bigint, jsonb) TO interlock_system;
