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
  await remote.call();
  await remote.settle(id);
}

export async function oneActivityWorkflow(id: string): Promise<void> {
  await remote.attempt(id);
}

export async function localActivityWorkflow(id: string): Promise<void> {
  await local.attempt(id);
}

export async function emptyWorkflow(): Promise<void> {}
