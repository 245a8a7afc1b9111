import { and, eq, lt, sql } from 'drizzle-orm';
import type { TenantConnection } from '../../platform/db/database.ts';
import { ownedBy } from './owned-by.ts';
import type { RegistryConnection } from './registry-connection.ts';
import { connector, oauthSignIn, tool, toolVersion } from './tables.ts';

export type OauthSignInRow = typeof oauthSignIn.$inferSelect;

/** Keeps a sign-in that has begun; those of the tenant that were never finished go. */
export async function insertSignIn(
  connection: TenantConnection,
  signIn: Omit<OauthSignInRow, 'tenant_id'>,
): Promise<void> {
  const { tenantId, orm } = connection;
  await orm
    .delete(oauthSignIn)
    .where(and(eq(oauthSignIn.tenant_id, tenantId), lt(oauthSignIn.expires_at, sql`now()`)));
  await orm.insert(oauthSignIn).values({ ...signIn, tenant_id: tenantId });
}

/** Takes a sign-in: no one gets it a second time. */
export async function takeSignIn(
  connection: TenantConnection,
  stateDigest: string,
): Promise<OauthSignInRow | null> {
  const [row] = await connection.orm
    .delete(oauthSignIn)
    .where(and(eq(oauthSignIn.state_digest, stateDigest), eq(oauthSignIn.tenant_id, connection.tenantId)))
    .returning();
  return row ?? null;
}

/** The auth of every tool and connector that uses a credential now. */
export async function listAuthWith(
  connection: RegistryConnection,
  credentialId: string,
  ownerId: string | null,
): Promise<{ name: string; auth: unknown }[]> {
  const { orm } = connection;
  const tools = await orm
    .select({ name: tool.name, auth: sql<unknown>`${toolVersion.definition}->'auth'` })
    .from(tool)
    .innerJoin(
      toolVersion,
      and(eq(toolVersion.tool_id, tool.id), eq(toolVersion.version, tool.current_version)),
    )
    .where(
      and(
        ownedBy(tool.tenant_id, ownerId),
        sql`${tool.archived_at} IS NULL`,
        sql`${toolVersion.definition}->'auth'->>'credentialId' = ${credentialId}`,
      ),
    );
  const connectors = await orm
    .select({ name: connector.name, auth: sql<unknown>`${connector.definition}->'auth'` })
    .from(connector)
    .where(
      and(
        ownedBy(connector.tenant_id, ownerId),
        sql`${connector.archived_at} IS NULL`,
        sql`${connector.definition}->'auth'->>'credentialId' = ${credentialId}`,
      ),
    );
  return [...tools, ...connectors];
}
