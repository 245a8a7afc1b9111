import type { ChangeServices } from '../../events/server/change-context.ts';

export interface Organization {
  slug: string;
  name: string;
}

/** Null: it is gone. */
export async function organizationOf(
  { db }: Pick<ChangeServices, 'db'>,
  tenantId: string,
): Promise<Organization | null> {
  const { rows } = await db.authPool.query<Organization>(
    'SELECT slug, name FROM auth.organization WHERE id = $1',
    [tenantId],
  );
  return rows[0] ?? null;
}
