import { isObject } from '../../shared/platform/schema-properties.ts';
import { type JsonSchema, resolveSchema } from './schema-form/schema-field.ts';
import { secretPointers, withoutSecrets } from './schema-form/schema-values.ts';

/** Unsent input, stored for this browser tab, so that a reload loses nothing. */
const keyOf = (tenant: string, toolId: string) => `interlock.run.${tenant}.${toolId}`;

interface Draft {
  /** The typed text, if the schema has no secret. */
  text?: string;
  value?: unknown;
  exceptionId?: string;
}

/** Leaves secret values out. Stores text that is not JSON only if no part of the schema is secret. */
export function saveDraft(
  at: { tenant: string; toolId: string; schema: JsonSchema },
  draft: { text: string; isJson: boolean; value: unknown; exceptionId: string },
): void {
  const keepsText = !draft.isJson && isHarmless(at.schema);
  const kept: Draft = {
    ...(keepsText ? { text: draft.text } : { value: withoutSecrets(at.schema, at.schema, draft.value) }),
    ...(draft.exceptionId ? { exceptionId: draft.exceptionId } : {}),
  };
  try {
    sessionStorage.setItem(keyOf(at.tenant, at.toolId), JSON.stringify(kept));
  } catch {
    // Storage is blocked or full: a reload loses the draft.
  }
}

export function readDraft(tenant: string, toolId: string): Draft | null {
  try {
    const stored: unknown = JSON.parse(sessionStorage.getItem(keyOf(tenant, toolId)) ?? 'null');
    return isObject(stored) ? stored : null;
  } catch {
    return null;
  }
}

export function dropDraft(tenant: string, toolId: string): void {
  try {
    sessionStorage.removeItem(keyOf(tenant, toolId));
  } catch {
    // Storage is blocked, so there is no draft.
  }
}

/** True if no part of the schema, however deep, is secret. */
function isHarmless(schema: JsonSchema): boolean {
  if (!resolveSchema(schema, schema) || secretPointers(schema, schema).length > 0) return false;
  return !/"writeOnly":true|"format":"password"|"x-secret":true|"\$ref":"(?!#)/.test(JSON.stringify(schema));
}
