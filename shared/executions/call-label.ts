import type { ToolDefinition } from '../tools/tool-definition.ts';

/** "POST pay.example": what the tool calls, without anything of an input. */
export function callTarget(definition: ToolDefinition): string {
  if (definition.type !== 'http') return definition.type;
  const { method, url } = definition.config;
  // The host is fixed by the definition; what is templated follows the host.
  const host = /^https?:\/\/([^/?#]+)/i.exec(url ?? '')?.[1] ?? 'http';
  return `${method} ${host}`;
}

/** "refund_payment v3 · acme · POST pay.example" */
export function callLabel(
  tool: { definition: ToolDefinition; version: number },
  tenantSlug?: string,
): string {
  return [`${tool.definition.name} v${tool.version}`, tenantSlug, callTarget(tool.definition)]
    .filter(Boolean)
    .join(' · ');
}
