import { isObject } from '../../platform/schema-properties.ts';

/** What a document decides about a tool; the rest is what people have set. */
const drafted = ['inputSchema', 'outputSchema', 'description'] as const;
const draftedConfig = ['method', 'path', 'url', 'query', 'headers', 'body', 'bodyType'] as const;

/**
 * The next definition of an imported tool: the request and the schemas of the draft, and everything else as it is.
 * @param written as the tool is stored
 */
export function mergeDraft(
  written: Record<string, unknown>,
  draft: Record<string, unknown>,
): Record<string, unknown> {
  const next = { ...written };
  for (const key of drafted) set(next, key, draft[key]);
  const config = { ...(isObject(written.config) ? written.config : {}) };
  const draftConfig = isObject(draft.config) ? draft.config : {};
  if (draft.type === 'http') for (const key of draftedConfig) set(config, key, draftConfig[key]);
  return { ...next, config: { ...config, ...draftConfig } };
}

function set(target: Record<string, unknown>, key: string, value: unknown): void {
  if (value === undefined) delete target[key];
  else target[key] = value;
}
