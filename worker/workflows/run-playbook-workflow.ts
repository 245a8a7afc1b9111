import {
  allHandlersFinished,
  CancellationScope,
  condition,
  continueAsNew,
  isCancellation,
  patched,
  setHandler,
  workflowInfo,
} from '@temporalio/workflow';
import type { RunPlaybookArgs } from '../../shared/playbooks/playbook-contract.ts';
import {
  completeStepSignal,
  completeStepUpdate,
  pauseRunUpdate,
  releaseRunSignal,
  resumeRunUpdate,
  runEndedSignal,
  stepChangedSignal,
} from './playbook-messages.ts';
import { PlaybookRun } from './playbook-run.ts';

/**
 * Walks one run of a playbook. Its state is in PostgreSQL, so the workflow carries ids only: it may continue as new, or
 * be reset, between any two steps.
 */
export async function runPlaybookWorkflow(args: RunPlaybookArgs): Promise<void> {
  const run = new PlaybookRun(args);
  setHandler(completeStepUpdate, (message) => run.complete(message), {
    validator: (message) => run.checkMessage(message),
  });
  setHandler(completeStepSignal, (message) => run.completeQuietly(message));
  setHandler(pauseRunUpdate, (message) => run.pause(message));
  setHandler(resumeRunUpdate, () => run.resume());
  setHandler(releaseRunSignal, () => run.resume());
  setHandler(stepChangedSignal, (stepId) => run.refresh(stepId));
  setHandler(runEndedSignal, (runId) => run.childEnded(runId));
  try {
    await run.load();
    const full = condition(() => isFull(args));
    const walk = run.walk();
    const ending = await Promise.race([walk, full.then(() => 'full' as const)]);
    if (ending === 'full') {
      // Nothing may be in progress whose result the next run would not get.
      await condition(() => run.isQuiet() && allHandlersFinished());
      // A step failed meanwhile: the run ends, and does not go on behind that step.
      if (run.failed && patched('failed-when-full')) await walk;
      await continueAsNew<typeof runPlaybookWorkflow>(args);
    }
    await run.end('completed');
  } catch (error) {
    if (!run.isLoaded()) throw error;
    if (isCancellation(error)) await run.end('cancelled');
    else if (run.failed) await run.end('failed');
    throw error;
  } finally {
    await CancellationScope.nonCancellable(() => condition(allHandlersFinished));
  }
}

function isFull({ historyLimit }: RunPlaybookArgs): boolean {
  const { historyLength, continueAsNewSuggested } = workflowInfo();
  return continueAsNewSuggested || historyLength >= historyLimit;
}
