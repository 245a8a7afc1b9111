import type { Client } from '@temporalio/client';
import type { Logger } from 'pino';
import type { Database } from '../shared/db/database.ts';
import type { Environment } from '../shared/node/environment.ts';
import type { Vault } from '../shared/node/vault.ts';

/** What procedures may use; made once per process. */
export interface Services {
  environment: Environment;
  log: Logger;
  db: Database;
  vault: Vault;
  temporal: { client: Client; taskQueue: string };
}
