import { z } from 'zod';
import { toolNameSchema } from '../../../tools/tool-name.ts';
import { expressionSchema, humanStep, type StepDefinition, skipOutcome } from '../step-common.ts';
import { templateExpressions } from '../template-expressions.ts';

export const callToolStepSchema = z.strictObject({
  ...humanStep,
  type: z.literal('call_tool'),
  tool: toolNameSchema,
  /** Without one: the tool's current version when the step is completed. */
  version: z.int().min(1).optional(),
  /** A JSON template: strings may hold `${{ expression }}`. */
  input: z.json().default({}),
  onFailure: z.enum(['stay_open', 'skip', 'abort']).default('stay_open'),
  /** A tool that only reads; asks the provider what a call of unknown outcome came to. */
  probe: z
    .strictObject({
      tool: toolNameSchema,
      input: z.json().default({}),
      /** Over `output`, the probe's answer: true when the call took effect. */
      happened: expressionSchema,
    })
    .optional(),
});
export type CallToolStep = z.output<typeof callToolStepSchema>;

export const callToolStep: StepDefinition<CallToolStep, never> = {
  label: 'Call a tool',
  defaultRole: 'operator',
  outcomes: (step) => [
    { id: 'run', title: 'Run', needsReason: false, takesInput: true },
    ...(step.optional ? [skipOutcome] : []),
  ],
  groups: () => [],
  expressions: (step) => [
    ...templateExpressions(step.input, '/input'),
    ...(step.probe ? templateExpressions(step.probe.input, '/probe/input') : []),
  ],
  outputSchema: () => null,
};

/** More ways out once the tool has failed. */
export const failedToolOutcomes = [
  skipOutcome,
  { id: 'abort', title: 'Abort the run', needsReason: true, takesInput: false },
];

/** What a person can say of a call whose outcome is unknown; asking comes before saying. */
export const unknownToolOutcomes = (step: CallToolStep) => [
  ...(step.probe ? [{ id: 'probe', title: 'Ask the provider', needsReason: false, takesInput: false }] : []),
  { id: 'happened', title: 'It happened', needsReason: true, takesInput: true },
  { id: 'did_not_happen', title: 'It did not happen', needsReason: true, takesInput: false },
  { id: 'abort', title: 'Abort the run', needsReason: true, takesInput: false },
];
