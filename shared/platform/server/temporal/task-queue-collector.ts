import type { Client } from '@temporalio/client';
import { collector } from '../metrics.ts';
import { within } from './within.ts';

/** Of `TaskQueueType` of Temporal's API. */
const kinds = { workflow: 1, activity: 2 } as const;
const timeoutMs = 1_500;

/** What waits in Temporal for a worker, of all tenants. Temporal counts it approximately. */
export const taskQueueCollector = (queue: () => { client: Client; taskQueue: string }) =>
  collector({
    part: 'temporal',
    gauges: {
      interlock_task_queue_backlog: { help: 'Tasks in Temporal that no worker has taken', labels: ['kind'] },
      interlock_task_queue_backlog_age_seconds: { help: 'Age of the oldest of these', labels: ['kind'] },
    },
    async read() {
      const { client, taskQueue } = queue();
      const { namespace } = client.options;
      const stats = await within(client, timeoutMs, () =>
        Promise.all(
          Object.entries(kinds).map(async ([kind, taskQueueType]) => {
            const described = await client.workflowService.describeTaskQueue({
              namespace,
              taskQueue: { name: taskQueue },
              taskQueueType,
              reportStats: true,
            });
            const { approximateBacklogCount, approximateBacklogAge } = described.stats ?? {};
            return {
              labels: { kind },
              count: Number(approximateBacklogCount ?? 0),
              age: approximateBacklogAge,
            };
          }),
        ),
      );
      return {
        interlock_task_queue_backlog: stats.map(({ labels, count }) => ({ labels, value: count })),
        interlock_task_queue_backlog_age_seconds: stats.map(({ labels, age }) => ({
          labels,
          value: Number(age?.seconds ?? 0) + (age?.nanos ?? 0) / 1e9,
        })),
      };
    },
  });
