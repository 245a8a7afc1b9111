import type { Identity } from '../../identity/roles.ts';
import type { TenantConnection } from '../../platform/db/database.ts';
import { exceptionEditor } from './tables.ts';

/** Records who created or changed an exception, once for each. Call it in the transaction of the change. */
export async function noteEditor(
  connection: TenantConnection,
  exceptionId: string,
  { actor, person }: Pick<Identity, 'actor' | 'person'>,
): Promise<void> {
  await connection.orm
    .insert(exceptionEditor)
    .values({
      tenant_id: connection.tenantId,
      exception_id: exceptionId,
      actor_id: actor.id,
      person: person ?? '',
    })
    .onConflictDoNothing();
}
