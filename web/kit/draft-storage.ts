import { isObject } from '../../shared/platform/schema-properties.ts';
import { type JsonSchema, resolveSchema } from './schema-form/schema-field.ts';
import { secretPointers, withoutSecrets } from './schema-form/schema-values.ts';
import { dropFromTab, readFromTab, storeInTab } from './tab-storage.ts';

/** Unsent input, stored for this browser tab, so that a reload loses nothing. */
interface Draft {
  /** The typed text, where it is not JSON and the schema has no secret. */
  text?: string;
  value?: unknown;
  /** A reference that was typed beside the input. */
  reference?: string;
}

const storageKey = (key: string) => `interlock.input.${key}`;

/** Leaves secret values out. Stores text that is not JSON only if no part of the schema is secret. */
export function saveDraft(
  key: string,
  schema: JsonSchema,
  { text, value, reference }: { text?: string | undefined; value: unknown; reference?: string },
): void {
  storeInTab(storageKey(key), {
    ...(text !== undefined && isHarmless(schema)
      ? { text }
      : { value: withoutSecrets(schema, schema, value) }),
    ...(reference ? { reference } : {}),
  } satisfies Draft);
}

export function readDraft(key: string): Draft | null {
  const stored = readFromTab(storageKey(key));
  return isObject(stored) ? stored : null;
}

export const dropDraft = (key: string): void => dropFromTab(storageKey(key));

/** True if no part of the schema, however deep, is secret. */
function isHarmless(schema: JsonSchema): boolean {
  if (!resolveSchema(schema, schema) || secretPointers(schema, schema).length > 0) return false;
  return !/"writeOnly":true|"format":"password"|"x-secret":true|"\$ref":"(?!#)/.test(JSON.stringify(schema));
}
