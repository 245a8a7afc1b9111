import type { Issue } from '../../../platform/error-codes.ts';
import type { JsonObject } from '../../../platform/json.ts';
import { pointer } from '../../../platform/json-pointer.ts';
import { schemaProperties } from '../../../platform/schema-properties.ts';
import { checkDatabaseTls } from '../../database/connection-fields.ts';
import { checkDatabaseUrl } from '../../database/database-url.ts';
import { checkJsonSecrets } from '../../http/literal-secrets.ts';
import type { DatabaseConfig, DatabaseTool } from './config.ts';
import { checkMongo } from './mongo-operation.ts';
import { readSql, type SqlEngine } from './sql-statement.ts';
import { statementNames } from './statement-names.ts';

const statementPath = '/config/statement';

/** Problems of a database tool beyond its shape, each at its place. */
export function checkDatabase({ config, inputSchema }: DatabaseTool): Issue[] {
  const inputs = schemaProperties(inputSchema);
  return [
    ...checkAddress(config),
    ...checkStatement(config, inputs),
    ...checkJsonSecrets(config.statement as JsonObject, statementPath),
    ...checkNames(config, inputs),
  ];
}

function checkAddress(config: DatabaseConfig): Issue[] {
  const { connectorId, url, engine } = config;
  const issue = (message: string) => [{ path: '/config/url', message, keyword: 'url' }];
  if (connectorId !== undefined) {
    if (url !== undefined) return issue('Use either url or connectorId');
    const { tls, ca } = config;
    const message = 'The connector says how the connection is protected';
    if (tls !== 'auto') return [{ path: '/config/tls', message, keyword: 'tls' }];
    return ca === undefined ? [] : [{ path: '/config/ca', message, keyword: 'tls' }];
  }
  if (url === undefined) return issue('url is required (or a connectorId)');
  return [...checkDatabaseUrl(url, engine, '/config/url'), ...checkDatabaseTls(config, '/config')];
}

function checkStatement({ engine, statement, readOnly }: DatabaseConfig, inputs: Set<string>): Issue[] {
  if (engine === 'mongodb') return checkMongo(statement as JsonObject | string, readOnly, statementPath);
  if (typeof statement !== 'string')
    return [{ path: statementPath, message: 'The statement must be a text with SQL', keyword: 'statement' }];
  return checkSql(statement, engine, inputs);
}

function checkSql(statement: string, engine: SqlEngine, inputs: Set<string>): Issue[] {
  const { problems, quoted } = readSql(statement, engine);
  const located = problems.slice(0, 20).map(({ message, at }) => {
    const before = statement.slice(0, at).split('\n');
    return `${message} (line ${before.length}, character ${(before.at(-1)?.length ?? 0) + 1})`;
  });
  const inQuotes = [...quoted]
    .filter((name) => inputs.has(name))
    .map((name) => `{${name}} is in quotes, where it is text. Write it without quotes`);
  return [...located, ...inQuotes].map((message) => ({ path: statementPath, message, keyword: 'statement' }));
}

/** Every parameter is an input, and every input has a use: none is dropped silently. */
function checkNames(config: DatabaseConfig, inputs: Set<string>): Issue[] {
  const used = new Set(statementNames(config));
  const unknown = [...used].filter((name) => !inputs.has(name));
  const unused = [...inputs].filter((name) => !used.has(name));
  return [
    ...unknown.map((name) => ({
      path: statementPath,
      message: `Unknown input "${name}" (${known(inputs)})`,
      keyword: 'template',
    })),
    ...unused.map((name) => ({
      path: pointer('/inputSchema/properties', name),
      message: `The statement does not use this input. Write {${name}} where its value belongs`,
      keyword: 'template',
    })),
  ];
}

function known(names: Set<string>): string {
  if (names.size === 0) return 'the input schema has no properties';
  const shown = [...names].slice(0, 10).join(', ');
  return `the input schema has ${shown}${names.size > 10 ? ' …' : ''}`;
}
