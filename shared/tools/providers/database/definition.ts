import { databaseHosts } from '../../database/database-url.ts';
import type { ProviderDefinition, RetrySafety } from '../provider-definition.ts';
import { checkDatabase } from './check.ts';
import { type DatabaseConfigInput, type DatabaseTool, databaseToolSchema } from './config.ts';
import { databaseMethod, renderDatabase } from './render.ts';

/** The pure half of the `database` tool type. */
export const databaseProvider = {
  label: 'Database',
  schema: databaseToolSchema,
  check: checkDatabase,
  render: renderDatabase,
  hosts: ({ config: { url, engine } }) => databaseHosts(url, engine),
  target({ config }) {
    const [host] = databaseHosts(config.url, config.engine);
    return `${databaseMethod(config)} ${host?.replace(/:\d+$/, '') ?? 'database'}`;
  },
  retrySafety,
  readsOnly: ({ config }) => config.readOnly,
  auth: ['basic'],
  signsIn: true,
  connector: {
    kinds: ['database'],
    idOf: (config) => config.connectorId,
    fold(config, connector): DatabaseConfigInput {
      const { connectorId: _connectorId, ...own } = config;
      if (connector.kind !== 'database') return own;
      const { url, tls, ca } = connector;
      return { ...own, url, tls, ...(ca !== undefined && { ca }) };
    },
  },
  breakingFields: ['engine', 'statement', 'readOnly', 'maxRows'],
  response: { readBy: ({ config }) => config.statement },
} satisfies ProviderDefinition<typeof databaseToolSchema>;

function retrySafety({ config, idempotent }: DatabaseTool): RetrySafety {
  if (config.readOnly) return { safe: true, words: 'Safe to retry: read-only' };
  if (idempotent)
    return {
      safe: true,
      words: 'Safe to retry: the tool is declared idempotent, so a second write changes nothing',
    };
  const until = config.engine === 'mongodb' ? 'the operation was sent' : 'the transaction was committed';
  return {
    safe: false,
    words: `Sent once: a second write could act twice. Retried only when it failed before ${until}`,
  };
}
