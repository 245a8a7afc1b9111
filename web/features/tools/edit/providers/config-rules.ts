import type { ToolType } from '../../../../../shared/tools/tool-definition.ts';
import { codeConfigRules } from './code/config-rules.ts';
import { dummyConfigRules } from './dummy/config-rules.ts';
import { httpConfigRules } from './http/config-rules.ts';

/** How the `config` of one tool type is edited. */
export interface ConfigRules {
  /** What it starts as. */
  start: Record<string, unknown>;
  /** Keys whose texts take `{input}`s. */
  templates: readonly string[];
  /** Those of them that hold a URL, where `{+input}` may have slashes. */
  urls?: readonly string[];
  /** Keys whose empty text means "not set". */
  optionalTexts: readonly string[];
}

export const configRules: Record<ToolType, ConfigRules> = {
  http: httpConfigRules,
  dummy: dummyConfigRules,
  code: codeConfigRules,
};

/** Undefined for a type that only a newer server knows. */
export const configRulesOf = ({ type }: Record<string, unknown>): ConfigRules | undefined =>
  typeof type === 'string' && Object.hasOwn(configRules, type) ? configRules[type as ToolType] : undefined;
