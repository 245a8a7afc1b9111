import type { ConnectorDefinition } from '../connectors/registry.ts';
import { completeCode } from '../providers/code/complete.ts';
import { completeDatabase } from '../providers/database/complete.ts';
import { completeEmail } from '../providers/email/complete.ts';
import { completeGraphql } from '../providers/graphql/complete.ts';
import { completeGrpc } from '../providers/grpc/complete.ts';
import { completeMcp } from '../providers/mcp/complete.ts';
import type { AnyTool } from '../providers/provider-definition.ts';
import type { ToolOf, ToolType } from '../providers/registry.ts';
import { completeSoap } from '../providers/soap/complete.ts';
import type { CompletedConfig, ConfigCompleter } from './config-completer.ts';

/** What each type does with a definition that is saved. */
const completers: { [T in ToolType]?: ConfigCompleter<ToolOf<T>> } = {
  code: completeCode,
  database: completeDatabase,
  email: completeEmail,
  graphql: completeGraphql,
  grpc: completeGrpc,
  mcp: completeMcp,
  soap: completeSoap,
};

/** @param tool a resolved definition without a problem */
export async function completeConfig(
  tool: AnyTool,
  tenantId: string,
  connector: ConnectorDefinition | null,
): Promise<CompletedConfig> {
  const complete = (completers as Record<string, ConfigCompleter | undefined>)[tool.type];
  return (await complete?.(tool, tenantId, connector)) ?? { issues: [] };
}
