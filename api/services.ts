import type { Logger } from 'pino';
import type { Database } from '../shared/db/database.ts';
import type { Executor } from '../shared/execution/executor.ts';
import type { Environment } from '../shared/node/environment.ts';
import type { Vault } from '../shared/node/vault.ts';
import type { TemporalConnection } from '../shared/temporal/connect.ts';
import type { Accounts } from './identity/accounts.ts';

/** What procedures and activities may use; made once per process. */
export interface Services {
  environment: Environment;
  log: Logger;
  db: Database;
  vault: Vault;
  temporal: TemporalConnection;
  executor: Executor;
  accounts: Accounts;
}
