import { openDatabase } from '../shared/db/database.ts';
import { createExecutor } from '../shared/execution/executor.ts';
import { createOutcomes } from '../shared/execution/outcomes.ts';
import { readEnvironment } from '../shared/node/environment.ts';
import { createLogger } from '../shared/node/logger.ts';
import { openVault } from '../shared/node/vault.ts';
import { connectTemporalPatiently } from '../shared/temporal/connect.ts';
import { type ExecutionWorker, startExecutionWorker } from '../worker/start-worker.ts';
import { createAccounts } from './identity/accounts.ts';
import { buildServer } from './server.ts';
import type { Services } from './services.ts';
import { registerApiProxy } from './web-proxy.ts';
import { registerNoWeb, registerWeb } from './web-server.ts';

// One process of Interlock. INTERLOCK_ROLES says which of api, worker and web it is.

const environment = readEnvironment();
const roles = new Set(environment.INTERLOCK_ROLES);
const log = createLogger(environment.INTERLOCK_LOG_LEVEL, { roles: [...roles].join(',') });
const stopping = new AbortController();
