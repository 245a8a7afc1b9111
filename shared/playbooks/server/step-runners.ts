import { approval } from '../steps/approval/run.ts';
import { batch } from '../steps/batch/run.ts';
import { callTool } from '../steps/call-tool/run.ts';
import { decision } from '../steps/decision/run.ts';
import { forEach } from '../steps/for-each/run.ts';
import { manual } from '../steps/manual/run.ts';
import { notify } from '../steps/notify/run.ts';
import { parallel } from '../steps/parallel/run.ts';
import { playbook } from '../steps/playbook/run.ts';
import { registerStepDefinition, type Step, type StepOf, type StepType } from '../steps/registry.ts';
import type { StepDefinition } from '../steps/step-definition.ts';
import { wait } from '../steps/wait/run.ts';
import type { StepRunner } from './step-runner.ts';

/** The effectful half of every step type. */
const stepRunners: { [T in StepType]: StepRunner<StepOf<T>> } = {
  call_tool: callTool,
  manual,
  approval,
  decision,
  wait,
  notify,
  parallel,
  playbook,
  for_each: forEach,
  batch,
};

const runners = new Map<string, StepRunner>(Object.entries(stepRunners));

/** For tests: adds a step type to this process, before the first document is parsed. */
export function registerStepType<S extends Step>(
  type: S['type'],
  definition: StepDefinition<S>,
  runner: StepRunner<S>,
): void {
  registerStepDefinition(type, definition);
  runners.set(type, runner);
}

/** Types whose open steps wait for people, not for a time or an event. */
export function typesForPeople(): StepType[] {
  return [...runners].filter(([, runner]) => !runner.waitingOn).map(([type]) => type as StepType);
}

/** @throws for a type that is not registered; steps of a parsed document have none */
export function runnerOf({ type }: Pick<Step, 'type'>): StepRunner {
  const runner = runners.get(type);
  if (!runner) throw new Error(`Unknown step type ${type}`);
  return runner;
}
