import { z } from 'zod';
import { batchCallInputSchema } from '../../../batches/batch-schemas.ts';
import { anyJson } from '../../../platform/fit-numbers.ts';
import { toolNameSchema } from '../../../tools/tool-name.ts';
import { batchFields, batchOutcomes, batchOutputSchema } from '../batch-fields.ts';
import { expressionSchema, humanStep } from '../step-common.ts';
import { defineStep, type ExpressionPlace, issue, scopeRoots, type ToolRef } from '../step-definition.ts';

const maxCallsOfStep = 100;

const batchStepSchema = z.strictObject({
  ...humanStep,
  type: z.literal('batch'),
  calls: z
    .array(
      z.strictObject({
        id: batchCallInputSchema.shape.id,
        /** Its current version when the step is completed. */
        tool: toolNameSchema,
        /**
         * A JSON template. An expression over `calls` is evaluated when the calls that it names have ended, every other one
         * when the step opens.
         */
        payload: anyJson.default({}),
        /** Calls that end first, besides those that the payload names. */
        dependsOn: z.array(z.string().max(64)).max(maxCallsOfStep).optional(),
        /** Left out: the call is made when every call that it needs has succeeded. */
        when: expressionSchema.optional(),
      }),
    )
    .min(1)
    .max(maxCallsOfStep),
  ...batchFields,
});
export type BatchStep = z.output<typeof batchStepSchema>;

export const batchStep = defineStep(() => batchStepSchema, {
  label: 'Make several calls as one',
  defaultRole: 'operator',
  furtherOutcomes: ['failed'],
  outcomes: batchOutcomes,
  human: (step) => step,
  expressions: ({ calls }) => {
    const seen = {
      atOpening: false,
      roots: [...scopeRoots, 'calls'],
      callsOf: Object.fromEntries(calls.map(({ id, tool }): [string, ToolRef] => [id, { tool }])),
    };
    return calls.flatMap(({ payload, when }, index): ExpressionPlace[] => [
      { path: `/calls/${index}/payload`, kind: 'template', template: payload, ...seen },
      ...(when === undefined
        ? []
        : [{ path: `/calls/${index}/when`, kind: 'condition' as const, expression: when, ...seen }]),
    ]);
  },
  toolCalls: ({ calls }) =>
    calls.map(({ tool, payload }, index) => ({
      path: `/calls/${index}`,
      tool,
      input: payload,
      inputAt: `/calls/${index}/payload`,
      probe: false,
      many: true,
    })),
  check: ({ calls }) => {
    const ids = calls.map(({ id }) => id);
    return calls.flatMap(({ id, dependsOn = [] }, index) => [
      ...(ids.indexOf(id) < index ? [issue(`/calls/${index}/id`, `${id} is used twice`, 'unique')] : []),
      ...dependsOn.flatMap((need, at) =>
        ids.includes(need) && need !== id
          ? []
          : [
              issue(
                `/calls/${index}/dependsOn/${at}`,
                need === id ? 'A call cannot wait for itself' : `Call ${need} not found`,
                'reference',
              ),
            ],
      ),
    ]);
  },
  outputSchema: ({ calls }, outputOf) =>
    batchOutputSchema(Object.fromEntries(calls.map(({ id, tool }) => [id, outputOf({ tool })]))),
});
