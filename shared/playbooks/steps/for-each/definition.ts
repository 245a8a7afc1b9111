import { z } from 'zod';
import { anyJson } from '../../../platform/fit-numbers.ts';
import { toolNameSchema } from '../../../tools/tool-name.ts';
import { batchFields, batchOutcomes, batchOutputSchema } from '../batch-fields.ts';
import { expressionSchema, humanStep } from '../step-common.ts';
import { defineStep, type ExpressionPlace, expressionAt, scopeRoots } from '../step-definition.ts';

const forEachStepSchema = z.strictObject({
  ...humanStep,
  type: z.literal('for_each'),
  /** Its current version when the step is completed. */
  tool: toolNameSchema,
  /** Gives a list; evaluated when the step opens. */
  items: expressionSchema,
  /** A JSON template over `row` (or `item`), besides what every expression sees. */
  payload: anyJson.default('${{ row }}'),
  /** The property that names what an item is about: the same value is executed once for the tool, in later batches too. */
  key: z.string().min(1).max(200).optional(),
  ...batchFields,
});
export type ForEachStep = z.output<typeof forEachStepSchema>;

const overRow = (template: ForEachStep['payload']): ExpressionPlace => ({
  path: '/payload',
  kind: 'template',
  template,
  atOpening: false,
  roots: [...scopeRoots, 'row', 'item'],
});

export const forEachStep = defineStep(() => forEachStepSchema, {
  label: 'Call a tool for each item',
  defaultRole: 'operator',
  furtherOutcomes: ['failed', 'empty'],
  outcomes: batchOutcomes,
  human: (step) => step,
  expressions: ({ items, payload }) => [...expressionAt('/items', 'value', items), overRow(payload)],
  toolCalls: ({ tool, payload }) => [
    { path: '', tool, input: payload, inputAt: '/payload', probe: false, many: true },
  ],
  outputSchema: () => batchOutputSchema(null),
});
