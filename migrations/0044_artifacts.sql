-- Files that calls send and receive. The bytes are stored once for each tenant, under their SHA-256.
CREATE TABLE artifact_content (
  tenant_id uuid NOT NULL,
  digest bytea NOT NULL,
  bytes int NOT NULL,
  content bytea NOT NULL,
  PRIMARY KEY (tenant_id, digest)
);
--> statement-breakpoint
CREATE TABLE artifact (
  id uuid PRIMARY KEY,
  tenant_id uuid NOT NULL,
  digest bytea NOT NULL,
  name text NOT NULL,
  content_type text NOT NULL,
  bytes int NOT NULL,
  created_by_type text NOT NULL,
  created_by_id text NOT NULL,
  created_by_name text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  -- NULL while an execution with its payloads uses it.
  unused_since timestamptz DEFAULT now(),
  UNIQUE (tenant_id, digest, name, content_type),
  FOREIGN KEY (tenant_id, digest) REFERENCES artifact_content (tenant_id, digest)
);
--> statement-breakpoint
CREATE INDEX artifact_unused ON artifact (unused_since) WHERE unused_since IS NOT NULL;
--> statement-breakpoint
CREATE TABLE artifact_use (
  tenant_id uuid NOT NULL,
  artifact_id uuid NOT NULL REFERENCES artifact (id) ON DELETE CASCADE,
  execution_id uuid NOT NULL,
  PRIMARY KEY (execution_id, artifact_id)
);
--> statement-breakpoint
CREATE INDEX artifact_use_of ON artifact_use (artifact_id);
--> statement-breakpoint
DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['artifact_content', 'artifact', 'artifact_use'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', t);
    EXECUTE format('CREATE POLICY own ON %I TO interlock_app USING (tenant_id = (SELECT interlock_tenant()))', t);
    EXECUTE format('CREATE POLICY every ON %I TO interlock_system USING (true)', t);
  END LOOP;
END $$;
--> statement-breakpoint
GRANT SELECT, INSERT ON artifact_content, artifact, artifact_use TO interlock_app;
--> statement-breakpoint
GRANT UPDATE ON artifact TO interlock_app, interlock_system;
--> statement-breakpoint
GRANT SELECT, DELETE ON artifact_content, artifact, artifact_use TO interlock_system;
