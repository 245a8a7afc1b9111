import type { ToolType } from '../../../../../shared/tools/tool-definition.ts';
import { codeConfigRules } from './code/config-rules.ts';
import { databaseConfigRules } from './database/config-rules.ts';
import { dummyConfigRules } from './dummy/config-rules.ts';
import { emailConfigRules } from './email/config-rules.ts';
import { graphqlConfigRules } from './graphql/config-rules.ts';
import { grpcConfigRules } from './grpc/config-rules.ts';
import { httpConfigRules } from './http/config-rules.ts';
import { mcpConfigRules } from './mcp/config-rules.ts';
import { soapConfigRules } from './soap/config-rules.ts';
import { webhookConfigRules } from './webhook/config-rules.ts';

/** How the `config` of one tool type is edited. */
export interface ConfigRules {
  /** What it starts as. */
  start: Record<string, unknown>;
  /** The kind of auth that a tool without one starts with. */
  auth?: string;
  /** Keys whose texts take `{input}`s. */
  templates: readonly string[];
  /** Those of them that hold a URL, where `{+input}` may have slashes. */
  urls?: readonly string[];
  /** The inputs that the config uses elsewhere, and where. */
  names?: (config: Record<string, unknown>) => { path: string; names: string[] };
  /** Keys whose empty text means "not set". */
  optionalTexts: readonly string[];
}

export const configRules: Record<ToolType, ConfigRules> = {
  http: httpConfigRules,
  graphql: graphqlConfigRules,
  mcp: mcpConfigRules,
  grpc: grpcConfigRules,
  soap: soapConfigRules,
  database: databaseConfigRules,
  dummy: dummyConfigRules,
  webhook: webhookConfigRules,
  email: emailConfigRules,
  code: codeConfigRules,
};

/** Undefined for a type that only a newer server knows. */
export const configRulesOf = ({ type }: Record<string, unknown>): ConfigRules | undefined =>
  typeof type === 'string' && Object.hasOwn(configRules, type) ? configRules[type as ToolType] : undefined;
