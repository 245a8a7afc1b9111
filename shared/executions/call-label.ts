import { callTarget } from '../tools/providers/registry.ts';
import type { ToolDefinition } from '../tools/tool-definition.ts';

/** "refund_payment v3 · acme · POST pay.example" */
export function callLabel(
  tool: { definition: ToolDefinition; version: number },
  tenantSlug?: string,
): string {
  return [`${tool.definition.name} v${tool.version}`, tenantSlug, callTarget(tool.definition)]
    .filter(Boolean)
    .join(' · ');
}
