import type { ExecutionContext } from '../../shared/executions/server/execution-context.ts';
import type { Providers } from '../../shared/tools/server/providers.ts';

/** What the activities of one worker process share. */
export interface ExecutionWorkerContext extends ExecutionContext {
  providers: Providers;
  /** New for every start of a process: separates its own unsettled attempts from those of a lost worker. */
  workerId: string;
  /** Attempts (`attemptKey`) whose call has begun here and is not settled. */
  sent: Set<string>;
}
