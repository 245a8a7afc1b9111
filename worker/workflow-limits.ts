import type { Environment } from '../shared/platform/server/environment.ts';

/**
 * Tasks that Temporal has not acknowledged, for each start on its way: under load a server on PostgreSQL took 1 to 2.5
 * times as long for a completion as for a start (docs/performance-cluster.md), and some are on their way through this
 * process. More starts wait for a place, so there are never many more.
 */
const tasksForStart = 4;

/**
 * What a worker holds of workflows. A start gets its first task with the response only while a slot is free; without one
 * the task goes through a queue, which costs the server more, and so takes longer still. So there is room for the tasks of
 * every start that this process allows at once, and for a first attempt in each place for calls.
 */
export function workflowLimits({
  INTERLOCK_WORKER_CALLS: calls,
  INTERLOCK_STARTS_AT_ONCE: starts,
  INTERLOCK_WORKFLOW_TASKS,
  INTERLOCK_CACHED_WORKFLOWS,
}: Pick<
  Environment,
  | 'INTERLOCK_WORKER_CALLS'
  | 'INTERLOCK_STARTS_AT_ONCE'
  | 'INTERLOCK_WORKFLOW_TASKS'
  | 'INTERLOCK_CACHED_WORKFLOWS'
>): { tasks: number; cached: number } {
  // Some are left when calls have taken every place, so that tasks without a call are never behind one.
  const tasks = INTERLOCK_WORKFLOW_TASKS ?? Math.max(Math.ceil((calls * 4) / 3), tasksForStart * starts);
  // A task waits for room in the cache too. The other half is for workflows that wait.
  return { tasks, cached: INTERLOCK_CACHED_WORKFLOWS ?? Math.max(500, 2 * tasks) };
}
