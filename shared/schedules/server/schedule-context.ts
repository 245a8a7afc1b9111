import type { BatchService } from '../../batches/server/batch-service.ts';
import type { ChangeContext, ReadContext } from '../../events/server/change-context.ts';
import type { ExecutionContext } from '../../executions/server/execution-context.ts';
import type { Executor } from '../../executions/server/executor.ts';
import type { Actor } from '../../identity/roles.ts';
import type { Accounts } from '../../identity/server/accounts.ts';
import type { RunService } from '../../playbooks/server/run-service.ts';

/** What schedules need of a process: all that they may start. */
export interface ScheduleServices extends ExecutionContext {
  accounts: Accounts;
  executor: Executor;
  runs: RunService;
  batches: BatchService;
}

export type ScheduleRead = ReadContext<ScheduleServices>;
export type ScheduleChange = ChangeContext<ScheduleServices>;

/** The actor of what no person does. */
export const scheduler: Actor = { type: 'system', id: 'worker', name: 'Interlock' };
