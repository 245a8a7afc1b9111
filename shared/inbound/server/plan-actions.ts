import { ZodError } from 'zod';
import type { JsonObject, JsonValue } from '../../platform/json.ts';
import {
  ExpressionError,
  evaluateCondition,
  evaluateExpression,
  resolveTemplate,
} from '../../platform/server/expressions.ts';
import type { InboundAction } from '../inbound-actions.ts';
import type { OpenedException } from './actions/action.ts';
import { prepareAction, type ReadyAction } from './actions/registry.ts';

/** What expressions see of a delivery. */
export interface DeliveryScope {
  body: JsonValue;
  headers: Record<string, string>;
}

/** One thing to do: an action, for one item of its list. */
export interface PlannedAction {
  action: number;
  item: number | null;
  definition: InboundAction;
  scope: DeliveryScope & { item: JsonValue };
}

/** What came of preparing an action. */
export type Prepared = { ready: ReadyAction } | { skipped: string } | { failed: string };

const maxItems = 100;

/**
 * The items of an action: one without `forEach`.
 * @returns why there are none, when the list cannot be made
 */
export async function planAction(
  definition: InboundAction,
  action: number,
  scope: DeliveryScope,
  tenantId: string,
): Promise<PlannedAction[] | { failed: string }> {
  if (definition.forEach === undefined)
    return [{ action, item: null, definition, scope: { ...scope, item: null } }];
  try {
    const list = await evaluateExpression(definition.forEach, scope, '/forEach', tenantId);
    const items = Array.isArray(list) ? list : list === null ? [] : [list];
    if (items.length > maxItems)
      return {
        failed: `forEach has ${items.length} items; at most ${maxItems} are processed. Nothing was done.`,
      };
    return items.map((item, index) => ({ action, item: index, definition, scope: { ...scope, item } }));
  } catch (error) {
    return { failed: problemOf(error) };
  }
}

/** Evaluates the condition and the fields of an action. */
export async function prepare(
  { definition, scope }: PlannedAction,
  opened: OpenedException | null,
  tenantId: string,
): Promise<Prepared> {
  const { do: kind, when, forEach: _list, ...fields } = definition;
  const whole = { ...scope, opened: opened as unknown as JsonValue };
  try {
    if (when !== undefined && !(await evaluateCondition(when, whole, '/when', tenantId)))
      return { skipped: 'Its condition is not met.' };
    const values = await resolveTemplate(fields as unknown as JsonObject, whole, '', tenantId);
    return { ready: prepareAction(kind, values) };
  } catch (error) {
    return { failed: problemOf(error) };
  }
}

/** In words that quote no value. @throws what is no mistake of the actions */
function problemOf(error: unknown): string {
  if (error instanceof ExpressionError) return `${error.message}${error.path ? ` (${error.path})` : ''}.`;
  if (error instanceof ZodError)
    return `${error.issues
      .slice(0, 5)
      .map(({ path, message }) => `/${path.join('/')}: ${message}`)
      .join('; ')}.`;
  throw error;
}
