import type { TenantConnection } from '../../platform/db/database.ts';
import {
  findOwnConnector,
  type ImportedToolRow,
  type NamedConnector,
  readImportedTools,
} from '../db/imports.ts';
import { toName } from '../naming.ts';

/** What an earlier import has made. */
export interface EarlierTools {
  connector: NamedConnector | null;
  byKey: ReadonlyMap<string, ImportedToolRow>;
}

/** The name that the tool of an operation gets: with the connector in front where another tool has its own. */
export const freeName = (connectorName: string, name: string, taken: ReadonlySet<string>): string =>
  taken.has(name) ? toName(`${connectorName}_${name}`, 'tool') : name;

export async function earlierTools(
  connection: TenantConnection,
  connectorName: string,
): Promise<EarlierTools> {
  const connector = await findOwnConnector(connection, connectorName);
  const tools = connector ? await readImportedTools(connection, connector.id) : [];
  return { connector, byKey: new Map(tools.map((each) => [each.operation_key, each])) };
}
