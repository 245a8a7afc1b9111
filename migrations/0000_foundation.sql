-- Roles: the processes never work as the owner. Their login is a member of these three and owns nothing.
--   interlock_app     one tenant at a time, under forced row-level security
--   interlock_system  across tenants: sweeps, live tail, global tools
--   interlock_auth    accounts, sessions and keys, and nothing else
DO $$
DECLARE r text;
BEGIN
  FOREACH r IN ARRAY ARRAY['interlock_app', 'interlock_system', 'interlock_auth'] LOOP
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = r) THEN
      EXECUTE format('CREATE ROLE %I NOLOGIN NOINHERIT', r);
    END IF;
  END LOOP;
END $$;
--> statement-breakpoint
CREATE SCHEMA auth;
--> statement-breakpoint
GRANT USAGE ON SCHEMA public TO interlock_app, interlock_system, interlock_auth;
--> statement-breakpoint
GRANT USAGE ON SCHEMA auth TO interlock_auth, interlock_system;
--> statement-breakpoint
-- The tenant of this connection; NULL (and so no row at all) when none is set.
CREATE FUNCTION interlock_tenant() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE
  RETURN nullif(current_setting('interlock.tenant_id', true), '')::uuid;
--> statement-breakpoint

CREATE TABLE credential (
  id uuid PRIMARY KEY,
  tenant_id uuid,
  name text NOT NULL,
  auth_type text NOT NULL,
  allowed_hosts text[] NOT NULL DEFAULT '{}',
  current_version int NOT NULL DEFAULT 1,
  created_by_type text NOT NULL,
  created_by_id text NOT NULL,
  created_by_name text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now()
);
--> statement-breakpoint
CREATE TABLE credential_version (
  credential_id uuid NOT NULL REFERENCES credential (id),
  tenant_id uuid,
  version int NOT NULL,
  sealed bytea NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (credential_id, version)
);
--> statement-breakpoint
CREATE TABLE connector (
  id uuid PRIMARY KEY,
  tenant_id uuid,
  name text NOT NULL,
  -- json, not jsonb: the order of properties is the order of the form.
  definition json NOT NULL,
  format_version int NOT NULL,
  revision int NOT NULL DEFAULT 1,
  archived_at timestamptz,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now()
);
--> statement-breakpoint
CREATE UNIQUE INDEX connector_name ON connector (tenant_id, name) NULLS NOT DISTINCT WHERE archived_at IS NULL;
--> statement-breakpoint
CREATE TABLE tool (
  id uuid PRIMARY KEY,
  tenant_id uuid,
  name text NOT NULL,
  title text NOT NULL,
  description text NOT NULL DEFAULT '',
  type text NOT NULL,
  category text NOT NULL,
  tags text[] NOT NULL DEFAULT '{}',
  current_version int NOT NULL DEFAULT 1,
  archived_at timestamptz,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now()
);
--> statement-breakpoint
CREATE UNIQUE INDEX tool_name ON tool (tenant_id, name) NULLS NOT DISTINCT WHERE archived_at IS NULL;
--> statement-breakpoint
CREATE TABLE tool_version (
  tool_id uuid NOT NULL REFERENCES tool (id),
  tenant_id uuid,
  version int NOT NULL,
  format_version int NOT NULL,
  definition json NOT NULL,
  connector_id uuid REFERENCES connector (id),
  note text,
  created_by_type text NOT NULL,
  created_by_id text NOT NULL,
  created_by_name text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (tool_id, version)
);
--> statement-breakpoint
CREATE INDEX tool_version_connector ON tool_version (connector_id) WHERE connector_id IS NOT NULL;
--> statement-breakpoint
-- What a tenant has decided about a tool, global ones included. No row: enabled.
CREATE TABLE tool_policy (
  tenant_id uuid NOT NULL,
  tool_id uuid NOT NULL REFERENCES tool (id),
  enabled boolean NOT NULL DEFAULT true,
  updated_by_id text NOT NULL,
  updated_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (tenant_id, tool_id)
);
--> statement-breakpoint
CREATE TABLE tenant_setting (
  tenant_id uuid PRIMARY KEY,
  private_hosts text[] NOT NULL DEFAULT '{}',
  updated_at timestamptz NOT NULL DEFAULT now()
);
--> statement-breakpoint

-- Executions and attempts are partitioned by the month inside their uuid v7, so that the id alone is
-- the key and finds its partition.
CREATE TABLE tool_execution (
  id uuid PRIMARY KEY,
  tenant_id uuid NOT NULL,
  tool_id uuid NOT NULL,
  tool_name text NOT NULL,
  tool_title text NOT NULL,
  tool_version int NOT NULL,
  status text NOT NULL CHECK (status IN ('requested', 'running', 'succeeded', 'failed')),
  failure_code text,
  failure_retryable boolean,
  error_message text,
  issues jsonb,
  requested_by_actor_type text NOT NULL,
  requested_by_actor_id text NOT NULL,
  requested_by_actor_name text NOT NULL,
  exception_id text,
  playbook_step_run_id uuid,
  input_payload jsonb,
  input_sealed bytea,
  output_payload jsonb,
  preview_digest text,
  idempotency_key text,
  rerun_of uuid,
  attempts int NOT NULL DEFAULT 0,
  max_attempts int NOT NULL,
  deadline_at timestamptz NOT NULL,
  cancel_requested_at timestamptz,
  created_at timestamptz NOT NULL DEFAULT now(),
  started_at timestamptz,
  completed_at timestamptz,
  updated_at timestamptz NOT NULL DEFAULT now(),
  CHECK ((status = 'failed') = (failure_code IS NOT NULL)),
  CHECK ((status IN ('succeeded', 'failed')) = (completed_at IS NOT NULL)),
  CHECK (completed_at IS NULL OR input_sealed IS NULL)
) PARTITION BY RANGE (id);
--> statement-breakpoint
CREATE INDEX tool_execution_list ON tool_execution (tenant_id, id DESC);
--> statement-breakpoint
CREATE INDEX tool_execution_by_tool ON tool_execution (tenant_id, tool_id, id DESC);
--> statement-breakpoint
CREATE INDEX tool_execution_by_exception ON tool_execution (tenant_id, exception_id, id DESC) WHERE exception_id IS NOT NULL;
--> statement-breakpoint
CREATE INDEX tool_execution_rerun ON tool_execution (tenant_id, rerun_of) WHERE rerun_of IS NOT NULL;
--> statement-breakpoint
CREATE INDEX tool_execution_open ON tool_execution (id) WHERE status IN ('requested', 'running');
--> statement-breakpoint
CREATE TABLE execution_attempt (
  execution_id uuid NOT NULL,
  number int NOT NULL,
  tenant_id uuid NOT NULL,
  status text NOT NULL CHECK (status IN ('running', 'succeeded', 'failed', 'unknown')),
  http_status int,
  error_code text,
  error_message text,
  will_retry_at timestamptz,
  worker text NOT NULL,
  started_at timestamptz NOT NULL DEFAULT now(),
  ended_at timestamptz,
  PRIMARY KEY (execution_id, number)
) PARTITION BY RANGE (execution_id);
--> statement-breakpoint
CREATE TABLE idempotency_key (
  tenant_id uuid NOT NULL,
  key text NOT NULL,
  fingerprint text NOT NULL,
  execution_id uuid NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (tenant_id, key)
);
--> statement-breakpoint
-- One append-only log. (xid, id) orders a live tail without skipping rows that commit out of order.
CREATE TABLE event (
  id bigint GENERATED ALWAYS AS IDENTITY,
  xid xid8 NOT NULL DEFAULT pg_current_xact_id(),
  tenant_id uuid NOT NULL,
  type text NOT NULL,
  subject_type text NOT NULL,
  subject_id text NOT NULL,
  exception_id text,
  actor_type text NOT NULL,
  actor_id text NOT NULL,
  actor_name text NOT NULL,
  data jsonb NOT NULL DEFAULT '{}',
  request_id text,
  created_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (id, created_at)
) PARTITION BY RANGE (created_at);
--> statement-breakpoint
CREATE INDEX event_list ON event (tenant_id, id DESC);
--> statement-breakpoint
CREATE INDEX event_by_subject ON event (tenant_id, subject_type, subject_id, id DESC);
--> statement-breakpoint
CREATE INDEX event_by_exception ON event (tenant_id, exception_id, id DESC) WHERE exception_id IS NOT NULL;
--> statement-breakpoint
CREATE INDEX event_tail ON event (xid, id);
--> statement-breakpoint

-- The smallest uuid v7 of an instant: its first 48 bits are milliseconds.
CREATE FUNCTION interlock_uuid_floor(at timestamptz) RETURNS uuid LANGUAGE sql IMMUTABLE AS $$
  SELECT (lpad(to_hex((extract(epoch FROM at) * 1000)::bigint), 12, '0') || repeat('0', 20))::uuid
$$;
--> statement-breakpoint
-- Makes the monthly partitions around now. The worker calls it daily; it runs as the owner.
CREATE FUNCTION interlock_ensure_partitions(months_ahead int DEFAULT 2) RETURNS void
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
END $$;
--> statement-breakpoint
REVOKE ALL ON FUNCTION interlock_ensure_partitions(int) FROM PUBLIC;
--> statement-breakpoint
GRANT EXECUTE ON FUNCTION interlock_ensure_partitions(int) TO interlock_system;
--> statement-breakpoint
SELECT interlock_ensure_partitions();
--> statement-breakpoint

DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['credential', 'credential_version', 'connector', 'tool', 'tool_version', 'tool_policy',
      'tenant_setting', 'tool_execution', 'execution_attempt', 'idempotency_key', 'event'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', t);
    EXECUTE format('CREATE POLICY own ON %I TO interlock_app USING (tenant_id = (SELECT interlock_tenant()))', t);
    EXECUTE format('CREATE POLICY every ON %I TO interlock_system USING (true)', t);
  END LOOP;
  -- Global definitions are read by every tenant and written by the system role alone.
  -- (A credential of a global tool stays out of reach: only the worker opens it, as the system role.)
  FOREACH t IN ARRAY ARRAY['connector', 'tool', 'tool_version'] LOOP
    EXECUTE format('CREATE POLICY global ON %I FOR SELECT TO interlock_app USING (tenant_id IS NULL AND (SELECT interlock_tenant()) IS NOT NULL)', t);
  END LOOP;
END $$;
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE ON credential, connector, tool, tool_policy, tenant_setting, tool_execution, execution_attempt
  TO interlock_app, interlock_system;
--> statement-breakpoint
-- Immutable or append-only: no UPDATE, no DELETE.
GRANT SELECT, INSERT ON credential_version, tool_version, idempotency_key, event TO interlock_app, interlock_system;
--> statement-breakpoint
GRANT DELETE ON idempotency_key TO interlock_system;
