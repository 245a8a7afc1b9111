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
