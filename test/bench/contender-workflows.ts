import { proxyActivities, proxyLocalActivities } from '@temporalio/workflow';
import type { ContenderActivities } from './contenders-process.ts';

const remote = proxyActivities<ContenderActivities>({ startToCloseTimeout: '10 seconds' });
const local = proxyLocalActivities<ContenderActivities>({ startToCloseTimeout: '10 seconds' });

/** The smallest workflow that makes the call. */
export async function bareWorkflow(): Promise<unknown> {
  return remote.call();
}

export async function threeActivitiesWorkflow(id: string): Promise<void> {
  await remote.claim(id);
  await remote.settle(id, await remote.call());
}

export async function oneActivityWorkflow(id: string): Promise<void> {
  await remote.attempt(id);
}

export async function localActivityWorkflow(id: string): Promise<void> {
  await local.attempt(id);
}

/** Closes in its first task; its argument tells the outcome in Temporal Web. */
export async function outcomeWorkflow(_id: string, outcome: unknown): Promise<unknown> {
  return outcome;
}

export async function emptyWorkflow(): Promise<void> {}
