import { LRUCache } from 'lru-cache';
import type { Database, TenantConnection } from '../../platform/db/database.ts';
import { listPolicies, type PolicyRow, readPolicySet } from '../db/policies.ts';
import type { Policy } from '../decide.ts';
import { policyDocumentSchema } from '../policy-schemas.ts';
import type { NamedPolicy } from './check-policy.ts';

/** Format of a stored document. */
export const policyFormatVersion = 1;

/** The policies of a tenant that are in force, as of one moment. */
export interface PolicySet {
  revision: number;
  policies: readonly Policy[];
}

const empty: PolicySet = { revision: 0, policies: [] };

// What was last seen. The insert of an execution checks that it still holds.
const lastSeen = new LRUCache<string, PolicySet>({
  maxSize: 20_000,
  sizeCalculation: ({ policies }) => policies.length + 1,
});

/** The policies of a tenant, no older than this revision. It costs a statement when this process has not seen it. */
export async function policySetOf(db: Database, tenantId: string, revision: number): Promise<PolicySet> {
  const seen = lastSeen.get(tenantId) ?? empty;
  if (seen.revision >= revision) return seen;
  const { policies, ...read } = await db.tenant(tenantId, readPolicySet);
  const set = {
    revision: read.revision,
    policies: policies.map((row) => ({ ...documentOf(row), id: row.id })).filter(({ enabled }) => enabled),
  };
  lastSeen.set(tenantId, set);
  return set;
}

/** What was last seen did not hold. */
export function forgetPolicySet(tenantId: string): void {
  lastSeen.delete(tenantId);
}

/** A stored document, which has a name, with every default. */
export function documentOf({ document }: Pick<PolicyRow, 'document'>): NamedPolicy {
  const parsed = policyDocumentSchema.parse(document);
  return { ...parsed, name: parsed.name ?? 'Policy' };
}

/** As they are in the database now, those that are disabled too. */
export async function readStoredPolicies(connection: TenantConnection): Promise<Policy[]> {
  return (await listPolicies(connection)).map((row) => ({ ...documentOf(row), id: row.id }));
}
