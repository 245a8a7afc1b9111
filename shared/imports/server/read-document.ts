import { createHash } from 'node:crypto';
import { CORE_SCHEMA, load, YAMLException } from 'js-yaml';
import { canonicalJson } from '../../platform/canonical-json.ts';
import { errorMessage } from '../../platform/error-message.ts';
import type { JsonValue } from '../../platform/json.ts';
import { JsonText } from '../../platform/json-text.ts';
import { isObject } from '../../platform/schema-properties.ts';
import { readCurl } from '../curl/read-curl.ts';
import type { ImportFormat, OperationSummary } from '../import-schemas.ts';
import { type ImportedDocument, type ImportedOperation, ImportProblem } from '../imported.ts';
import { readOpenApi } from './formats/openapi/read-openapi.ts';
import { readPostman } from './formats/read-postman.ts';

export interface ReadOptions {
  format: ImportFormat | null;
  sourceUrl: string | null;
  /** The operations that are wanted, with their drafts; null: all, without. */
  keys: string[] | null;
}

export type ReadResult =
  | { problem: string }
  | {
      format: ImportFormat;
      title: string;
      connector: ImportedDocument['connector'];
      /** `OperationSummary[]` */
      operations: JsonText;
      /** `[key, tool definition][]` of the wanted ones that can become tools. */
      drafts: JsonText;
    };

/** Reads a document of any format: run it in an isolate. */
export function readDocument(bytes: Uint8Array, { format, sourceUrl, keys }: ReadOptions): ReadResult {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes).trim();
    const wanted = keys && new Set(keys);
    const found = read(text, { format, sourceUrl, keys: wanted });
    const operations: OperationSummary[] = [];
    const drafts: [string, Record<string, unknown>][] = [];
    for (const operation of found.operations) {
      if (wanted && !wanted.has(operation.key)) continue;
      operations.push(summaryOf(operation));
      if (wanted && operation.tool) drafts.push([operation.key, operation.tool]);
    }
    return {
      format: found.format,
      title: found.title,
      connector: found.connector,
      operations: new JsonText(JSON.stringify(operations)),
      drafts: new JsonText(JSON.stringify(drafts)),
    };
  } catch (error) {
    if (error instanceof ImportProblem) return { problem: error.message };
    if (error instanceof TypeError && error.message.includes('encoded data was not valid'))
      return { problem: 'The document is not a text in UTF-8.' };
    throw error;
  }
}

function summaryOf({ tool, ...operation }: ImportedOperation): OperationSummary {
  const digest =
    tool &&
    createHash('sha256')
      .update(canonicalJson(tool as JsonValue))
      .digest('base64url');
  return { ...operation, digest };
}

function read(
  text: string,
  { format, sourceUrl, keys }: Omit<ReadOptions, 'keys'> & { keys: ReadonlySet<string> | null },
): ImportedDocument & { format: ImportFormat } {
  if (text === '') throw new ImportProblem('The document is empty.');
  if (format === 'curl' || (format === null && /^(?:\$\s+)?curl\s/.test(text)))
    return { format: 'curl', ...readCurl(text) };
  if (text.startsWith('<'))
    throw new ImportProblem(
      'The document is a web page or another XML document. Of XML, WSDL can be imported. Look for the URL of the description itself.',
    );
  const root = parse(text);
  if (!isObject(root)) throw new ImportProblem('The document is not an object. Nothing can be read from it.');
  const detected = formatOf(root);
  if (detected === null)
    throw new ImportProblem(
      'This is no document that can be imported. OpenAPI 3, Swagger 2, Postman collections, curl commands, GraphQL schemas, WSDL and .proto can.',
    );
  if (format !== null && format !== detected)
    throw new ImportProblem(`The document is of the format ${detected}, not ${format}.`);
  if (detected === 'postman') return { format: detected, ...readPostman(root) };
  return { format: detected, ...readOpenApi(root, sourceUrl, keys) };
}

function formatOf(root: Record<string, unknown>): ImportFormat | null {
  if (typeof root.openapi === 'string' && /^3\./.test(root.openapi)) return 'openapi';
  if (String(root.swagger ?? '').startsWith('2')) return 'swagger';
  const schema = isObject(root.info) ? String(root.info.schema ?? '') : '';
  return schema.includes('getpostman.com') || (isObject(root.info) && Array.isArray(root.item))
    ? 'postman'
    : null;
}

/** JSON, else YAML without tags of its own and with few aliases. */
function parse(text: string): unknown {
  if (/^[[{]/.test(text)) {
    try {
      return JSON.parse(text);
    } catch (error) {
      // YAML may begin with a brace as well.
      if (text.length > 1_000_000)
        throw new ImportProblem(`The document is not valid JSON: ${errorMessage(error)}.`);
    }
  }
  try {
    return load(text, { schema: CORE_SCHEMA, json: true, maxAliases: 1_000 });
  } catch (error) {
    if (error instanceof YAMLException)
      throw new ImportProblem(`The document is neither JSON nor YAML: ${error.reason}${lineOf(error)}.`);
    throw error;
  }
}

const lineOf = ({ mark }: YAMLException): string => (mark ? ` (line ${mark.line + 1})` : '');
