-- Through which door, and from which address, an event was caused. NULL: written by an earlier version, or no address.
ALTER TABLE event ADD COLUMN door text, ADD COLUMN address text;
--> statement-breakpoint
-- A completion is applied by a worker, and its events name the request that sent it.
ALTER TABLE step_completion ADD COLUMN door text, ADD COLUMN address text;
--> statement-breakpoint
-- No role may change an event, its owner and superusers included. Retention drops partitions.
CREATE FUNCTION interlock_refuse_change() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  RAISE EXCEPTION USING ERRCODE = 'insufficient_privilege',
    MESSAGE = format('%s is append-only: %s is refused', TG_TABLE_NAME, TG_OP);
END $$;
--> statement-breakpoint
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON event FOR EACH ROW EXECUTE FUNCTION interlock_refuse_change();
--> statement-breakpoint
CREATE TRIGGER append_only_truncate BEFORE TRUNCATE ON event FOR EACH STATEMENT EXECUTE FUNCTION interlock_refuse_change();
--> statement-breakpoint
-- A partition gets the triggers for rows from its parent, but not those for statements.
CREATE FUNCTION interlock_guard_event_partitions() RETURNS void LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE part regclass;
BEGIN
  FOR part IN
    SELECT i.inhrelid::regclass FROM pg_inherits i WHERE i.inhparent = 'event'::regclass
      AND NOT EXISTS (SELECT FROM pg_trigger t WHERE t.tgrelid = i.inhrelid AND t.tgname = 'append_only_truncate')
  LOOP
    EXECUTE format('CREATE TRIGGER append_only_truncate BEFORE TRUNCATE ON %s FOR EACH STATEMENT EXECUTE FUNCTION interlock_refuse_change()', part);
  END LOOP;
END $$;
--> statement-breakpoint
REVOKE ALL ON FUNCTION interlock_guard_event_partitions() FROM PUBLIC;
--> statement-breakpoint
CREATE OR REPLACE FUNCTION interlock_ensure_partitions(months_ahead int DEFAULT 2) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  month timestamptz;
  next_month timestamptz;
  suffix text;
BEGIN
  FOR i IN -1..months_ahead LOOP
    month := date_trunc('month', now() AT TIME ZONE 'UTC' + make_interval(months => i)) AT TIME ZONE 'UTC';
    next_month := date_trunc('month', now() AT TIME ZONE 'UTC' + make_interval(months => i + 1)) AT TIME ZONE 'UTC';
    suffix := to_char(month AT TIME ZONE 'UTC', 'YYYY_MM');
    EXECUTE format('CREATE TABLE IF NOT EXISTS %I PARTITION OF tool_execution FOR VALUES FROM (%L) TO (%L)',
      'tool_execution_' || suffix, interlock_uuid_floor(month), interlock_uuid_floor(next_month));
    EXECUTE format('CREATE TABLE IF NOT EXISTS %I PARTITION OF execution_attempt FOR VALUES FROM (%L) TO (%L)',
      'execution_attempt_' || suffix, interlock_uuid_floor(month), interlock_uuid_floor(next_month));
    EXECUTE format('CREATE TABLE IF NOT EXISTS %I PARTITION OF event FOR VALUES FROM (%L) TO (%L)',
      'event_' || suffix, month, next_month);
  END LOOP;
  PERFORM interlock_guard_event_partitions();
END $$;
--> statement-breakpoint
SELECT interlock_ensure_partitions();
--> statement-breakpoint
-- The seal of the log (decision 0040): a chain of blocks for each tenant, each with the digests of some events.
CREATE TABLE audit_block (
  tenant_id uuid NOT NULL,
  -- From 1.
  number int NOT NULL,
  -- The place of its first event in the tenant's chain, from 1.
  first_sequence bigint NOT NULL,
  -- Of its events, in the order in which they are sealed: (xid, id).
  event_ids bigint[] NOT NULL,
  low_id bigint NOT NULL,
  high_id bigint NOT NULL,
  -- 32 bytes for each event.
  digests bytea NOT NULL,
  -- 16 bytes for each event, that keep who knows a digest from guessing what it is of.
  salts bytea NOT NULL,
  previous bytea NOT NULL,
  hash bytea NOT NULL,
  -- As the hash has it: ISO 8601.
  sealed_at text NOT NULL,
  PRIMARY KEY (tenant_id, number)
);
--> statement-breakpoint
-- Random bytes do not shrink.
ALTER TABLE audit_block ALTER COLUMN digests SET STORAGE EXTERNAL, ALTER COLUMN salts SET STORAGE EXTERNAL;
--> statement-breakpoint
CREATE INDEX audit_block_by_event ON audit_block (tenant_id, high_id);
--> statement-breakpoint
-- How far the log has been sealed.
CREATE TABLE audit_position (
  only_one boolean PRIMARY KEY DEFAULT true CHECK (only_one),
  xid text NOT NULL,
  event_id text NOT NULL
);
--> statement-breakpoint
INSERT INTO audit_position (xid, event_id) VALUES ('0', '0');
--> statement-breakpoint
-- The keys that sign heads, sealed by the vault; the newest one signs.
CREATE TABLE audit_key (
  id text PRIMARY KEY,
  -- PEM.
  public_key text NOT NULL,
  private_key_sealed bytea NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now()
);
--> statement-breakpoint
-- A signed statement: the chain of this tenant ends with this block.
CREATE TABLE audit_head (
  tenant_id uuid NOT NULL,
  number int NOT NULL,
  -- Of its last event.
  sequence bigint NOT NULL,
  hash bytea NOT NULL,
  signed_at text NOT NULL,
  key_id text NOT NULL REFERENCES audit_key,
  signature bytea NOT NULL,
  -- When it was written to the place that the deployment names.
  exported_at timestamptz,
  PRIMARY KEY (tenant_id, number)
);
--> statement-breakpoint
CREATE INDEX audit_head_unexported ON audit_head (tenant_id, number) WHERE exported_at IS NULL;
--> statement-breakpoint
-- How far the rows were last compared with the seal.
CREATE TABLE audit_check (
  tenant_id uuid PRIMARY KEY,
  -- The last block that was compared.
  number int NOT NULL,
  checked_at timestamptz NOT NULL,
  -- When all of the chain had last been compared; NULL: not once.
  completed_at timestamptz
);
--> statement-breakpoint
-- Where rows and seal differ.
CREATE TABLE audit_problem (
  tenant_id uuid NOT NULL,
  kind text NOT NULL,
  number int NOT NULL,
  -- 0: the block itself.
  event_id bigint NOT NULL,
  sequence bigint,
  found_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (tenant_id, kind, number, event_id)
);
--> statement-breakpoint
DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['audit_block', 'audit_head', 'audit_check', 'audit_problem'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', t);
    EXECUTE format('CREATE POLICY own ON %I TO interlock_app USING (tenant_id = (SELECT interlock_tenant()))', t);
    EXECUTE format('CREATE POLICY every ON %I TO interlock_system USING (true)', t);
  END LOOP;
END $$;
--> statement-breakpoint
GRANT SELECT ON audit_position, audit_block, audit_head, audit_check, audit_problem TO interlock_app;
--> statement-breakpoint
GRANT SELECT, INSERT ON audit_block, audit_head, audit_check, audit_problem, audit_key TO interlock_system;
--> statement-breakpoint
GRANT SELECT, UPDATE ON audit_position TO interlock_system;
--> statement-breakpoint
GRANT UPDATE (exported_at) ON audit_head TO interlock_system;
--> statement-breakpoint
GRANT UPDATE ON audit_check TO interlock_system;
--> statement-breakpoint
GRANT SELECT (id, public_key, created_at) ON audit_key TO interlock_app;
--> statement-breakpoint
-- The key ring of the vault may change.
GRANT UPDATE (private_key_sealed) ON audit_key TO interlock_system;
--> statement-breakpoint
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON audit_block FOR EACH ROW EXECUTE FUNCTION interlock_refuse_change();
--> statement-breakpoint
CREATE TRIGGER append_only_truncate BEFORE TRUNCATE ON audit_block FOR EACH STATEMENT EXECUTE FUNCTION interlock_refuse_change();
