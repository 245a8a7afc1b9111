-- Who created an exception or changed its fields: they do not approve what runs on it.
CREATE TABLE exception_editor (
  tenant_id uuid NOT NULL,
  exception_id uuid NOT NULL REFERENCES exception (id),
  actor_id text NOT NULL,
  -- The mailbox of the person behind the actor; empty when unknown.
  person text NOT NULL,
  PRIMARY KEY (exception_id, actor_id, person)
);
--> statement-breakpoint
-- The log knows who did it before. Forced row-level security would hide it from an owner that is no superuser.
ALTER TABLE event NO FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
INSERT INTO exception_editor
SELECT DISTINCT e.tenant_id, e.subject_id::uuid, e.actor_id,
  coalesce(regexp_replace(lower(btrim(coalesce(u.email, k.created_by))), '\+[^@]*(?=@)', ''), '')
FROM event e
LEFT JOIN auth."user" u ON e.actor_type = 'user' AND u.id = e.actor_id
LEFT JOIN (SELECT id, (metadata::jsonb #>> '{}')::jsonb ->> 'createdBy' AS created_by FROM auth.apikey) k
  ON e.actor_type = 'api_key' AND k.id = e.actor_id
WHERE e.type IN ('ExceptionCreated', 'ExceptionUpdated') AND e.subject_type = 'exception';
--> statement-breakpoint
ALTER TABLE event FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE exception_editor ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE exception_editor FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY own ON exception_editor TO interlock_app USING (tenant_id = (SELECT interlock_tenant()));
--> statement-breakpoint
CREATE POLICY every ON exception_editor TO interlock_system USING (true);
--> statement-breakpoint
GRANT SELECT, INSERT ON exception_editor TO interlock_app, interlock_system;
