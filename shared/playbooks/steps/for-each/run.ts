import { maxCalls } from '../../../batches/batch-schemas.ts';
import { keyIn } from '../../../batches/server/read-rows.ts';
import { InterlockError } from '../../../platform/error-codes.ts';
import type { JsonValue } from '../../../platform/json.ts';
import { isObject } from '../../../platform/schema-properties.ts';
import { quote } from '../../../platform/server/expressions/quote.ts';
import { ExpressionError, resolveTemplate } from '../../../platform/server/expressions.ts';
import { batchRunner, dryBatch, openWith, type StepCalls } from '../../server/batch-step.ts';
import type { Opening, StepRunner } from '../../server/step-runner.ts';
import { loadStepTool } from '../../server/step-tool.ts';
import type { ForEachStep } from './definition.ts';

export const forEach: StepRunner<ForEachStep> = {
  ...batchRunner,

  /** Nothing is called here: a person sees every request first. */
  async open(step, opening) {
    const items = itemsOf(opening.values['/items'] ?? null);
    if (items.length === 0) {
      const counts = { total: 0, succeeded: 0, failed: 0, skipped: 0, cancelled: 0 };
      const output = { status: 'succeeded', counts, calls: {} };
      return { change: { status: 'skipped', outcome: 'empty', reason: 'There are no items.', output } };
    }
    return openWith(opening, await callsOf(step, opening, items), '/items');
  },

  async dryRun({ tool, items: expression }, { catalog, who, resolve }) {
    const { value, holes } = await resolve('/items');
    const found = catalog.tool(tool);
    const known = holes.size === 0 ? itemsOf(value ?? null).length : null;
    const waits = dryBatch(
      who,
      `${tool} ${known === null ? `for each of ${expression}` : `for ${known} items`}`,
    );
    return found === null || found === 'no_version' || found.archived
      ? { ...waits, issues: [{ path: '/tool', message: `Tool ${tool} not found`, keyword: 'tool' }] }
      : waits;
  },
};

function itemsOf(value: JsonValue): JsonValue[] {
  // JSONata gives a list of one item as that item, and an empty one as nothing.
  const items = value === null ? [] : Array.isArray(value) ? value : [value];
  if (items.length > maxCalls)
    throw new ExpressionError(`There are ${items.length} items, more than ${maxCalls}`, '/items');
  return items;
}

async function callsOf(
  { tool, key, payload }: ForEachStep,
  { context, run, scope }: Opening,
  items: readonly JsonValue[],
): Promise<StepCalls> {
  const tenantId = run.tenant_id;
  const { toolId } = await context.db.tenant(tenantId, (connection) =>
    loadStepTool(connection, run, { tool }).catch((error: unknown) => {
      if (!(error instanceof InterlockError)) throw error;
      throw new ExpressionError(error.message.replace(/\.$/, ''), '/tool');
    }),
  );
  const seen = new Set<string>();
  const calls: StepCalls = [];
  for (const [index, item] of items.entries()) {
    const about = key === undefined ? null : isObject(item) ? keyIn(item, key) : null;
    if (key !== undefined && about === null)
      throw new ExpressionError(`Item ${index + 1} has no ${key}: it names what the item is about`, '/key');
    if (about !== null && seen.has(about)) throw new ExpressionError(`Two items are about ${about}`, '/key');
    if (about !== null) seen.add(about);
    const value = await resolveTemplate(payload, { ...scope, row: item, item }, '/payload', tenantId);
    calls.push({
      id: `row_${index + 1}`,
      tool,
      payload: quote(value ?? {}),
      ...(about !== null && { idempotencyKey: `row/${toolId}/${about}` }),
    });
  }
  return calls;
}
