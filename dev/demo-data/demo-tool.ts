import type { ToolDefinitionInput } from '../../shared/tools/tool-definition.ts';
import type { Owner } from './connectors.ts';

/** A definition whose `config` names its connector; the loader inserts its id. */
export type DemoToolDefinition = Omit<Extract<ToolDefinitionInput, { type: 'http' }>, 'config'> & {
  config: Omit<Extract<ToolDefinitionInput, { type: 'http' }>['config'], 'connectorId' | 'url'> & {
    connector: string;
  };
};
export type DemoDefinition = DemoToolDefinition | Extract<ToolDefinitionInput, { type: 'dummy' | 'code' }>;

export interface DemoTool {
  owner: Owner;
  /** Oldest first; the last one is current. */
  versions: DemoDefinition[];
  /** Tenants that have disabled it. */
  disabledFor?: string[];
  archived?: boolean;
}
