import type { ChangeContext, ReadContext } from '../../events/server/change-context.ts';
import type { OpeningRules } from '../../exceptions/server/opening-rules.ts';
import type { ExecutionServices } from '../../executions/server/execution-services.ts';
import type { Executor } from '../../executions/server/executor.ts';
import type { Accounts } from '../../identity/server/accounts.ts';
import type { RunService } from '../../playbooks/server/run-service.ts';

/** What inbound webhooks need of a process. */
export interface InboundServices extends ExecutionServices {
  accounts: Accounts;
  executor: Executor;
  runs: RunService;
  /** They set what an action leaves open. */
  openingRules: OpeningRules;
}

export type InboundRead = ReadContext<InboundServices>;
export type InboundChange = ChangeContext<InboundServices>;
