import type { Issue } from '../../platform/error-codes.ts';
import type { ConnectorDefinition } from '../connectors/registry.ts';
import type { AnyTool } from '../providers/provider-definition.ts';

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
 * @param connector the one that is folded into the tool, with the documents that a call does not need
 */
export type ConfigCompleter<T extends AnyTool = AnyTool> = (
  tool: T,
  tenantId: string,
  connector: ConnectorDefinition | null,
) => Promise<CompletedConfig>;
