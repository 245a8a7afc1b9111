import type { Refusals } from '../shared/events/server/refusals.ts';
import type { ExecutionServices } from '../shared/executions/server/execution-services.ts';
import type { Executor } from '../shared/executions/server/executor.ts';
import type { Accounts } from '../shared/identity/server/accounts.ts';
import type { Mailer } from '../shared/people/server/mailer.ts';
import type { RunService } from '../shared/playbooks/server/run-service.ts';
import type { Providers } from '../shared/tools/server/providers.ts';

/** What procedures may use; created once per process. */
export interface Services extends ExecutionServices {
  executor: Executor;
  runs: RunService;
  accounts: Accounts;
  refusals: Refusals;
  /** For requests that are no execution: the test of a credential. */
  providers: Providers;
  mailer: Mailer;
}
