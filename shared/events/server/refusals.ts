import { LRUCache } from 'lru-cache';
import type { Actor } from '../../identity/roles.ts';
import type { EventType } from '../event-types.ts';
import type { ChangeServices } from './change-context.ts';
import { tell } from './tell.ts';

/** The same refusal is written once in this time; the next one says how many there were in between. */
const windowMs = 60_000;
/** Of one tenant, in the same time. */
const perTenant = 120;

export interface Refusal {
  type: Extract<EventType, 'AccessDenied' | 'SignInFailed'>;
  tenantId: string;
  actor: Actor;
  /** Whose access it is about: an account or an API key. */
  subjectId: string;
  requestId?: string | undefined;
  /** What was refused and why; with the type and the actor, it says which refusals are the same. */
  data: {
    operation: string;
    reason: string;
    subject?: string;
    policyId?: string;
    door?: string;
    address?: string;
  };
}

/** Writes refusals to the event log. It never fails, and a flood of refusals cannot fill the log. */
export interface Refusals {
  tell(refusal: Refusal): Promise<void>;
}

export function createRefusals({ db, log }: ChangeServices): Refusals {
  const recent = new LRUCache<string, true>({ max: 10_000, ttl: windowMs });
  const suppressed = new LRUCache<string, number>({ max: 10_000, ttl: 60 * windowMs });
  const written = new LRUCache<string, { count: number }>({ max: 10_000, ttl: windowMs });

  /** How many of the same kind were not written since the last one; null: this one is not written either. */
  function admit({ type, tenantId, actor, data }: Refusal): number | null {
    const key = JSON.stringify([tenantId, type, actor.id, data.operation, data.reason]);
    const ofTenant = written.get(tenantId) ?? { count: 0 };
    if (recent.has(key) || ofTenant.count >= perTenant) {
      suppressed.set(key, (suppressed.get(key) ?? 0) + 1);
      return null;
    }
    ofTenant.count += 1;
    if (ofTenant.count === 1) written.set(tenantId, ofTenant);
    recent.set(key, true);
    const before = suppressed.get(key) ?? 0;
    suppressed.delete(key);
    return before;
  }

  return {
    async tell(refusal) {
      const before = admit(refusal);
      if (before === null) return;
      const { type, tenantId, actor, subjectId, requestId, data } = refusal;
      try {
        await db.tenant(tenantId, (connection) =>
          tell(
            connection,
            { identity: { tenantId, actor }, requestId },
            {
              type,
              subjectType: 'member',
              subjectId,
              data: { ...data, ...(before > 0 ? { suppressed: before } : {}) },
            },
          ),
        );
      } catch (error) {
        log.warn({ err: error, type, operation: data.operation }, 'A refusal could not be recorded');
      }
    },
  };
}
