import type { ChangeContext, ReadContext } from '../../events/server/change-context.ts';
import type { ExecutionContext } from '../../executions/server/execution-context.ts';
import type { Executor } from '../../executions/server/executor.ts';
import type { Accounts } from '../../identity/server/accounts.ts';
import type { TenantConnection } from '../../platform/db/database.ts';
import type { UndoSourceType } from '../undo-schemas.ts';

/** What series of undos need of a process. */
export interface UndoServices extends ExecutionContext {
  accounts: Accounts;
  executor: Executor;
}

export type UndoRead = ReadContext<UndoServices>;
export type UndoChange = ChangeContext<UndoServices>;

/** What is undone together: the executions of a batch or a run, in any order. */
export interface UndoSource {
  type: UndoSourceType;
  id: string;
  exceptionId: string | null;
  executions: readonly SourceExecution[];
}

export interface SourceExecution {
  id: string;
  /** What the batch calls it, or the title of its step. */
  label: string;
  /** Why it is not undone with the others. */
  cannot?: string;
}

/** Reads what is undone, in a transaction. @throws InterlockError `not_found`, `conflict` while it is in progress */
export type ReadSource = (connection: TenantConnection) => Promise<UndoSource>;
