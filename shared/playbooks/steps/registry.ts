import { z } from 'zod';
import { type ApprovalStep, approvalStep, approvalStepSchema } from './approval/definition.ts';
import { type CallToolStep, callToolStep, callToolStepSchema } from './call-tool/definition.ts';
import { type DecisionStep, decisionStep, decisionStepSchema } from './decision/definition.ts';
import { type ManualStep, manualStep, manualStepSchema } from './manual/definition.ts';
import { type NotifyStep, notifyStep, notifyStepSchema } from './notify/definition.ts';
import { type ParallelStep, parallelStep, parallelStepSchema } from './parallel/definition.ts';
import { type PlaybookStep, playbookStep, playbookStepSchema } from './playbook/definition.ts';
import type { StepDefinition, StepGroup, StepOutcome } from './step-common.ts';
import { type WaitStep, waitStep, waitStepSchema } from './wait/definition.ts';

export type Step =
  | CallToolStep
  | ManualStep
  | ApprovalStep
  | DecisionStep
  | WaitStep
  | NotifyStep
  | ParallelStep
  | PlaybookStep;
export type StepType = Step['type'];
export type StepOf<T extends StepType> = Extract<Step, { type: T }>;

const stepListSchema: z.ZodType<Step[], unknown> = z.lazy(() => z.array(stepSchema).max(1500));

export const stepSchema = z.discriminatedUnion('type', [
  callToolStepSchema,
  manualStepSchema,
  approvalStepSchema,
  decisionStepSchema(stepListSchema),
  waitStepSchema,
  notifyStepSchema,
  parallelStepSchema(stepListSchema),
  playbookStepSchema,
]);

/** The pure half of every step type. */
export const stepDefinitions: { [T in StepType]: StepDefinition<StepOf<T>, Step> } = {
  call_tool: callToolStep,
  manual: manualStep,
  approval: approvalStep,
  decision: decisionStep,
  wait: waitStep,
  notify: notifyStep,
  parallel: parallelStep,
  playbook: playbookStep,
};
export const stepTypes = Object.keys(stepDefinitions) as StepType[];

/** How a step may be completed while it waits. */
export function stepOutcomes(step: Step): StepOutcome[] {
  return definitionOf(step).outcomes(step);
}

export function stepGroups(step: Step): StepGroup<Step>[] {
  return definitionOf(step).groups(step);
}

/** A record indexed by the union's own tag gives the half of exactly that member. */
export function definitionOf<T extends StepType>(step: StepOf<T>): StepDefinition<StepOf<T>, Step> {
  return stepDefinitions[step.type as T];
}
