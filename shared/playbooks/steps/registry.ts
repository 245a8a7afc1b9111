import type { StepOf, StepType } from '../../pure/steps/registry.ts';
import { approval } from './approval.ts';
import { callTool } from './call-tool.ts';
import { decision } from './decision.ts';
import { manual } from './manual.ts';
import { notify } from './notify.ts';
import { parallel } from './parallel.ts';
import { playbook } from './playbook.ts';
import type { RunningStep } from './running-step.ts';
import { wait } from './wait.ts';

/** The running half of every step type. */
const runningSteps: { [T in StepType]: RunningStep<StepOf<T>> } = {
  call_tool: callTool,
  manual,
  approval,
  decision,
  wait,
  notify,
  parallel,
  playbook,
};

/** A record indexed by the union's own tag gives the half of exactly that member. */
export function runningOf<T extends StepType>(step: StepOf<T>): RunningStep<StepOf<T>> {
  return runningSteps[step.type as T];
}
