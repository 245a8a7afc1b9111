-- The tools that a published version calls: {name in the document: tool id}.
ALTER TABLE playbook_version ADD COLUMN tool_ids jsonb NOT NULL DEFAULT '{}';
--> statement-breakpoint
-- Versions published so far get the tools that have these names now. Forced row-level security would hide them from an
-- owner that is no superuser.
ALTER TABLE playbook_version NO FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE tool NO FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
UPDATE playbook_version v SET tool_ids = (
  SELECT coalesce(jsonb_object_agg(named.name, named.id), '{}') FROM (
    SELECT DISTINCT ON (t.name) t.name, t.id FROM tool t
    WHERE t.archived_at IS NULL AND (t.tenant_id = v.tenant_id OR t.tenant_id IS NULL)
      AND t.name IN (SELECT called #>> '{}' FROM jsonb_path_query(v.document::jsonb, '$.**.tool') called)
    ORDER BY t.name, t.tenant_id NULLS LAST) named);
--> statement-breakpoint
ALTER TABLE tool FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE playbook_version FORCE ROW LEVEL SECURITY;
