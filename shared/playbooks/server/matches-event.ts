import type { JsonValue } from '../../platform/json.ts';
import {
  ExpressionError,
  type ExpressionScope,
  evaluateCondition,
} from '../../platform/server/expressions.ts';

/** Whether a step waits for this event. A condition that cannot be evaluated does not hold. */
export async function matchesEvent(
  { match }: { match?: string | undefined },
  data: JsonValue,
  scope: ExpressionScope,
  tenantId: string,
): Promise<boolean> {
  if (match === undefined) return true;
  try {
    return await evaluateCondition(match, { ...scope, event: data }, '', tenantId);
  } catch (error) {
    if (error instanceof ExpressionError) return false;
    throw error;
  }
}
