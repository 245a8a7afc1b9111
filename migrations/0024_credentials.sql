-- A credential has a life of its own: limits, expiry, health, versions that replace each other.
ALTER TABLE credential
  -- The auth without its secret. Null: it was stored before, and only the tools that use it know it.
  ADD COLUMN settings json,
  ADD COLUMN note text NOT NULL DEFAULT '',
  -- Null: every method, every path.
  ADD COLUMN methods text[],
  ADD COLUMN path_prefixes text[],
  ADD COLUMN expires_at timestamptz,
  -- When the next reminder of its expiry is due.
  ADD COLUMN remind_at timestamptz,
  -- The secret is in this variable of the worker's environment; its version is empty.
  ADD COLUMN variable text,
  -- Until then this version is tried when the provider refuses the current one. Afterwards its value is erased.
  ADD COLUMN previous_version int,
  ADD COLUMN previous_until timestamptz,
  -- Counts changes, for If-Match.
  ADD COLUMN revision int NOT NULL DEFAULT 1,
  ADD COLUMN health text,
  ADD COLUMN health_message text,
  ADD COLUMN health_http_status int,
  ADD COLUMN health_at timestamptz,
  -- The last endpoint that it was tested against.
  ADD COLUMN test_method text,
  ADD COLUMN test_url text,
  ADD COLUMN updated_by_type text,
  ADD COLUMN updated_by_id text,
  ADD COLUMN updated_by_name text,
  ADD COLUMN archived_at timestamptz;
--> statement-breakpoint
-- Versions from before have no author. An erased value has no bytes.
ALTER TABLE credential_version
  ADD COLUMN created_by_type text,
  ADD COLUMN created_by_id text,
  ADD COLUMN created_by_name text;
--> statement-breakpoint
CREATE INDEX credential_list ON credential (tenant_id, name, id) WHERE archived_at IS NULL;
--> statement-breakpoint
CREATE INDEX credential_remind ON credential (remind_at) WHERE remind_at IS NOT NULL;
--> statement-breakpoint
CREATE INDEX credential_overlap ON credential (previous_until) WHERE previous_until IS NOT NULL;
--> statement-breakpoint
-- To seal it under another key, and to erase it. Nothing else of a version changes.
GRANT UPDATE (sealed) ON credential_version TO interlock_system;
--> statement-breakpoint
-- The keys that seal, as this database knows them. The bytes of a key are with the processes, or wrapped by a key of a key
-- management service.
CREATE TABLE vault_key (
  id text PRIMARY KEY,
  -- Something that the key sealed, opened at each start: is it still the key of this name?
  canary bytea,
  kms_key text,
  wrapped bytea,
  created_at timestamptz NOT NULL DEFAULT now(),
  CHECK ((kms_key IS NULL) = (wrapped IS NULL))
);
--> statement-breakpoint
-- How far the secrets of a table have been handed out to be sealed again under this key.
CREATE TABLE vault_rewrap (
  store text PRIMARY KEY,
  key_id text NOT NULL,
  position text NOT NULL DEFAULT '',
  taken_at timestamptz NOT NULL DEFAULT now()
);
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON vault_key, vault_rewrap TO interlock_system;
--> statement-breakpoint
-- The name of the key that sealed something: the header of an AWS Encryption SDK message, format 2, whose first data key is
-- wrapped by a raw AES key (its name, and 20 bytes of lengths and IV). NULL for anything else.
CREATE FUNCTION interlock_sealed_key(sealed bytea) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT CASE WHEN substr(sealed, 1, 1) = '\x02' AND info.size > 20 AND length(sealed) > info.at + 2 + info.size
    THEN encode(substr(sealed, info.at + 3, info.size - 20), 'escape') END
  FROM (SELECT 37 + ('x' || encode(substr(sealed, 36, 2), 'hex'))::bit(16)::int + 2 AS at) AS provider,
    LATERAL (SELECT provider.at + 2 + ('x' || encode(substr(sealed, provider.at + 1, 2), 'hex'))::bit(16)::int AS at) AS after,
    LATERAL (SELECT after.at, ('x' || encode(substr(sealed, after.at + 1, 2), 'hex'))::bit(16)::int AS size) AS info
$$;
--> statement-breakpoint
CREATE INDEX IF NOT EXISTS playbook_step_run_sealed ON playbook_step_run (id) WHERE input_sealed IS NOT NULL;
--> statement-breakpoint
CREATE INDEX IF NOT EXISTS step_completion_sealed ON step_completion (id) WHERE input_sealed IS NOT NULL;
