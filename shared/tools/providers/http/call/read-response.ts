import type { JsonObject, JsonValue } from '../../../../platform/json.ts';
import type { Json } from '../../../../platform/json-text.ts';
import { evaluate } from '../../../../platform/server/expressions/evaluate.ts';
import { hasAtMost, maxValues } from '../../../../platform/server/isolates/isolate-protocol.ts';
import { BudgetError, isolated } from '../../../../platform/server/isolates/isolated.ts';
import { carried } from '../../../../platform/server/redact-large.ts';
import { type BodyType, parseResponseBody, ResponseBodyError, textOf } from './response-body.ts';

/** A response as it arrived, and how the tool reads it. */
export interface ReceivedResponse {
  contentType: string | undefined;
  responseType: BodyType;
  /** Of the output: XML is read by it. */
  schema?: unknown;
  /** JSONata over `{status, headers, body}`. */
  transform?: string | undefined;
  status: number;
  headers: JsonObject;
}

/**
 * What the tool returns, with the body that a transform has made it of, where that is small; or why it returns nothing, with
 * the body as far as it is kept.
 */
export type ReadResponse<Value = Json> =
  | { output: Value; transformed?: JsonValue }
  | { problem: string; raw: Value };

/** A body up to this size is parsed here, which takes the event loop 5 ms at most. */
const smallBytes = 65_536;
const cpuMs = 1000;
/** The body of a transformed response is recorded up to this size, so that another transform can be tried on it. */
const recordedBytes = 16_384;

const readThere = isolated(readLargeResponse, import.meta.url);

/**
 * Parses and transforms a body: small ones here, large ones, XML and every transform in an isolate, so that neither
 * `[{},{},…]` nor a transform can block this process. What returns has at most 50,000 values; the result of a transform
 * has 1 MB at most.
 * @param tenantId whose call it is
 */
export async function readResponse(
  body: Buffer,
  received: ReceivedResponse,
  tenantId: string,
): Promise<ReadResponse> {
  const { transform, responseType } = received;
  if (transform === undefined && body.length <= smallBytes && responseType !== 'xml')
    return readResponseHere(body, received);
  // Without a transform the tool's `maxResponseBytes` is the limit.
  const limit = transform === undefined ? { maxBytes: Number.POSITIVE_INFINITY } : {};
  try {
    return await readThere({ cpuMs, tenantId, ...limit }, body, received);
  } catch (error) {
    if (!(error instanceof BudgetError)) throw error;
    if (transform === undefined)
      return { problem: `Reading the response ${error.message}`, raw: beginningOf(body, received) };
    return { problem: `The transform ${error.message}`, raw: await rawOf(body, received) };
  }
}

/** A large output stays a text: it is checked and redacted elsewhere. */
export async function readLargeResponse(body: Buffer, received: ReceivedResponse): Promise<ReadResponse> {
  const read = await readResponseHere(body, received);
  return 'output' in read ? { ...read, output: carried(read.output) } : read;
}

async function readResponseHere(body: Buffer, received: ReceivedResponse): Promise<ReadResponse<JsonValue>> {
  const { contentType, responseType, schema, transform, status, headers } = received;
  let value: JsonValue;
  try {
    value = parseResponseBody(body, contentType, responseType, schema);
  } catch (error) {
    if (!(error instanceof ResponseBodyError)) throw error;
    return { problem: error.message, raw: beginningOf(body, received) };
  }
  const fits = hasAtMost(value, maxValues);
  if (transform === undefined)
    return fits
      ? { output: value }
      : { problem: `The response has more than ${maxValues} values`, raw: beginningOf(body, received) };
  const found = await evaluate(transform, { status, headers, body: value });
  if ('value' in found)
    return { output: found.value, ...(body.length <= recordedBytes && { transformed: value }) };
  return { problem: `The transform ${found.problem}`, raw: fits ? value : beginningOf(body, received) };
}

/** The parsed body if it is small, else the beginning of its text. */
async function rawOf(body: Buffer, received: ReceivedResponse): Promise<JsonValue> {
  if (body.length > smallBytes || received.responseType === 'xml') return beginningOf(body, received);
  const read = await readResponseHere(body, { ...received, transform: undefined });
  return 'output' in read ? read.output : read.raw;
}

/** The text that is kept of a body that cannot be read. */
function beginningOf(body: Buffer, { contentType }: ReceivedResponse): string {
  return textOf(body.subarray(0, smallBytes), contentType);
}
