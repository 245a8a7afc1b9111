import type { ExecutionServices } from '../shared/execution/execution-services.ts';
import type { Executor } from '../shared/execution/executor.ts';
import type { RunService } from '../shared/playbooks/run-service.ts';
import type { Accounts } from './identity/accounts.ts';

/** What procedures and activities may use; made once per process. */
export interface Services extends ExecutionServices {
  executor: Executor;
  runs: RunService;
  accounts: Accounts;
}
