import type { Database } from '../../platform/db/database.ts';
import { collector } from '../../platform/server/metrics.ts';
import { readStepNumbers } from '../db/step-numbers.ts';

/** The open steps of all tenants. */
export const stepCollector = (db: () => Database) =>
  collector({
    gauges: {
      interlock_steps_waiting: { help: 'Steps of playbooks that wait for people, an event or a time' },
      interlock_steps_overdue: { help: 'Waiting steps whose due date has passed' },
    },
    async read() {
      const { waiting, overdue } = await db().system(readStepNumbers);
      return { interlock_steps_waiting: waiting, interlock_steps_overdue: overdue };
    },
  });
