import type { Issue } from '../../platform/error-codes.ts';
import { pointer } from '../../platform/json-pointer.ts';
import { isObject } from '../../platform/schema-properties.ts';
import { transformProblem } from '../../platform/server/run-transform.ts';
import type { AnyTool } from '../providers/provider-definition.ts';
import { providerOf } from '../providers/registry.ts';

/**
 * Problems of a tool's config beyond its shape. JSONata is checked here and not by the provider: the page loads every
 * provider's pure half, and JSONata would be most of it.
 */
export async function checkConfig(tool: AnyTool, tenantId: string): Promise<Issue[]> {
  const provider = providerOf(tool);
  const config: unknown = tool.config;
  const issues = [...provider.check(tool)];
  for (const field of provider.expressionFields ?? []) {
    const expression = isObject(config) ? config[field] : undefined;
    const problem = typeof expression === 'string' ? await transformProblem(expression, tenantId) : null;
    if (problem) issues.push({ path: pointer('/config', field), message: problem, keyword: 'transform' });
  }
  return issues;
}
