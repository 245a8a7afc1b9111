import { eq, isNull, type SQL } from 'drizzle-orm';
import type { PgColumn } from 'drizzle-orm/pg-core';

/** @param ownerId a tenant, or null for a global definition */
export const ownedBy = (tenantId: PgColumn, ownerId: string | null): SQL =>
  ownerId === null ? isNull(tenantId) : eq(tenantId, ownerId);
