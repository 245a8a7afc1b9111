import { createHmac, hkdfSync } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import type { Database } from '../../platform/db/database.ts';
import { type PiiChoices, piiKinds } from '../../platform/redaction/pii/pii-kinds.ts';
import { type PiiRules, piiRedactor } from '../../platform/server/pii-rules.ts';
import { readRedaction } from '../db/redaction-settings.ts';
import { choicesFor, type StoredRedaction } from '../redaction-settings.ts';

/** What a tenant has chosen for the calls of a tool. */
export interface ToolPii {
  /** Of the tenant's settings: another one may say something else. */
  revision: number;
  /** Null: nothing is looked for. */
  choices: PiiChoices | null;
}

export function toolPii(row: {
  id: string;
  redaction: StoredRedaction | null;
  redaction_revision: number;
}): ToolPii {
  return { revision: row.redaction_revision, choices: row.redaction && choicesFor(row.redaction, row.id) };
}

/** What is done with personal data; null: nothing. */
export interface PersonalData {
  ofTool(tool: { loadedForId: string; pii: ToolPii }): PiiRules | null;
  /** Where no tool is called. A change counts within a second, in the process that made it at once. */
  ofTenant(tenantId: string): Promise<PiiRules | null>;
  rules(tenantId: string, choices: PiiChoices | null): PiiRules | null;
  /** What a search looks for: values of kinds that the tenant hashes are stored as their hash. */
  asStored(tenantId: string, q: string): Promise<string>;
  changed(tenantId: string): void;
}

/** @param secret of the deployment; every tenant has a key of its own, derived from it */
export function createPersonalData(db: Database, secret: string): PersonalData {
  const key = Buffer.from(hkdfSync('sha256', secret, '', 'interlock/personal-data', 32));
  const chosen = new LRUCache<string, { choices: PiiChoices | null }>({ max: 5_000, ttl: 1_000 });
  const rules: PersonalData['rules'] = (tenantId, choices) =>
    choices && { choices, key: createHmac('sha256', key).update(tenantId).digest('hex') };
  async function ofTenant(tenantId: string): Promise<PiiRules | null> {
    let found = chosen.get(tenantId);
    if (!found) {
      const { redaction } = await db.tenant(tenantId, readRedaction);
      found = { choices: redaction && choicesFor(redaction) };
      chosen.set(tenantId, found);
    }
    return rules(tenantId, found.choices);
  }
  return {
    rules,
    ofTool: ({ loadedForId, pii }) => rules(loadedForId, pii.choices),
    ofTenant,
    async asStored(tenantId, q) {
      const found = await ofTenant(tenantId);
      if (!found) return q;
      const hashed = piiKinds.filter((kind) => found.choices[kind] === 'hash');
      const choices = Object.fromEntries(hashed.map((kind) => [kind, 'hash' as const]));
      return piiRedactor({ ...found, choices }).text(q);
    },
    changed: (tenantId) => void chosen.delete(tenantId),
  };
}
