import { z } from 'zod';
import { anyJson } from '../../../platform/fit-numbers.ts';
import { toolNameSchema } from '../../../tools/tool-name.ts';
import { expressionSchema, humanStep } from '../step-common.ts';
import {
  abortOutcome,
  defineStep,
  expressionAt,
  type StepMoment,
  type StepOutcome,
  skipOutcome,
  templateAt,
} from '../step-definition.ts';

const callToolStepSchema = z.strictObject({
  ...humanStep,
  type: z.literal('call_tool'),
  tool: toolNameSchema,
  /** Default: the tool's current version when the step is completed. */
  version: z.int().min(1).optional(),
  /** A JSON template: strings may hold `${{ expression }}`. */
  input: anyJson.default({}),
  onFailure: z.enum(['stay_open', 'skip', 'abort']).default('stay_open'),
  /** What it has done is undone when the run is aborted or cancelled, the last step first. */
  undoOnAbort: z.boolean().default(false),
  /** A read-only tool that checks with the provider whether a call of unknown outcome took effect. */
  probe: z
    .strictObject({
      tool: toolNameSchema,
      input: anyJson.default({}),
      /** Over `output`, the probe's output: true when the call took effect. */
      happened: expressionSchema,
    })
    .optional(),
});
export type CallToolStep = z.output<typeof callToolStepSchema>;

export const callToolStep = defineStep(() => callToolStepSchema, {
  label: 'Call a tool',
  defaultRole: 'operator',
  furtherOutcomes: ['failed', 'happened', 'did_not_happen', 'not_approved'],
  outcomes: callOutcomes,
  human: (step) => step,
  expressions: ({ input, probe }) => [
    templateAt('/input', input),
    ...(probe ? [templateAt('/probe/input', probe.input, false)] : []),
    ...expressionAt('/probe/happened', 'condition', probe?.happened, {
      atOpening: false,
      roots: ['output'],
      ...(probe ? { outputOf: { tool: probe.tool } } : {}),
    }),
  ],
  toolCalls: ({ tool, version, input, probe, undoOnAbort }) => [
    { path: '', tool, version, input, probe: false, undoOnAbort },
    ...(probe ? [{ path: '/probe', tool: probe.tool, input: probe.input, probe: true }] : []),
  ],
  outputSchema: (step, outputOf) => outputOf(step),
});

function callOutcomes(step: CallToolStep, moment: StepMoment): StepOutcome[] {
  if (moment === 'outcome_unknown') {
    // People check before they decide.
    return [
      ...(step.probe
        ? [{ id: 'probe', title: 'Check with the provider', needsReason: false, takesInput: false }]
        : []),
      { id: 'happened', title: 'Mark as done', needsReason: true, takesInput: true },
      { id: 'did_not_happen', title: 'Mark as not done', needsReason: true, takesInput: false },
      abortOutcome,
    ];
  }
  const run = { id: 'run', title: 'Run', needsReason: false, takesInput: true, byDefault: true };
  if (moment === 'failed') return [run, skipOutcome, abortOutcome];
  return step.optional ? [run, skipOutcome] : [run];
}
