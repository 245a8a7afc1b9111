-- Filters, columns and density of a list under a name: a person's own, or of the organization (decision 0073).
CREATE TABLE saved_view (
  id uuid PRIMARY KEY,
  tenant_id uuid NOT NULL,
  -- Names the list, such as 'tools'.
  list text NOT NULL,
  name text NOT NULL,
  shared boolean NOT NULL,
  -- As the query string of the page has them, with its sort order.
  filters jsonb NOT NULL,
  hidden_columns text[] NOT NULL DEFAULT '{}',
  density text NOT NULL,
  revision int NOT NULL DEFAULT 1,
  owner_id text NOT NULL,
  owner_name text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now()
);
--> statement-breakpoint
CREATE UNIQUE INDEX saved_view_own ON saved_view (tenant_id, list, owner_id, name) WHERE NOT shared;
--> statement-breakpoint
CREATE UNIQUE INDEX saved_view_shared ON saved_view (tenant_id, list, name) WHERE shared;
--> statement-breakpoint
-- The view that a list opens with, for one person.
CREATE TABLE saved_view_default (
  tenant_id uuid NOT NULL,
  owner_id text NOT NULL,
  list text NOT NULL,
  view_id uuid NOT NULL REFERENCES saved_view (id) ON DELETE CASCADE,
  PRIMARY KEY (tenant_id, owner_id, list)
);
--> statement-breakpoint
CREATE INDEX saved_view_default_view ON saved_view_default (view_id);
--> statement-breakpoint
DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['saved_view', 'saved_view_default'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', t);
    EXECUTE format('CREATE POLICY own ON %I TO interlock_app USING (tenant_id = (SELECT interlock_tenant()))', t);
    EXECUTE format('CREATE POLICY every ON %I TO interlock_system USING (true)', t);
    EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %I TO interlock_app', t);
  END LOOP;
END $$;
--> statement-breakpoint
GRANT SELECT, DELETE, UPDATE (name, filters, owner_name) ON saved_view TO interlock_system;
--> statement-breakpoint
GRANT SELECT, DELETE ON saved_view_default TO interlock_system;
