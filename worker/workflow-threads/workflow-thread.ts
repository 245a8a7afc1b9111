import { Script } from 'node:vm';
import { workerData } from 'node:worker_threads';
import { ReusableVMWorkflowCreator } from '@temporalio/worker/lib/workflow/reusable-vm.js';
import { BaseVMWorkflow } from '@temporalio/worker/lib/workflow/vm-shared.js';
import '@temporalio/worker/lib/workflow/workflow-worker-thread.js';
import type { WorkflowThreadData } from './one-watchdog.ts';

// The SDK's own workflow thread, with one watchdog for an activation.

const { timeoutMs }: WorkflowThreadData = workerData;
const entry = 'interlockWatched';
const enter = new Script(`${entry}()`);
let work: (() => void) | null = null;
// A script reaches only what is global.
Object.defineProperty(globalThis, entry, { value: () => work?.() });

/**
 * Ends what `enterWorkflow` does before its first await, and whatever microtasks it leaves in the workflow's context.
 * @throws Error `ERR_SCRIPT_EXECUTION_TIMEOUT`
 */
function watch<T>(enterWorkflow: () => Promise<T>): Promise<T> {
  let result: Promise<T> | undefined;
  work = () => {
    result = enterWorkflow();
  };
  try {
    enter.runInThisContext({ timeout: timeoutMs });
  } finally {
    work = null;
  }
  return result ?? Promise.reject(new Error('The workflow was not entered.'));
}

const { activate } = BaseVMWorkflow.prototype;
BaseVMWorkflow.prototype.activate = async function (activation) {
  return watch(() => activate.call(this, activation));
};

const { createWorkflow } = ReusableVMWorkflowCreator.prototype;
ReusableVMWorkflowCreator.prototype.createWorkflow = async function (options) {
  return watch(() => createWorkflow.call(this, options));
};

const { runInContext } = Script.prototype;
Script.prototype.runInContext = function (context, options) {
  return runInContext.call(this, context, work ? { ...options, timeout: undefined } : options);
};
