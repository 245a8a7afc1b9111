import { Worker } from '@temporalio/worker';
import { afterAll, beforeAll, inject, test } from 'vitest';
import type { TemporalConnection } from '../../shared/platform/server/temporal/connect.ts';
import {
  type AppliedCompletion,
  completeStepName,
  type RunPlaybookArgs,
  runPlaybookWorkflowName,
  type StepState,
  stepChangedName,
} from '../../shared/playbooks/playbook-contract.ts';
import type { PlaybookActivities } from '../../worker/activities/playbook-activities.ts';
import { workflowBundle } from '../../worker/workflow-bundle.ts';
import { connectTestTemporal } from '../support/connect-test-temporal.ts';
import { eventually } from '../support/eventually.ts';

const waiting = (revision: number): StepState => ({
  state: 'waiting',
  who: 'any approver',
  sinceMs: Date.now(),
  wakeAtMs: null,
  revision,
});
const settled = (revision: number): StepState => ({
  state: 'settled',
  status: 'completed',
  outcome: 'approved',
  revision,
});

let temporal: TemporalConnection;

beforeAll(async () => {
  temporal = await connectTestTemporal(inject('servers').temporalAddress);
});

afterAll(() => temporal.native.close());

/** The activities of a run of one step, whose completions return what the test says, when it says so. */
function oneStep(applyCompletion: PlaybookActivities['applyCompletion']): Partial<PlaybookActivities> {
  return {
    loadRun: async () => ({
      title: 'Order',
      url: 'http://localhost',
      parentWorkflowId: null,
      paused: false,
      steps: [{ id: 'sign', title: 'Sign', number: 1, groups: [], parallel: false }],
      total: 1,
      done: {},
    }),
    openStep: async () => waiting(0),
    applyCompletion,
    endRun: async () => {},
  };
}

async function withRun(
  activities: Partial<PlaybookActivities>,
  work: (handle: ReturnType<TemporalConnection['client']['workflow']['getHandle']>) => Promise<void>,
): Promise<void> {
  const taskQueue = `order-${crypto.randomUUID()}`;
  const worker = await Worker.create({
    connection: temporal.native,
    namespace: temporal.namespace,
    taskQueue,
    workflowBundle: await workflowBundle(),
    activities,
  });
  await worker.runUntil(async () => {
    const args: RunPlaybookArgs = { tenantId: 'tenant', runId: crypto.randomUUID(), historyLimit: 4000 };
    const { workflow } = temporal.client;
    const handle = await workflow.start(runPlaybookWorkflowName, {
      taskQueue,
      workflowId: `order-${args.runId}`,
      args: [args],
    });
    try {
      await work(handle);
    } finally {
      await handle.terminate().catch(() => {});
    }
  });
}

test('a run goes on when the result of an earlier completion arrives after the one that ended the step', async () => {
  const decided = new Map<string, (state: StepState) => void>();
  const applyCompletion: PlaybookActivities['applyCompletion'] = async ({ message }) => {
    const state = await new Promise<StepState>((resolve) => decided.set(message.requestId!, resolve));
    const status = state.state === 'settled' ? 'completed' : 'waiting';
    return { accepted: true, stepId: 'sign', status, state } satisfies AppliedCompletion;
  };
  let goOn: (() => void) | undefined;
  const lookAtStep = async () => {
    await new Promise<void>((resolve) => {
      goOn = resolve;
    });
    return waiting(0);
  };
  await withRun({ ...oneStep(applyCompletion), lookAtStep }, async (handle) => {
    for (const requestId of ['vote-1', 'vote-2'])
      await handle.signal(completeStepName, { stepId: 'sign', requestId });
    await eventually(() => decided.size === 2);
    // While the workflow is busy, both results arrive: the second vote has ended the step, the first is reported last.
    await handle.signal(stepChangedName, 'sign');
    await eventually(() => goOn !== undefined);
    const pending = async () => (await handle.describe()).raw.pendingActivities?.length ?? 0;
    decided.get('vote-2')!(settled(2));
    await eventually(async () => (await pending()) === 1);
    decided.get('vote-1')!(waiting(1));
    await eventually(async () => (await pending()) === 0);
    goOn!();
    await handle.result();
  });
}, 60_000);
