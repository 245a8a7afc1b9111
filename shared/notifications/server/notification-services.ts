import type { ChangeServices } from '../../events/server/change-context.ts';
import type { ExecutionServices } from '../../executions/server/execution-services.ts';
import type { Executor } from '../../executions/server/executor.ts';
import type { Accounts } from '../../identity/server/accounts.ts';
import type { Mailer } from '../../people/server/mailer.ts';
import type { PushKeys } from './push/push-keys.ts';

/** What telling people needs of a process. */
export interface NotificationServices
  extends ChangeServices,
    Pick<ExecutionServices, 'environment' | 'vault' | 'egress'> {
  accounts: Accounts;
  mailer: Mailer;
  pushKeys: PushKeys;
  executor: Executor;
}

/** Where the time comes from. */
export type Clock = () => Date;
