import type { Database } from '../../platform/db/database.ts';
import { collector } from '../../platform/server/metrics.ts';
import { stallCauses } from '../../platform/stall-causes.ts';
import { readExecutionNumbers } from '../db/execution-numbers.ts';

/** What is open, of all tenants and processes: every process says the same. */
export const executionCollector = (db: () => Database) =>
  collector({
    gauges: {
      interlock_executions_open: { help: 'Executions that have not ended, by status', labels: ['status'] },
      interlock_executions_oldest_open_seconds: {
        help: 'Age of the oldest execution that is requested or running, and waits for no approval',
      },
      interlock_outcome_unknown_open: {
        help: 'Executions of unknown outcome that a person has to settle',
      },
      interlock_starts_owed: { help: 'Executions whose workflow has to be started yet' },
      interlock_starts_oldest_owed_seconds: { help: 'Age of the oldest of these' },
      interlock_stalled_workflows: {
        help: 'Open workflows whose tasks fail or are taken by no worker, of all processes',
      },
      interlock_workflow_tasks_failing: {
        help: 'Open workflows that cannot go on, by cause',
        labels: ['cause'],
      },
    },
    async read() {
      const numbers = await db().system(readExecutionNumbers);
      const stalled = stallCauses.map((cause) => ({ labels: { cause }, value: numbers.stalled[cause] ?? 0 }));
      return {
        interlock_executions_open: [
          { labels: { status: 'requested' }, value: numbers.requested },
          { labels: { status: 'running' }, value: numbers.running },
          { labels: { status: 'waiting_for_approval' }, value: numbers.waiting },
        ],
        interlock_executions_oldest_open_seconds: numbers.oldest ?? 0,
        interlock_outcome_unknown_open: numbers.unknown,
        interlock_starts_owed: numbers.owed,
        interlock_starts_oldest_owed_seconds: numbers.oldestOwed ?? 0,
        interlock_stalled_workflows: stalled.reduce((sum, { value }) => sum + value, 0),
        interlock_workflow_tasks_failing: stalled,
      };
    },
  });
