import { defineSignal, defineUpdate } from '@temporalio/workflow';
import {
  type CompleteStepMessage,
  type CompletionReceipt,
  completeStepName,
  type PauseMessage,
  pauseRunName,
  releaseRunName,
  resumeRunName,
  runEndedName,
  stepChangedName,
} from '../../shared/playbooks/playbook-contract.ts';

export const completeStepUpdate = defineUpdate<CompletionReceipt, [CompleteStepMessage]>(completeStepName);
export const completeStepSignal = defineSignal<[CompleteStepMessage]>(completeStepName);
export const pauseRunUpdate = defineUpdate<void, [PauseMessage | undefined]>(pauseRunName);
export const resumeRunUpdate = defineUpdate<void, [PauseMessage | undefined]>(resumeRunName);
export const releaseRunSignal = defineSignal(releaseRunName);
export const stepChangedSignal = defineSignal<[string]>(stepChangedName);
export const runEndedSignal = defineSignal<[string]>(runEndedName);
