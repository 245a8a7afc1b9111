import type { Database } from '../../platform/db/database.ts';
import { InterlockError } from '../../platform/error-codes.ts';
import { countOpenExecutions } from '../db/executions-open.ts';

/** Bounds how many executions of a tenant are requested or running at once. */
export interface InFlight {
  /**
   * Admits one more execution.
   * @returns call it when the execution is written, or will not be
   * @throws InterlockError `rate_limited`
   */
  admit(tenantId: string): Promise<() => void>;
}

const retryAfterSeconds = 2;

/**
 * Counts rows, but not for every execution: a count allows half of what is left before the next one, because other
 * processes count the same rows. One process never exceeds the bound; each further one may, for a moment, by half of it.
 */
export function createInFlight(db: Database, bound: number): InFlight {
  interface Tenant {
    /** Executions that may be admitted before the next count. */
    allowed: number;
    /** Of those that are admitted and not written yet: no count would see them. */
    writes: Set<Promise<void>>;
    counting: Promise<number> | null;
  }
  const tenants = new Map<string, Tenant>();

  async function count(tenantId: string, tenant: Tenant): Promise<number> {
    await Promise.all(tenant.writes);
    const open = await db.tenant(tenantId, (connection) => countOpenExecutions(connection, bound));
    tenant.allowed = Math.max(0, Math.ceil((bound - open) / 2));
    return tenant.allowed;
  }

  return {
    async admit(tenantId) {
      const tenant = tenants.get(tenantId) ?? { allowed: 0, writes: new Set(), counting: null };
      tenants.set(tenantId, tenant);
      while (tenant.allowed === 0) {
        tenant.counting ??= count(tenantId, tenant).finally(() => {
          tenant.counting = null;
        });
        if ((await tenant.counting) === 0) throw tooMany(bound);
      }
      tenant.allowed -= 1;
      const { promise, resolve } = Promise.withResolvers<void>();
      tenant.writes.add(promise);
      return () => {
        tenant.writes.delete(promise);
        resolve();
      };
    },
  };
}

function tooMany(bound: number): InterlockError {
  return new InterlockError(
    'rate_limited',
    `This organization has ${bound} executions in progress, the most it may have at once. Nothing was sent; try again in ${retryAfterSeconds} s.`,
    { retryAfterSeconds },
  );
}
