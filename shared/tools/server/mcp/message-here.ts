import type { JsonObject, JsonValue } from '../../../platform/json.ts';
import type { Json } from '../../../platform/json-text.ts';
import { readJson } from '../../../platform/read-json.ts';
import { isObject } from '../../../platform/schema-properties.ts';
import { hasAtMost, maxValues } from '../../../platform/server/isolates/isolate-protocol.ts';
import { isTooDeep } from '../../../platform/server/json-schema/storable.ts';
import { carried } from '../../../platform/server/redact-large.ts';

/** What a message of a server says. */
export type RpcMessage =
  | { output: Json }
  /** The tool says that it failed. */
  | { failed: string; raw: Json }
  /** The server refused the request. */
  | { refused: string; code: number }
  | { problem: string };

/** The result of `tools/call` in a JSON-RPC response. Large ones are read in an isolate. */
export function readMessageHere(text: Buffer): RpcMessage {
  let message: JsonValue;
  try {
    message = readJson(text.toString('utf8'));
  } catch {
    return { problem: 'The response is not valid JSON' };
  }
  if (isTooDeep(message)) return { problem: 'The response is nested too deeply' };
  if (!hasAtMost(message, maxValues)) return { problem: `The response has more than ${maxValues} values` };
  if (!isObject(message)) return { problem: 'The response is no JSON-RPC message' };
  const { error, result } = message as JsonObject;
  if (isObject(error)) {
    const { code, message: said } = error as JsonObject;
    return {
      refused: typeof said === 'string' ? said.slice(0, 2000) : '',
      code: typeof code === 'number' ? code : 0,
    };
  }
  if (!isObject(result)) return { problem: 'The response has neither a result nor an error' };
  return readResult(result as JsonObject);
}

function readResult(result: JsonObject): RpcMessage {
  if (result.resultType === 'input_required')
    return { problem: 'The tool asks for more input while it runs, which a call cannot give' };
  const content = Array.isArray(result.content) ? result.content : [];
  const parts = content.filter((each): each is JsonObject => isObject(each));
  const texts = parts.flatMap(({ type, text }) =>
    type === 'text' && typeof text === 'string' ? [text] : [],
  );
  if (result.isError === true) {
    const failed = texts.join(' ').slice(0, 2000);
    return { failed, raw: carried(result) };
  }
  const { structuredContent } = result;
  if (isObject(structuredContent) || Array.isArray(structuredContent))
    return { output: carried(structuredContent as JsonValue) };
  const text = texts.join('\n');
  if (parts.every(({ type }) => type === 'text')) return { output: carried(text) };
  const others = parts.filter(({ type }) => type !== 'text' && type !== 'image');
  const images = parts.flatMap(({ type, mimeType, data }) =>
    type === 'image' ? [{ mimeType: mimeType ?? null, data: data ?? null }] : [],
  );
  return {
    output: carried({
      ...(text !== '' && { text }),
      ...(images.length > 0 && { images }),
      ...(others.length > 0 && { parts: others }),
    }),
  };
}
