import { approval } from '../steps/approval/run.ts';
import { callTool } from '../steps/call-tool/run.ts';
import { decision } from '../steps/decision/run.ts';
import { manual } from '../steps/manual/run.ts';
import { notify } from '../steps/notify/run.ts';
import { parallel } from '../steps/parallel/run.ts';
import { playbook } from '../steps/playbook/run.ts';
import type { StepOf, StepType } from '../steps/registry.ts';
import { wait } from '../steps/wait/run.ts';
import type { StepRunner } from './step-runner.ts';

/** The running half of every step type. */
const runningSteps: { [T in StepType]: StepRunner<StepOf<T>> } = {
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
export function runnerOf<T extends StepType>(step: StepOf<T>): StepRunner<StepOf<T>> {
  return runningSteps[step.type as T];
}
