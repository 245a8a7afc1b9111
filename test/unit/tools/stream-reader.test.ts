import { expect, test } from 'vitest';
import type { JsonValue } from '../../../shared/platform/json.ts';
import {
  createStreamReader,
  StreamItemError,
  type StreamKind,
  streamKindOf,
} from '../../../shared/tools/providers/http/call/stream-reader.ts';

/** What is read of a body that comes in pieces of so many bytes. */
function read(kind: StreamKind, body: string, size: number, maxItemCharacters?: number): JsonValue[] {
  const items: JsonValue[] = [];
  const reader = createStreamReader(kind, {
    contentType: undefined,
    onItem: (item) => items.push(item),
    ...(maxItemCharacters !== undefined && { maxItemCharacters }),
  });
  const bytes = Buffer.from(body);
  for (let at = 0; at < bytes.length; at += size) reader.push(bytes.subarray(at, at + size));
  reader.end();
  return items;
}

const events = [
  ': a comment',
  'event: delta',
  'id: 7',
  'data: {"text":"Grüße",',
  'data:  "n": 1}',
  '',
  'data: plain',
  '',
  'data: [DONE]',
  '',
  'data: the last one',
  '',
].join('\n');

test.each([1, 2, 3, 7, 1000])('events and lines are the same in pieces of %d bytes', (size) => {
  expect(read('sse', events, size)).toEqual([
    { event: 'delta', id: '7', data: { text: 'Grüße', n: 1 } },
    { data: 'plain' },
    { data: 'the last one' },
  ]);
  expect(read('ndjson', '{"n":1}\r\n\n"zwölf"\n[2]', size)).toEqual([{ n: 1 }, 'zwölf', [2]]);
  expect(read('text', 'Grüße 😀', size).join('')).toBe('Grüße 😀');
});

test('an event without the empty line behind it counts', () => {
  expect(read('sse', 'data: one', 4)).toEqual([{ data: 'one' }]);
});

test('a line that is no JSON, and an item without end, are errors', () => {
  expect(() => read('ndjson', '{"n":1}\n{"n":', 3)).toThrow('Line 2 of the response is not valid JSON');
  expect(() => read('ndjson', 'x'.repeat(200), 10, 100)).toThrow(StreamItemError);
  expect(() => read('sse', `data: ${'x'.repeat(200)}`, 10, 100)).toThrow(StreamItemError);
});

test('the kind of stream follows the content type only where the tool says so', () => {
  expect(streamKindOf('auto', 'text/event-stream; charset=utf-8')).toBe('sse');
  expect(streamKindOf('auto', 'application/x-ndjson')).toBe('ndjson');
  expect(streamKindOf('auto', 'text/plain')).toBe('text');
  expect(streamKindOf('auto', 'application/json')).toBeNull();
  expect(streamKindOf(undefined, 'text/event-stream')).toBeNull();
  expect(streamKindOf('ndjson', 'application/json')).toBe('ndjson');
});
