import { setTimeout as sleep } from 'node:timers/promises';
import { Client, Connection } from '@temporalio/client';
import { loadClientConnectConfig } from '@temporalio/envconfig';
import { NativeConnection } from '@temporalio/worker';
import { errorMessage } from '../../error-message.ts';
import { installTemporalRuntime } from './runtime.ts';

export interface TemporalConnection {
  /** Shared by client and worker of one process: the condition for an eager start. */
  native: NativeConnection;
  client: Client;
  namespace: string;
  /** `host:port` of its gRPC front end. */
  address: string;
}

/** Connects as @temporalio/envconfig says (TEMPORAL_ADDRESS, TEMPORAL_NAMESPACE, TEMPORAL_API_KEY, profiles …). */
export async function connectTemporal(): Promise<TemporalConnection> {
  installTemporalRuntime();
  const { connectionOptions, namespace = 'default' } = loadClientConnectConfig();
  const native = await NativeConnection.connect(
    connectionOptions as Parameters<typeof NativeConnection.connect>[0],
  );
  const { address = 'localhost:7233' } = connectionOptions;
  return { native, client: new Client({ connection: native, namespace }), namespace, address };
}

/**
 * A client that connects at its first request, for a process whose own connection is not there yet: what needs Temporal
 * fails until it is reachable, and everything else works.
 */
export function connectTemporalLater(): Pick<TemporalConnection, 'client' | 'address'> {
  const { connectionOptions, namespace = 'default' } = loadClientConnectConfig();
  const { address = 'localhost:7233' } = connectionOptions;
  return { client: new Client({ connection: Connection.lazy(connectionOptions), namespace }), address };
}

/** Retries until it connects. Logs every failure. @throws the signal's reason */
export async function connectTemporalWithRetry(
  log: (message: string) => void,
  signal: AbortSignal,
): Promise<TemporalConnection> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await connectTemporal();
    } catch (error) {
      signal.throwIfAborted();
      log(`Temporal is not reachable yet (${errorMessage(error)}); retrying.`);
      await sleep(Math.min(250 * 2 ** attempt, 5_000), undefined, { signal });
    }
  }
}

/** The page of a workflow in Temporal Web; null where no Temporal Web is configured. */
export function temporalWebUrl(
  uiUrl: string | undefined,
  namespace: string,
  workflowId: string,
): string | null {
  if (!uiUrl) return null;
  return `${uiUrl.replace(/\/$/, '')}/namespaces/${encodeURIComponent(namespace)}/workflows/${encodeURIComponent(workflowId)}`;
}
