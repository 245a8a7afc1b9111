-- Null: to the platform admins of the deployment, in every organization.
ALTER TABLE notice ALTER COLUMN tenant_id DROP NOT NULL;
--> statement-breakpoint
CREATE POLICY global ON notice FOR SELECT TO interlock_app USING (tenant_id IS NULL AND (SELECT interlock_tenant()) IS NOT NULL);
