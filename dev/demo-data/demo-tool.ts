import type { ToolDefinitionInput } from '../../shared/tools/tool-definition.ts';
import type { Owner } from './connectors.ts';

/** A definition whose `config` names its connector; the loader inserts its id. */
type Connected<T extends ToolDefinitionInput['type']> = Omit<DefinitionOf<T>, 'config'> & {
  config: Omit<DefinitionOf<T>['config'], 'connectorId' | 'url'> & { connector: string };
};
type DefinitionOf<T extends ToolDefinitionInput['type']> = Extract<ToolDefinitionInput, { type: T }>;

export type DemoToolDefinition = Connected<'http'>;
export type DemoDefinition =
  | DemoToolDefinition
  | Connected<'database'>
  | Connected<'email'>
  | Connected<'graphql'>
  | Connected<'grpc'>
  | Connected<'mcp'>
  | Connected<'soap'>
  | DefinitionOf<'code' | 'dummy' | 'webhook'>;

export interface DemoTool {
  owner: Owner;
  /** Oldest first; the last one is current. */
  versions: DemoDefinition[];
  /** Tenants that have disabled it. */
  disabledFor?: string[];
  archived?: boolean;
}
