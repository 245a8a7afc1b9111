import type { Client } from '@temporalio/client';
import type { Logger } from 'pino';
import type { Database } from '../db/database.ts';
import type { Environment } from '../node/environment.ts';
import type { Vault } from '../node/vault.ts';

/** What executing needs of a process; the services of the API have all of it. */
export interface ExecutionServices {
  environment: Environment;
  log: Logger;
  db: Database;
  vault: Vault;
  temporal: { client: Client; taskQueue: string };
}
