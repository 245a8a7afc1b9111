import type { Issue } from '../../platform/error-codes.ts';
import { completeCode } from '../providers/code/complete.ts';
import type { AnyTool } from '../providers/provider-definition.ts';
import type { ToolOf, ToolType } from '../providers/registry.ts';

/** What can only be said of a whole config, with its connector folded in. */
export interface CompletedConfig {
  /** Each at its place in the definition. */
  issues: Issue[];
  /** Fields of the config that are stored with it, in place of those that were sent. */
  config?: Record<string, unknown>;
}

/**
 * What a tool type does when a definition is saved, beyond the checks of its pure half: it reads the documents of the
 * definition, in isolates, and calls nothing.
 */
export type ConfigCompleter<T extends AnyTool = AnyTool> = (
  tool: T,
  tenantId: string,
) => Promise<CompletedConfig>;

const completers: { [T in ToolType]?: ConfigCompleter<ToolOf<T>> } = {
  code: completeCode,
};

/** @param tool a resolved definition without a problem */
export async function completeConfig(tool: AnyTool, tenantId: string): Promise<CompletedConfig> {
  const complete = (completers as Record<string, ConfigCompleter | undefined>)[tool.type];
  return (await complete?.(tool, tenantId)) ?? { issues: [] };
}
