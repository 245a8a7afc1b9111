import { z } from 'zod';
import { checkDatabaseTls, databaseTlsFields } from '../../database/connection-fields.ts';
import { checkDatabaseUrl, databaseHosts } from '../../database/database-url.ts';
import { engineNames } from '../../database/engines.ts';
import { connectorFields } from '../../tool-fields.ts';
import type { ConnectorKindDefinition } from '../connector-kind.ts';

const schema = z.strictObject({
  ...connectorFields,
  kind: z.literal('database'),
  engine: z.enum(engineNames),
  /** Without a user name and password. */
  url: z.string().min(1).max(2048),
  ...databaseTlsFields,
});

/** A database: where it is, how the connection is protected, and the user of its tools. */
export const databaseConnector = {
  label: 'Database',
  schema,
  check: (connector) => [
    ...checkDatabaseUrl(connector.url, connector.engine, '/url'),
    ...checkDatabaseTls(connector, ''),
  ],
  hosts: ({ url, engine }) => databaseHosts(url, engine),
} satisfies ConnectorKindDefinition<typeof schema>;
