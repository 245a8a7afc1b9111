import { InterlockError, type Issue } from '../../../platform/error-codes.ts';
import { isScalar, type JsonObject, type JsonValue } from '../../../platform/json.ts';
import { pointer } from '../../../platform/json-pointer.ts';
import { isObject } from '../../../platform/schema-properties.ts';
import { readDatabaseUrl } from '../../database/database-url.ts';
import { inputNamed } from '../../template.ts';
import type { RenderedRequest } from '../rendered-request.ts';
import type { DatabaseConfig, DatabaseTool } from './config.ts';
import { renderMongo } from './mongo-operation.ts';
import { placeholders, type SqlEngine } from './sql-statement.ts';

/**
 * The statement and the values of its parameters, or the operation with its values.
 * @throws InterlockError `invalid_input` with located issues when a value does not fit its place
 */
export function renderDatabase({ config, auth }: DatabaseTool, input: JsonValue): RenderedRequest {
  const { engine, url, statement } = config;
  if (url === undefined || 'problem' in readDatabaseUrl(url, engine)) {
    throw new InterlockError('invalid_definition', `The tool has no database of kind ${engine}`, {
      detail: 'connector not folded in, or of another engine',
    });
  }
  const inputs: JsonObject = isObject(input) ? (input as JsonObject) : {};
  const { body, issues } =
    engine === 'mongodb'
      ? renderMongo(statement as string | JsonObject, inputs)
      : renderSql(typeof statement === 'string' ? statement : '', engine, inputs);
  if (issues.length > 0)
    throw new InterlockError('invalid_input', 'The input does not match the statement.', { issues });
  const headers: Record<string, string> = auth.type === 'basic' ? { User: auth.username } : {};
  return { method: databaseMethod(config), url, headers, body, bodyType: 'json' };
}

export const databaseMethod = ({ readOnly }: DatabaseConfig): 'QUERY' | 'EXECUTE' =>
  readOnly ? 'QUERY' : 'EXECUTE';

/** An input that is absent is NULL. */
function renderSql(
  sql: string,
  engine: SqlEngine,
  inputs: JsonObject,
): { body: JsonObject; issues: Issue[] } {
  const { statement, names } = placeholders(sql, engine);
  const issues = [...new Set(names)].flatMap((name) => {
    const problem = textProblem(inputNamed(inputs, name) ?? null, engine);
    return problem ? [{ path: pointer('', name), message: `${name} ${problem}`, keyword: 'template' }] : [];
  });
  const parameters = names.map((name) => inputNamed(inputs, name) ?? null);
  return { body: { statement, parameters }, issues };
}

function textProblem(value: JsonValue, engine: SqlEngine): string | null {
  if (typeof value === 'string') {
    if (!value.isWellFormed()) return 'contains an invalid character';
    return engine === 'postgresql' && value.includes('\0')
      ? 'must not contain the character U+0000, which PostgreSQL cannot store'
      : null;
  }
  if (isScalar(value)) return null;
  const inner = Array.isArray(value) ? value : Object.values(value);
  return inner.map((each) => textProblem(each, engine)).find((each) => each !== null) ?? null;
}
