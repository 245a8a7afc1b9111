-- The bytes of a file are here, or in object storage under a name of their own.
ALTER TABLE artifact_content ALTER COLUMN content DROP NOT NULL;
--> statement-breakpoint
ALTER TABLE artifact_content ADD COLUMN object uuid;
--> statement-breakpoint
ALTER TABLE artifact_content ADD CONSTRAINT artifact_content_place CHECK (num_nonnulls(content, object) = 1)
  NOT VALID;
--> statement-breakpoint
-- Objects that no file names: one that is being written, until its file is; and one whose file is gone, until it is too.
CREATE TABLE artifact_object (
  object uuid PRIMARY KEY,
  tenant_id uuid NOT NULL,
  due_at timestamptz NOT NULL
);
--> statement-breakpoint
CREATE INDEX artifact_object_due ON artifact_object (due_at);
--> statement-breakpoint
ALTER TABLE artifact_object ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE artifact_object FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY own ON artifact_object TO interlock_app USING (tenant_id = (SELECT interlock_tenant()));
--> statement-breakpoint
CREATE POLICY every ON artifact_object TO interlock_system USING (true);
--> statement-breakpoint
GRANT SELECT, INSERT, DELETE ON artifact_object TO interlock_app, interlock_system;
--> statement-breakpoint
GRANT UPDATE ON artifact_object TO interlock_system;
--> statement-breakpoint
GRANT UPDATE (content, object) ON artifact_content TO interlock_system;
