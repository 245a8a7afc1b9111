import jsonata from 'jsonata';
import type { Issue } from '../../platform/error-codes.ts';
import { pointer } from '../../platform/json-pointer.ts';
import { LinearRegExp } from '../../platform/linear-regexp.ts';
import { isObject } from '../../platform/schema-properties.ts';
import type { AnyTool } from '../providers/provider-definition.ts';
import { providerOf } from '../providers/registry.ts';

/**
 * Problems of a tool's config beyond its shape. JSONata is checked here and not by the provider: the page loads every
 * provider's pure half, and JSONata would be most of it.
 */
export function checkConfig(tool: AnyTool): Issue[] {
  const provider = providerOf(tool);
  const config: unknown = tool.config;
  return [
    ...provider.check(tool),
    ...(provider.expressionFields ?? []).flatMap((field) => {
      const expression = isObject(config) ? config[field] : undefined;
      return typeof expression === 'string' ? checkExpression(expression, pointer('/config', field)) : [];
    }),
  ];
}

function checkExpression(expression: string, path: string): Issue[] {
  try {
    for (const pattern of patterns(jsonata(expression).ast())) new LinearRegExp(pattern);
    return [];
  } catch (error) {
    const { message, position } = error as { message?: string; position?: number };
    const where = typeof position === 'number' ? ` (character ${position})` : '';
    return [
      {
        path,
        message: `Invalid JSONata expression: ${message ?? 'syntax error'}${where}`,
        keyword: 'transform',
      },
    ];
  }
}

function patterns(node: unknown, seen = new Set<unknown>()): RegExp[] {
  if (node instanceof RegExp) return [node];
  if (node === null || typeof node !== 'object' || seen.has(node)) return [];
  seen.add(node);
  return Object.values(node).flatMap((child) => patterns(child, seen));
}
