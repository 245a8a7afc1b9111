import { type ToolDefinition, type ToolDefinitionInput, toolSchemas } from './providers/registry.ts';
import { unionOf } from './union-of.ts';

export type { AuthType } from './auth/registry.ts';
export type { ConnectorDefinitionInput } from './connectors/registry.ts';
export type { ToolDefinition, ToolDefinitionInput, ToolType } from './providers/registry.ts';
export type { Retry } from './tool-fields.ts';

/** Format of a stored definition; `upgradeDefinition` reads every older one. */
export const definitionFormatVersion = 3;

export const toolDefinitionSchema = unionOf<ToolDefinition, ToolDefinitionInput>('type', toolSchemas);

/** What runs: a stored definition with its connector folded in. */
export interface ResolvedTool {
  toolId: string;
  version: number;
  /** Null: global. */
  tenantId: string | null;
  definition: ToolDefinition;
  connectorId: string | null;
  connectorName: string | null;
  connectorRevision: number | null;
}
