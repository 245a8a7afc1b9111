import { Client, Connection } from '@temporalio/client';
import type { SearchAttributeType } from '@temporalio/common';
import { loadClientConnectConfig } from '@temporalio/envconfig';
import { searchAttributes } from '../shared/temporal/contract.ts';

/** The names that the CLI takes, and the numbers of the wire. */
const attributeTypes: Record<SearchAttributeType, { name: string; wire: number }> = {
  TEXT: { name: 'Text', wire: 1 },
  KEYWORD: { name: 'Keyword', wire: 2 },
  INT: { name: 'Int', wire: 3 },
  DOUBLE: { name: 'Double', wire: 4 },
  BOOL: { name: 'Bool', wire: 5 },
  DATETIME: { name: 'Datetime', wire: 6 },
  KEYWORD_LIST: { name: 'KeywordList', wire: 7 },
};

/** Our search attributes as the development server takes them: `{TenantId: 'Keyword'}`. */
export const searchAttributeFlags: Record<string, string> = Object.fromEntries(
  Object.values(searchAttributes).map((key) => [key.name, attributeTypes[key.type].name]),
);

/**
 * Registers on an outside Temporal server the search attributes that are missing there (the embedded one gets
 * them when it starts). A server that does not allow it (Temporal Cloud) is told about in words.
 */
export async function registerSearchAttributes(log: (line: string) => void): Promise<void> {
  const keys = Object.values(searchAttributes);
  const config = loadClientConnectConfig();
  const connection = await Connection.connect(config.connectionOptions);
  try {
    const { namespace } = new Client({ connection, namespace: config.namespace }).options;
    const present = await connection.operatorService.listSearchAttributes({ namespace });
    const missing = keys.filter((key) => !(key.name in (present.customAttributes ?? {})));
    if (missing.length === 0) return;
    await connection.operatorService.addSearchAttributes({
      namespace,
      searchAttributes: Object.fromEntries(missing.map((key) => [key.name, attributeTypes[key.type].wire])),
    });
    log(`Registered in Temporal: ${missing.map((key) => key.name).join(', ')}.`);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    const wanted = keys.map((key) => `${key.name} (${attributeTypes[key.type].name})`);
    log(`The search attributes could not be registered (${why}). They have to exist: ${wanted.join(', ')}.`);
  } finally {
    await connection.close();
  }
}
