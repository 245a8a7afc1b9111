import type { SystemConnection, TenantConnection } from '../../platform/db/database.ts';

/** Tenant definitions are written as the tenant, global ones as the system role. */
export type RegistryConnection = TenantConnection | SystemConnection;
