import { createParser } from 'eventsource-parser';
import type { JsonObject, JsonValue } from '../../../../platform/json.ts';
import { readJson } from '../../../../platform/read-json.ts';
import type { HttpConfig } from '../config.ts';

/** `sse`: server-sent events. `ndjson`: a JSON value in each line. `text`: one text. */
export type StreamKind = 'sse' | 'ndjson' | 'text';

/** How the response is read while it comes; null: it is read as a whole. */
export function streamKindOf(
  stream: HttpConfig['stream'],
  contentType: string | undefined,
): StreamKind | null {
  if (stream !== 'auto') return stream ?? null;
  const type = (contentType ?? '').split(';')[0]!.trim().toLowerCase();
  if (type === 'text/event-stream') return 'sse';
  if (ndjsonTypes.has(type)) return 'ndjson';
  return type.startsWith('text/') ? 'text' : null;
}

const ndjsonTypes = new Set([
  'application/x-ndjson',
  'application/ndjson',
  'application/jsonl',
  'application/x-jsonlines',
  'application/json-seq',
]);

export interface StreamReader {
  push(bytes: Buffer): void;
  /** What the end of the response completes. */
  end(): void;
}

/** A line, or an event, that cannot be read; `message` is for people. */
export class StreamItemError extends Error {}

export interface StreamReaderOptions {
  contentType: string | undefined;
  /** A piece of the text for `text`, else an item. */
  onItem: (value: JsonValue) => void;
  /** Of a line or an event; longer ones are an error. */
  maxItemCharacters?: number;
}

/**
 * Reads a streamed response in pieces of any size. Of server-sent events, an item is `{event?, id?, data}`: `data` is JSON
 * where it is an object or a list. `[DONE]`, which ends the streams of language models, is no item.
 * @throws StreamItemError by `push` and `end`; nothing more is read then
 */
export function createStreamReader(kind: StreamKind, options: StreamReaderOptions): StreamReader {
  const decoder = decoderOf(options.contentType);
  const { feed, end } = readers[kind](options);
  return {
    push: (bytes) => feed(decoder.decode(bytes, { stream: true })),
    end() {
      feed(decoder.decode());
      end();
    },
  };
}

interface TextReader {
  feed(text: string): void;
  end(): void;
}

const readers: Record<StreamKind, (options: StreamReaderOptions) => TextReader> = {
  text: ({ onItem }) => ({
    feed(text) {
      if (text !== '') onItem(text);
    },
    end() {},
  }),
  ndjson: readLines,
  sse: readEvents,
};

function readLines({
  onItem,
  maxItemCharacters = Number.POSITIVE_INFINITY,
}: StreamReaderOptions): TextReader {
  let line = '';
  let number = 0;
  const take = () => {
    number += 1;
    // A JSON text sequence begins each item with a record separator.
    const text = line.replaceAll('\u001e', '').trim();
    line = '';
    if (text !== '') onItem(lineValue(text, number));
  };
  const extend = (piece: string) => {
    line += piece;
    if (line.length > maxItemCharacters) throw new StreamItemError(`Line ${number + 1} is too long`);
  };
  return {
    feed(text) {
      let from = 0;
      for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', from)) {
        extend(text.slice(from, at));
        take();
        from = at + 1;
      }
      extend(text.slice(from));
    },
    end: take,
  };
}

function lineValue(text: string, number: number): JsonValue {
  try {
    return readJson(text);
  } catch {
    throw new StreamItemError(`Line ${number} of the response is not valid JSON`);
  }
}

function readEvents({ onItem, maxItemCharacters }: StreamReaderOptions): TextReader {
  let tooLong = false;
  const parser = createParser({
    onEvent({ event, id, data }) {
      if (data === '[DONE]') return;
      const item: JsonObject = { data: eventData(data) };
      onItem({ ...(event !== undefined && { event }), ...(id !== undefined && { id }), ...item });
    },
    onError(error) {
      tooLong ||= error.type === 'max-buffer-size-exceeded';
    },
    ...(maxItemCharacters !== undefined && { maxBufferSize: maxItemCharacters }),
  });
  return {
    feed(text) {
      if (!tooLong) parser.feed(text);
      if (tooLong) throw new StreamItemError('An event of the response is too long');
    },
    // Some servers leave out the empty line behind the last event.
    end: () => parser.feed('\n\n'),
  };
}

function eventData(data: string): JsonValue {
  if (!/^\s*[[{]/.test(data)) return data;
  try {
    return readJson(data);
  } catch {
    return data;
  }
}

function decoderOf(contentType: string | undefined): TextDecoder {
  const charset = /charset\s*=\s*"?([\w.:-]+)/i.exec(contentType ?? '')?.[1] ?? 'utf-8';
  try {
    return new TextDecoder(charset);
  } catch {
    return new TextDecoder();
  }
}
