import { randomBytes, randomUUID } from 'node:crypto';
import { pino } from 'pino';
import { v7 as uuidv7 } from 'uuid';
import { inject } from 'vitest';
import { compose, createFoundation } from '../../api/compose.ts';
import type { Services } from '../../api/services.ts';
import type { Execution } from '../../shared/executions/execution-schemas.ts';
import type { ExecuteRequest } from '../../shared/executions/server/execute-tool.ts';
import type { Executor } from '../../shared/executions/server/executor.ts';
import { writePrivateHosts } from '../../shared/identity/db/tenant-settings.ts';
import type { Identity } from '../../shared/identity/roles.ts';
import type { JsonValue } from '../../shared/platform/json.ts';
import { readEnvironment } from '../../shared/platform/server/environment.ts';
import { createLogger } from '../../shared/platform/server/logger.ts';
import type { TemporalConnection } from '../../shared/platform/server/temporal/connect.ts';
import { createTool } from '../../shared/tools/server/write-tool.ts';
import type { ToolDefinitionInput } from '../../shared/tools/tool-definition.ts';
import type { ExecutionWorker } from '../../worker/start-worker.ts';
import { connectTestTemporal } from './connect-test-temporal.ts';

/** The same for a whole test file, so that a child process can open secrets that its parent sealed. */
const secrets = {
  auth: randomBytes(32).toString('hex'),
  vault: randomBytes(32).toString('base64'),
};

export interface ExecutionStackOptions {
  databaseUrl?: string;
  temporalAddress?: string;
  taskQueue?: string;
  /** False: rows are written and workflows started, but not executed. */
  worker?: boolean;
  reconcile?: boolean;
  environment?: NodeJS.ProcessEnv;
  /** Receives every log line. */
  onLog?: (line: string) => void;
}

/** The executing part of a process, with a tenant of its own. */
export interface ExecutionStack {
  services: Services;
  temporal: TemporalConnection;
  executor: Executor;
  worker: ExecutionWorker | null;
  identity: Identity;
  /** Creates a tool of the tenant. @returns its id */
  createTool(definition: ToolDefinitionInput): Promise<string>;
  /** Lets the tenant's tools reach these addresses. */
  allowHosts(...hosts: string[]): Promise<void>;
  execute(toolId: string, payload: JsonValue, more?: Partial<ExecuteRequest>): Promise<Execution>;
  read(executionId: string): Promise<Execution>;
  /** Starts the worker of a stack that was started without one. */
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
    ...options.environment,
  };
}

export async function startExecutionStack(options: ExecutionStackOptions = {}): Promise<ExecutionStack> {
  const env = stackEnvironment(options);
  const log = options.onLog
    ? pino({ level: 'trace' }, { write: options.onLog })
    : createLogger(process.env.TEST_LOG_LEVEL ?? 'silent');
  const foundation = await createFoundation(readEnvironment(env), log, { keys: { env } });
  const temporal = await connectTestTemporal(env.TEMPORAL_ADDRESS!);
  const composition = compose(foundation, temporal);
  const { services } = composition;
  const { executor } = services;
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
    executor,
    worker: null,
    identity,
    createTool: (definition) => createTool({ services, identity, requestId: 'test' }, { ...definition }),
    async allowHosts(...more) {
      hosts = [...new Set([...hosts, ...more])];
      await services.db.tenant(tenantId, (connection) => writePrivateHosts(connection, hosts));
    },
    execute: (toolId, payload, more = {}) =>
      executor.execute({ identity, toolId, payload, waitMs: 30_000, requestId: 'test', ...more }),
    read: (executionId) => executor.get(identity, executionId),
    async startWorker() {
      stack.worker = await composition.startWorker({
        reconcile: options.reconcile ?? false,
        drainMs: 500,
      });
    },
    async close() {
      await composition.stop();
      await foundation.db.close();
    },
  };
  if (options.worker ?? true) await stack.startWorker();
  return stack;
}
