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
  /** Where people work with what they wrote: only what a schema marks, and nothing that the detectors find. */
  ofMarks(tenantId: string): Promise<PiiRules | null>;
  /**
   * What a search looks for besides the words: values of kinds that the tenant hashes are stored as their hash. What a detector
   * finds in the words has one form; otherwise all of them may be a value that a schema has marked, such as a name.
   */
  hashedForms(tenantId: string, q: string): Promise<string[]>;
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
    async ofMarks(tenantId) {
      const found = await ofTenant(tenantId);
      return found && { ...found, marksOnly: true };
    },
    async hashedForms(tenantId, q) {
      const found = await ofTenant(tenantId);
      const hashed = piiKinds.filter((kind) => found?.choices[kind] === 'hash');
      if (!found || hashed.length === 0) return [];
      const choices = Object.fromEntries(hashed.map((kind) => [kind, 'hash' as const]));
      const redactor = piiRedactor({ ...found, choices });
      const detected = redactor.text(q);
      if (detected !== q) return [detected];
      return hashed.flatMap((kind) => {
        const marked = redactor.marked(q.trim(), kind);
        return typeof marked === 'string' && marked !== q.trim() ? [marked] : [];
      });
    },
    changed: (tenantId) => void chosen.delete(tenantId),
  };
}
