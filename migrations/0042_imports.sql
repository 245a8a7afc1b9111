-- Documents that tools are imported from, and which operation each imported tool is.
CREATE TABLE imported_document (
  id uuid PRIMARY KEY,
  tenant_id uuid NOT NULL,
  format text NOT NULL,
  title text NOT NULL,
  source_url text,
  connector_name text NOT NULL,
  connector json,
  -- It may hold credentials: those of a curl command, or examples.
  document_sealed bytea NOT NULL,
  document_bytes int NOT NULL,
  operations json NOT NULL,
  changes json NOT NULL DEFAULT '{}',
  created_by_type text NOT NULL,
  created_by_id text NOT NULL,
  created_by_name text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now()
);
--> statement-breakpoint
CREATE INDEX imported_document_age ON imported_document (created_at);
--> statement-breakpoint
CREATE TABLE imported_tool (
  tenant_id uuid NOT NULL,
  connector_id uuid NOT NULL REFERENCES connector (id),
  operation_key text NOT NULL,
  tool_id uuid NOT NULL REFERENCES tool (id),
  -- Of the draft that the tool was last made of.
  digest text NOT NULL,
  imported_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (tenant_id, connector_id, operation_key)
);
--> statement-breakpoint
CREATE INDEX imported_tool_by_tool ON imported_tool (tool_id);
--> statement-breakpoint
DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['imported_document', 'imported_tool'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', t);
    EXECUTE format('CREATE POLICY own ON %I TO interlock_app USING (tenant_id = (SELECT interlock_tenant()))', t);
    EXECUTE format('CREATE POLICY every ON %I TO interlock_system USING (true)', t);
  END LOOP;
END $$;
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE ON imported_document, imported_tool TO interlock_app, interlock_system;
--> statement-breakpoint
GRANT DELETE ON imported_document TO interlock_app, interlock_system;
