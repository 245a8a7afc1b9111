import type { JsonObject, JsonValue } from '../../../../platform/json.ts';
import type { Json } from '../../../../platform/json-text.ts';
import { isObject } from '../../../../platform/schema-properties.ts';
import { hasAtMost, maxValues } from '../../../../platform/server/isolates/isolate-protocol.ts';
import { BudgetError, isolated } from '../../../../platform/server/isolates/isolated.ts';
import { carried } from '../../../../platform/server/redact-large.ts';
import { parseResponseBody, ResponseBodyError, textOf } from '../../http/call/response-body.ts';

/** The data of a response; or its errors, with what came beside them; or why it is no response to an operation. */
export type ReadGraphql<Value = Json> =
  | { output: Value }
  | { errors: number; reason: string; raw: Value }
  | { problem: string; raw: Value };

/** A body up to this size is parsed here, which takes the event loop 5 ms at most. */
const smallBytes = 65_536;
const cpuMs = 1000;

const readThere = isolated(readLargeGraphql, import.meta.url);

/** Reads small bodies here, and large ones in an isolate. @param tenantId whose call it is */
export async function readGraphqlResponse(
  body: Buffer,
  contentType: string | undefined,
  tenantId: string,
): Promise<ReadGraphql> {
  if (body.length <= smallBytes) return readHere(body, contentType);
  try {
    return await readThere({ cpuMs, tenantId, maxBytes: Number.POSITIVE_INFINITY }, body, contentType);
  } catch (error) {
    if (!(error instanceof BudgetError)) throw error;
    return { problem: `Reading the response ${error.message}`, raw: beginningOf(body, contentType) };
  }
}

/** What is large stays a text: it is checked and redacted elsewhere. */
export function readLargeGraphql(body: Buffer, contentType: string | undefined): ReadGraphql {
  const read = readHere(body, contentType);
  return 'output' in read ? { output: carried(read.output) } : { ...read, raw: carried(read.raw) };
}

function readHere(body: Buffer, contentType: string | undefined): ReadGraphql<JsonValue> {
  const kept = () => beginningOf(body, contentType);
  let value: JsonValue;
  try {
    value = parseResponseBody(body, contentType, 'json');
  } catch (error) {
    if (!(error instanceof ResponseBodyError)) throw error;
    return { problem: error.message, raw: kept() };
  }
  if (!hasAtMost(value, maxValues))
    return { problem: `The response has more than ${maxValues} values`, raw: kept() };
  if (!isObject(value)) return { problem: 'The response is not one to a GraphQL request', raw: value };
  const { data, errors } = value as JsonObject;
  if (Array.isArray(errors) && errors.length > 0)
    return { errors: errors.length, reason: reasonOf(errors), raw: value as JsonObject };
  if (isObject(data)) return { output: data as JsonObject };
  return { problem: 'The response has neither data nor errors', raw: value as JsonObject };
}

/** The first messages, in the provider's words. */
function reasonOf(errors: readonly JsonValue[]): string {
  const messages = errors
    .slice(0, 3)
    .flatMap((each) => (isObject(each) && typeof each.message === 'string' ? [each.message] : []));
  return [...new Set(messages)].join('; ');
}

/** The text that is kept of a body that cannot be read. */
const beginningOf = (body: Buffer, contentType: string | undefined): string =>
  textOf(body.subarray(0, smallBytes), contentType);
