import { randomBytes, randomUUID } from 'node:crypto';
import { pino } from 'pino';
import { v7 as uuidv7 } from 'uuid';
import { inject } from 'vitest';
import type { Services } from '../../api/services.ts';
import type { Execution } from '../../shared/executions/execution-schemas.ts';
import type { ExecutionServices } from '../../shared/executions/server/execution-services.ts';
import {
  createExecutor,
  type ExecuteRequest,
  type Executor,
} from '../../shared/executions/server/executor.ts';
import { createOutcomes, type Outcomes } from '../../shared/executions/server/outcomes.ts';
import { writePrivateHosts } from '../../shared/identity/db/tenant-settings.ts';
import type { Identity } from '../../shared/identity/roles.ts';
import { openDatabase } from '../../shared/platform/db/database.ts';
import type { JsonValue } from '../../shared/platform/json.ts';
import { readEnvironment } from '../../shared/platform/server/environment.ts';
import { createLocalKeyRing } from '../../shared/platform/server/key-ring.ts';
import { createLogger } from '../../shared/platform/server/logger.ts';
import { connectTemporal, type TemporalConnection } from '../../shared/platform/server/temporal/connect.ts';
import { createVault } from '../../shared/platform/server/vault.ts';
import { createTool } from '../../shared/tools/server/write-tool.ts';
import type { ToolDefinitionInput } from '../../shared/tools/tool-definition.ts';
import { type ExecutionWorker, startExecutionWorker } from '../../worker/start-worker.ts';

/** Stable within a test file, so that a child process can open what its parent sealed. */
const secrets = {
  auth: randomBytes(32).toString('hex'),
  vault: randomBytes(32).toString('base64'),
};

export interface ExecutionStackOptions {
  databaseUrl?: string;
  temporalAddress?: string;
  taskQueue?: string;
  /** No worker: rows are written and workflows started, and nobody takes them up. */
  worker?: boolean;
  reconcile?: boolean;
  /** Gets every line that would be logged. */
  onLog?: (line: string) => void;
}

/** The executing part of a process, with a tenant of its own. */
export interface ExecutionStack {
  services: ExecutionServices;
  temporal: TemporalConnection;
  outcomes: Outcomes;
  executor: Executor;
  worker: ExecutionWorker | null;
  identity: Identity;
  /** Makes a tool of the tenant. @returns its id */
  createTool(definition: ToolDefinitionInput): Promise<string>;
  /** Lets the tenant's tools reach these addresses. */
  allowHosts(...hosts: string[]): Promise<void>;
  execute(toolId: string, payload: JsonValue, more?: Partial<ExecuteRequest>): Promise<Execution>;
  /** Starts the worker of a stack that was made without one. */
  startWorker(): Promise<void>;
  close(): Promise<void>;
}

export function stackEnvironment(options: ExecutionStackOptions): NodeJS.ProcessEnv {
  const servers = inject('servers');
  return {
    DATABASE_URL: options.databaseUrl ?? servers.databaseUrl,
    TEMPORAL_ADDRESS: options.temporalAddress ?? servers.temporalAddress,
    INTERLOCK_TASK_QUEUE: options.taskQueue ?? `test-${randomUUID()}`,
    INTERLOCK_AUTH_SECRET: secrets.auth,
    INTERLOCK_VAULT_KEYS: JSON.stringify({ keys: [{ id: 'test', key: secrets.vault }] }),
    INTERLOCK_TEMPORAL_UI_URL: servers.temporalUiUrl,
    INTERLOCK_PUBLIC_URL: 'http://interlock.test',
  };
}

export async function startExecutionStack(options: ExecutionStackOptions = {}): Promise<ExecutionStack> {
  const env = stackEnvironment(options);
  const environment = readEnvironment(env);
  const log = options.onLog
    ? pino({ level: 'trace' }, { write: options.onLog })
    : createLogger(process.env.TEST_LOG_LEVEL ?? 'silent');
  const db = openDatabase(environment.DATABASE_URL, { log: () => {} });
  process.env.TEMPORAL_ADDRESS = env.TEMPORAL_ADDRESS;
  const temporal = await connectTemporal();
  const vault = createVault(createLocalKeyRing([{ id: 'test', key: secrets.vault }]));
  const services: ExecutionServices = { environment, log, db, vault, temporal: { client: temporal.client } };
  const outcomes = createOutcomes();
  const executor = createExecutor(services, outcomes);
  const tenantId = uuidv7();
  const identity: Identity = {
    tenantId,
    tenantSlug: 'acme',
    tenantName: 'Acme',
    actor: { type: 'user', id: 'ana', name: 'Ana' },
    roles: ['tenant_admin', 'platform_admin'],
    person: 'ana@acme.test',
  };
  let hosts: string[] = [];

  const stack: ExecutionStack = {
    services,
    temporal,
    outcomes,
    executor,
    worker: null,
    identity,
    createTool: (definition) =>
      createTool({ services: services as Services, identity, requestId: 'test' }, { ...definition }),
    async allowHosts(...more) {
      hosts = [...new Set([...hosts, ...more])];
      await db.tenant(tenantId, (connection) => writePrivateHosts(connection, hosts));
    },
    execute: (toolId, payload, more = {}) =>
      executor.execute({ identity, toolId, payload, waitMs: 30_000, requestId: 'test', ...more }),
    async startWorker() {
      stack.worker = await startExecutionWorker(services, temporal.native, outcomes, {
        reconcile: options.reconcile ?? false,
        drainMs: 500,
      });
    },
    async close() {
      await stack.worker?.stop();
      await temporal.native.close();
      await db.close();
    },
  };
  if (options.worker ?? true) await stack.startWorker();
  return stack;
}
