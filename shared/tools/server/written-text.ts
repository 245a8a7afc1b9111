import { LRUCache } from 'lru-cache';
import type { Database } from '../../platform/db/database.ts';
import type { JsonValue } from '../../platform/json.ts';
import { createSecretRedactor } from '../../platform/redaction/redaction.ts';
import { piiRedactor } from '../../platform/server/pii-rules.ts';
import { redactSent } from '../../platform/server/redact-large.ts';
import type { Vault } from '../../platform/server/vault.ts';
import { openNewestCredentials } from './open-credential.ts';
import type { PersonalData } from './personal-data.ts';

/**
 * What people write for people: it may quote a credential of their organization, which then must not be stored. Personal
 * data is what they work with, and stays, unless a schema marks it; only what an event keeps is redacted like an execution.
 */
export interface WrittenText {
  /** Secrets that such a text must not contain. */
  secrets(tenantId: string): Promise<string[]>;
  text(tenantId: string, text: string): Promise<string>;
  /**
   * @param schema its marks of personal data count
   * @throws InterlockError `invalid_input` when it takes too long
   */
  json(tenantId: string, value: JsonValue, schema?: unknown): Promise<JsonValue>;
  /** A reason or a note: events keep it for good. */
  note(tenantId: string, text: string): Promise<string>;
}

/** A shorter secret would match ordinary words. */
const shortest = 8;
/** Of all secrets together, in characters: half of what a redactor searches for. */
const mostCharacters = 131_072;

export function createWrittenText(db: Database, vault: Vault, personal: PersonalData): WrittenText {
  // Opening takes 0.6 ms for each, and machines write exceptions too. As short as a call may last.
  const opened = new LRUCache<string, string[]>({ max: 500, ttl: 5_000 });
  async function secrets(tenantId: string): Promise<string[]> {
    const before = opened.get(tenantId);
    if (before) return before;
    let left = mostCharacters;
    const found = (await openNewestCredentials(db, vault, tenantId)).filter(({ length }) => {
      left -= length;
      return length >= shortest && left >= 0;
    });
    opened.set(tenantId, found);
    return found;
  }
  return {
    secrets,
    text: async (tenantId, text) => createSecretRedactor(await secrets(tenantId)).text(text),
    async json(tenantId, value, schema) {
      const [known, marks] = await Promise.all([
        secrets(tenantId),
        schema ? personal.ofMarks(tenantId) : null,
      ]);
      return (await redactSent(value, schema, known, tenantId, marks)).value;
    },
    async note(tenantId, text) {
      const [known, rules] = await Promise.all([secrets(tenantId), personal.ofTenant(tenantId)]);
      return createSecretRedactor(known, piiRedactor(rules)).text(text);
    },
  };
}
