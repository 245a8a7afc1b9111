import { Client, Connection } from '@temporalio/client';
import { loadClientConnectConfig } from '@temporalio/envconfig';
import { registerSearchAttributes as register } from '../shared/executions/server/register-search-attributes.ts';

export { searchAttributeFlags } from '../shared/executions/server/register-search-attributes.ts';

/** Registers our search attributes on an outside Temporal server; the embedded one gets them when it starts. */
export async function registerSearchAttributes(log: (line: string) => void): Promise<void> {
  const config = loadClientConnectConfig();
  const connection = await Connection.connect(config.connectionOptions);
  try {
    const { namespace } = new Client({ connection, namespace: config.namespace }).options;
    await register(connection.operatorService, namespace, log);
  } finally {
    await connection.close();
  }
}
