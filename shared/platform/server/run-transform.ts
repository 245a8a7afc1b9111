import type { JsonValue } from '../json.ts';
import { evaluate, syntaxProblem } from './expressions/evaluate.ts';
import { BudgetError, isolated } from './isolates/isolated.ts';

/** A transform without a result. `message` names the rule and the place, never a value. */
export class TransformError extends Error {
  constructor(problem: string) {
    super(`The transform ${problem}`);
    this.name = 'TransformError';
  }
}

/** CPU time of a transform. */
export const transformCpuMs = 1000;

const module = new URL('./expressions/evaluate.ts', import.meta.url).href;
const evaluateThere = isolated(evaluate, module);
const checkThere = isolated(syntaxProblem, module);

/** Why a text is no JSONata expression; null when it is one. */
export async function transformProblem(text: string, tenantId: string): Promise<string | null> {
  try {
    const problem = await checkThere({ cpuMs: transformCpuMs, tenantId }, text);
    return problem && `Invalid JSONata expression: ${problem}`;
  } catch (error) {
    if (error instanceof BudgetError) return `Invalid JSONata expression: reading it ${error.message}`;
    throw error;
  }
}

/**
 * Applies a JSONata expression in an isolate: a second of CPU time, 1 MB for the result.
 * @throws TransformError
 */
export async function runTransform(expression: string, input: JsonValue, tenantId = ''): Promise<JsonValue> {
  try {
    const found = await evaluateThere({ cpuMs: transformCpuMs, tenantId }, expression, input);
    if ('problem' in found) throw new TransformError(found.problem);
    return found.value;
  } catch (error) {
    throw error instanceof BudgetError ? new TransformError(error.message) : error;
  }
}
