import type { ChangeContext, ReadContext } from '../../events/server/change-context.ts';
import type { ExecutionContext } from '../../executions/server/execution-context.ts';
import type { Executor } from '../../executions/server/executor.ts';
import type { Accounts } from '../../identity/server/accounts.ts';

/** What batches need of a process. */
export interface BatchServices extends ExecutionContext {
  accounts: Accounts;
  executor: Executor;
}

export type BatchRead = ReadContext<BatchServices>;
export type BatchChange = ChangeContext<BatchServices>;
