import { z } from 'zod';
import { approvalStep } from './approval/definition.ts';
import { batchStep } from './batch/definition.ts';
import { callToolStep } from './call-tool/definition.ts';
import { decisionStep } from './decision/definition.ts';
import { forEachStep } from './for-each/definition.ts';
import { manualStep } from './manual/definition.ts';
import { notifyStep } from './notify/definition.ts';
import { parallelStep } from './parallel/definition.ts';
import { playbookStep } from './playbook/definition.ts';
import type { Step } from './step-common.ts';
import type {
  StepDefinition,
  StepGroup,
  StepListSchema,
  StepMoment,
  StepOutcome,
} from './step-definition.ts';
import { waitStep } from './wait/definition.ts';

export type { Step };

/** The pure half of every step type. The compiler checks every other registry against this one. */
export const stepDefinitions = {
  call_tool: callToolStep,
  manual: manualStep,
  approval: approvalStep,
  decision: decisionStep,
  wait: waitStep,
  notify: notifyStep,
  parallel: parallelStep,
  playbook: playbookStep,
  for_each: forEachStep,
  batch: batchStep,
};
export type StepType = keyof typeof stepDefinitions;
export const stepTypes = Object.keys(stepDefinitions) as StepType[];

type SchemaOf<T extends StepType> = ReturnType<(typeof stepDefinitions)[T]['schema']>;
export type StepOf<T extends StepType> = z.output<SchemaOf<T>>;
/** A step before it is parsed. Steps inside it are checked when it is. */
export type StepInput = { [T in StepType]: z.input<SchemaOf<T>> }[StepType];

const definitions = new Map<string, StepDefinition>(Object.entries(stepDefinitions));
let isSchemaBuilt = false;

/** For tests: adds a type to this process. @throws when a document has been parsed already */
export function registerStepDefinition(type: string, definition: StepDefinition): void {
  if (isSchemaBuilt) throw new Error('Register step types before the first document is parsed');
  definitions.set(type, definition);
}

/** Built at first use, so that it has every registered type. */
export const stepSchema = z.lazy(() => {
  isSchemaBuilt = true;
  const options = [...definitions.values()].map(({ schema }) => schema(stepListSchema));
  return z.discriminatedUnion('type', options as unknown as [z.ZodObject]);
}) as unknown as z.ZodType<Step, StepInput>;
const stepListSchema: StepListSchema = z.lazy(() => z.array(stepSchema).max(1500));

export function isStepType(type: unknown): type is string {
  return typeof type === 'string' && definitions.has(type);
}

/** @throws for a type that is not registered; a parsed step has none */
export function definitionOf({ type }: Pick<Step, 'type'>): StepDefinition {
  const definition = definitions.get(type);
  if (!definition) throw new Error(`Unknown step type ${type}`);
  return definition;
}

/** Whether people complete steps of a type by votes: an approval. */
export const stepTypeVotes = (type: string): boolean => definitions.get(type)?.votes ?? false;

/** How people can complete a step. */
export function stepOutcomes(step: Step, moment: StepMoment = 'open'): StepOutcome[] {
  return definitionOf(step).outcomes(step, moment);
}

export interface PlacedGroup extends StepGroup {
  end: boolean;
  /** JSON Pointer of the group, from the step. */
  path: string;
}

/** The groups of steps inside a step. */
export function stepGroups(step: Step): PlacedGroup[] {
  const { inside } = definitionOf(step);
  if (!inside) return [];
  return inside
    .groups(step)
    .map((group, index) => ({ ...group, end: group.end ?? false, path: `/${inside.key}/${index}` }));
}
