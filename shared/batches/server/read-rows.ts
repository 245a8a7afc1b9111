import { CsvError, parse } from 'csv-parse/sync';
import type { z } from 'zod';
import type { Issue } from '../../platform/error-codes.ts';
import type { JsonObject, JsonValue } from '../../platform/json.ts';
import { pointer } from '../../platform/json-pointer.ts';
import { readJson } from '../../platform/read-json.ts';
import { isObject } from '../../platform/schema-properties.ts';
import { quote } from '../../platform/server/expressions/quote.ts';
import { ExpressionError, resolveTemplate } from '../../platform/server/expressions.ts';
import { BudgetError, isolated } from '../../platform/server/isolates/isolated.ts';
import { maxBatchBytes, maxCalls, type rowsInputSchema } from '../batch-schemas.ts';
import type { SentCall } from './sent-call.ts';

type RowsInput = z.output<typeof rowsInputSchema>;

const csvThere = isolated(readCsv, import.meta.url);

/** Rows of a CSV text with a header line. An empty cell is a value that is not there. */
export function readCsv(text: string): { rows: Record<string, string>[] } | { problem: string } {
  try {
    const records = parse(text, {
      columns: true,
      bom: true,
      skip_empty_lines: true,
      trim: true,
      to: maxCalls + 1,
    });
    const rows = (records as Record<string, string>[]).map((record) =>
      Object.fromEntries(Object.entries(record).filter(([, cell]) => cell !== '')),
    );
    return { rows };
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    return { problem: `is not a CSV text with a header line: ${error.message}` };
  }
}

/** One call for each row: its values are the payload, or what the payload's expressions name. */
export async function callsOfRows(
  forEach: RowsInput,
  tenantId: string,
): Promise<{ calls: SentCall[]; issues: Issue[] }> {
  const read = await rowsOf(forEach, tenantId);
  if ('issue' in read) return { calls: [], issues: [read.issue] };
  const issues: Issue[] = [];
  const calls: SentCall[] = [];
  const keys = new Set<string>();
  for (const [index, row] of read.rows.entries()) {
    const path = pointer('/forEach/rows', index);
    const issue = (at: string, message: string, keyword: string) =>
      issues.push({ path: `${path}${at}`, message, keyword });
    const key = forEach.key === undefined ? null : keyIn(row, forEach.key);
    if (forEach.key !== undefined && key === null)
      issue(pointer('', forEach.key), 'needs a text or a number: it names what the row is about', 'key');
    else if (key !== null && keys.has(key))
      issue(pointer('', forEach.key!), `${key} is in two rows`, 'unique');
    if (key !== null) keys.add(key);
    try {
      calls.push({
        id: `row_${index + 1}`,
        path,
        payloadPath: path,
        tool: forEach.tool,
        toolId: forEach.toolId,
        // A row is data, whatever it looks like.
        payload: quote(await payloadOfRow(forEach, row, tenantId)),
        when: null,
        dependsOn: [],
        key,
        fromText: forEach.csv !== undefined,
        ofRow: true,
      });
    } catch (error) {
      if (!(error instanceof ExpressionError)) throw error;
      issue(error.path, error.message, 'expression');
    }
  }
  return { calls, issues };
}

async function rowsOf(
  { rows, csv }: RowsInput,
  tenantId: string,
): Promise<{ rows: JsonObject[] } | { issue: Issue }> {
  const refused = (path: string, message: string) => ({ issue: { path, message, keyword: 'rows' } });
  if ((rows === undefined) === (csv === undefined))
    return refused('/forEach/rows', 'needs either rows or csv');
  // They were parsed from JSON.
  if (rows) return { rows: rows as JsonObject[] };
  try {
    const found = await csvThere({ cpuMs: 2000, maxBytes: 2 * maxBatchBytes, tenantId }, csv!);
    return 'problem' in found ? refused('/forEach/csv', found.problem) : found;
  } catch (error) {
    if (!(error instanceof BudgetError)) throw error;
    return refused('/forEach/csv', 'takes too long to read');
  }
}

async function payloadOfRow({ payload }: RowsInput, row: JsonObject, tenantId: string): Promise<JsonValue> {
  if (payload === undefined) return row;
  return (await resolveTemplate(payload as JsonValue, { row }, '', tenantId)) ?? {};
}

/** What a row is about; null when it does not say. */
export function keyIn(row: JsonObject, column: string): string | null {
  const value = Object.hasOwn(row, column) ? row[column] : null;
  if (value === null || value === undefined || typeof value === 'boolean') return null;
  const text =
    typeof value === 'string' ? value : Array.isArray(value) || isObject(value) ? '' : String(value);
  return text === '' || text.length > 150 ? null : text;
}

const numberText = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;

/** Texts of a CSV as the types that the schema of their input asks for. */
export function typedBySchema(payload: JsonValue, schema: Record<string, unknown>): JsonValue {
  if (
    payload === null ||
    typeof payload !== 'object' ||
    Array.isArray(payload) ||
    !isObject(schema.properties)
  )
    return payload;
  const { properties } = schema;
  return Object.fromEntries(
    Object.entries(payload as JsonObject).map(([name, value]) => [
      name,
      typeof value === 'string'
        ? typed(value, Object.hasOwn(properties, name) ? properties[name] : null)
        : value,
    ]),
  );
}

function typed(text: string, schema: unknown): JsonValue {
  const types = isObject(schema) && schema.type !== undefined ? [schema.type].flat() : [];
  if (types.includes('string')) return text;
  if ((types.includes('number') || types.includes('integer')) && numberText.test(text)) return readJson(text);
  return types.includes('boolean') && (text === 'true' || text === 'false') ? text === 'true' : text;
}
