import { isScalar, type JsonValue } from '../../platform/json.ts';
import { pointer } from '../../platform/json-pointer.ts';
import { readTexts } from '../../platform/server/expressions/expression-facts.ts';
import { quote, quoteText } from '../../platform/server/expressions/quote.ts';
import { inside } from '../../platform/server/expressions/syntax.ts';
import { templateFields } from '../../platform/server/expressions/template-fields.ts';
import {
  bare,
  ExpressionError,
  evaluateCondition,
  expressionsIn,
  resolveTemplate,
} from '../../platform/server/expressions.ts';
import { BudgetError, isolated } from '../../platform/server/isolates/isolated.ts';
import type { BatchStep } from '../steps/batch/definition.ts';
import { mixedWords, mixesCalls, usesCalls } from './checks/mixed-references.ts';

const readThere = isolated(
  readTexts,
  new URL('../../platform/server/expressions/expression-facts.ts', import.meta.url).href,
);
const cpuMs = 1000;

export type OpenCall = Pick<BatchStep['calls'][number], 'id' | 'tool' | 'dependsOn' | 'when'> & {
  payload: JsonValue;
};

/**
 * The calls of a step with everything resolved that is known when it opens. Expressions over `calls` stay as they are, for
 * the batch; resolved data never becomes an expression of it.
 * @throws ExpressionError
 */
export async function resolveCalls(
  calls: BatchStep['calls'],
  scope: object,
  tenantId: string,
): Promise<OpenCall[]> {
  const isLater = await laterTexts(calls, tenantId);
  const resolved: OpenCall[] = [];
  for (const [index, { id, tool, dependsOn, when, payload }] of calls.entries()) {
    const at = pointer('/calls', index);
    resolved.push({
      id,
      tool,
      ...(dependsOn && { dependsOn }),
      ...(when !== undefined && { when: await condition(when, `${at}/when`) }),
      payload: (await template(payload, `${at}/payload`)) ?? {},
    });
  }
  return resolved;

  async function condition(text: string, path: string): Promise<string> {
    if (isLater(bare(text), path)) return bare(text);
    return String(await evaluateCondition(text, scope, path, tenantId));
  }

  async function template(value: JsonValue, path: string): Promise<JsonValue | undefined> {
    if (typeof value === 'string') return textOf(value, path);
    if (isScalar(value)) return value;
    if (Array.isArray(value)) {
      const items: JsonValue[] = [];
      for (const [index, item] of value.entries())
        items.push((await template(item, pointer(path, index))) ?? null);
      return items;
    }
    const entries: [string, JsonValue][] = [];
    for (const [key, item] of Object.entries(value)) {
      const found = await template(item, pointer(path, key));
      if (found !== undefined) entries.push([key, found]);
    }
    return Object.fromEntries(entries);
  }

  async function textOf(text: string, path: string): Promise<JsonValue | undefined> {
    const later = expressionsIn(text).texts.filter((each) => isLater(each, path));
    if (later.length === 0) {
      const value = await resolveTemplate(text, scope, path, tenantId);
      return value === undefined ? undefined : quote(value);
    }
    let resolved = '';
    let at = 0;
    for (const match of text.matchAll(inside)) {
      // The space keeps it a text, whatever the value is.
      const part = isLater(match[1]!.trim(), path)
        ? match[0]
        : quoteText(String(await resolveTemplate(` ${match[0]} .`, scope, path, tenantId)).slice(1, -2));
      resolved += text.slice(at, match.index) + part;
      at = match.index + match[0].length;
    }
    return resolved + text.slice(at);
  }
}

/** Whether an expression of these calls waits for others. @throws ExpressionError for one that cannot be evaluated at any moment */
async function laterTexts(
  calls: BatchStep['calls'],
  tenantId: string,
): Promise<(text: string, path: string) => boolean> {
  const texts = [
    ...new Set(
      calls.flatMap(({ payload, when }) => [
        ...templateFields(payload, '').flatMap((field) => field.texts),
        ...(when === undefined ? [] : [bare(when)]),
      ]),
    ),
  ];
  if (texts.length === 0) return () => false;
  try {
    const read = await readThere({ cpuMs, tenantId }, texts);
    const known = new Map(texts.map((text, index) => [text, read[index]!]));
    return (text, path) => {
      const found = known.get(text);
      if (!found || 'problem' in found)
        throw new ExpressionError(found?.problem ?? 'Not an expression', path);
      const { references } = found.facts;
      if (mixesCalls(references)) throw new ExpressionError(mixedWords, path);
      return usesCalls(references);
    };
  } catch (error) {
    if (!(error instanceof BudgetError)) throw error;
    throw new ExpressionError('The expressions take too long to read', '/calls');
  }
}
