import { createParser } from 'eventsource-parser';
import type { JsonValue } from '../../../platform/json.ts';
import { readJson } from '../../../platform/read-json.ts';
import { isObject } from '../../../platform/schema-properties.ts';
import { BudgetError, isolated } from '../../../platform/server/isolates/isolated.ts';
import { type RpcMessage, readMessageHere } from './message-here.ts';

/** A message up to this size is parsed here, which takes the event loop 5 ms at most. */
const smallBytes = 65_536;
const cpuMs = 1000;

const readThere = isolated(readMessageHere, new URL('./message-here.ts', import.meta.url).href);

/** The result of `tools/call` in a JSON-RPC response; small ones are read here, large ones in an isolate. */
export async function readResultMessage(text: string, tenantId: string): Promise<RpcMessage> {
  if (text.length <= smallBytes) return readMessageHere(Buffer.from(text));
  try {
    const budget = { cpuMs, tenantId, maxBytes: Number.POSITIVE_INFINITY };
    return await readThere(budget, Buffer.from(text));
  } catch (error) {
    if (!(error instanceof BudgetError)) throw error;
    return { problem: `Reading the response ${error.message}` };
  }
}

export interface ServerNotification {
  method: string;
  params: Record<string, unknown>;
}

export interface MessageReader {
  /** A piece of the body of a response. */
  push(piece: Buffer): void;
  /** The text of the response to the request, once it has come. */
  response(): string | null;
}

/**
 * Reads the messages of a body as it comes: one JSON document, or events of which one is the response.
 * @param id of the request
 */
export function createMessageReader(
  id: string,
  { onNotification, onResponse }: { onNotification(each: ServerNotification): void; onResponse(): void },
): MessageReader {
  const decoder = new TextDecoder();
  let response: string | null = null;
  const parser = createParser({
    onEvent({ data }) {
      if (response !== null || data === '') return;
      // What is large is no notification that anyone shows; if it is the response, it is read elsewhere.
      const message = data.length > smallBytes ? null : parsed(data);
      if (message === null || message.id === id) {
        response = data;
        onResponse();
      } else if (typeof message.method === 'string' && message.id === undefined) {
        onNotification({
          method: message.method,
          params: isObject(message.params) ? message.params : {},
        });
      }
    },
  });
  return {
    push: (piece) => parser.feed(decoder.decode(piece, { stream: true })),
    response: () => response,
  };
}

/** The message; one that is none has no id and no method. */
function parsed(text: string): Record<string, unknown> {
  try {
    const value: JsonValue = readJson(text);
    return isObject(value) ? value : {};
  } catch {
    return {};
  }
}
