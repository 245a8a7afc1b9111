import { expect, test } from 'vitest';
import { retryAfterMs } from '../../../shared/platform/http/retry-after.ts';
import { encodeBody } from '../../../shared/tools/providers/http/call/request-body.ts';
import { parseResponseBody } from '../../../shared/tools/providers/http/call/response-body.ts';

test('a form repeats lists and brackets objects', () => {
  const { body } = encodeBody({ a: 1, b: ['x', 'y z'], c: { d: true, e: { f: 'g' } }, n: null }, 'form');
  expect(decodeURIComponent(String(body))).toBe('a=1&b=x&b=y+z&c[d]=true&c[e][f]=g');
});

test('another parser reads a multipart body back', async () => {
  const file = {
    data: Buffer.from([0, 255, 1]).toString('base64'),
    filename: 'a"\r\nb.bin',
    contentType: 'image/png',
  };
  const { body, contentType } = encodeBody(
    { title: 'é "x"', tags: ['a', 'b'], file, bad: { data: 'AA==', contentType: 'a\r\nX: y' } },
    'multipart',
  );
  const form = await new Response(new Uint8Array(body as Buffer), {
    headers: { 'content-type': contentType! },
  }).formData();
  expect([form.get('title'), form.getAll('tags')]).toEqual(['é "x"', ['a', 'b']]);
  const read = form.get('file') as File;
  expect([read.type, [...new Uint8Array(await read.arrayBuffer())]]).toEqual(['image/png', [0, 255, 1]]);
  expect((form.get('bad') as File).type).toBe('application/octet-stream');
});

test('text is sent unchanged, binary is decoded from either base64 alphabet', () => {
  expect(encodeBody('<a/>', 'text').body).toBe('<a/>');
  expect(encodeBody('-_8=', 'binary').body).toEqual(Buffer.from([251, 255]));
  for (const wrong of ['not base64!', 'A', 5]) expect(() => encodeBody(wrong, 'binary')).toThrow();
  expect(() => encodeBody('x', 'form')).toThrow();
});

test('stored files are sent byte for byte, as the body and as parts with their name and type', async () => {
  const artifact = '0192f0c1-7a00-7000-8000-000000000044';
  const reference = { artifact, name: 'a.bin', contentType: 'image/png', bytes: 3, sha256: 'ab'.repeat(32) };
  const files = new Map([[artifact, Buffer.from([0, 255, 1])]]);
  expect(encodeBody(reference, 'binary', files).body).toEqual(Buffer.from([0, 255, 1]));
  const { body, contentType } = encodeBody({ pages: [reference, reference], note: 'x' }, 'multipart', files);
  const form = await new Response(new Uint8Array(body as Buffer), {
    headers: { 'content-type': contentType! },
  }).formData();
  const [first, second] = form.getAll('pages') as File[];
  expect([first!.name, first!.type, second!.name]).toEqual(['a.bin', 'image/png', 'a.bin']);
  expect([...new Uint8Array(await first!.arrayBuffer())]).toEqual([0, 255, 1]);
  // Without its bytes it is never sent as something else.
  expect(() => encodeBody(reference, 'binary')).toThrow();
});

const bytes = (text: string) => Buffer.from(text);
test.each([
  ['application/json', '{"a":1}', { a: 1 }],
  ['application/problem+json; charset=utf-8', '{"a":1}', { a: 1 }],
  ['application/json', '\ufeff[1]', [1]],
  ['application/json', '  ', null],
  ['text/plain', 'hi', 'hi'],
  ['application/xml', '<a/>', '<a/>'],
  ['application/x-www-form-urlencoded', 'a=1&b=2&b=3', { a: '1', b: ['2', '3'] }],
  ['', '{"a":1}', { a: 1 }],
  ['', '{broken', '{broken'],
  ['', 'plain', 'plain'],
  ['application/pdf', 'x', { base64: 'eA==', contentType: 'application/pdf' }],
  ['application/json', '', null],
])('a response of type "%s" with %j is parsed', (contentType, body, parsed) => {
  expect(parseResponseBody(bytes(body), contentType || undefined, 'auto')).toEqual(parsed);
});

test('responseType overrides the content type', () => {
  expect(parseResponseBody(bytes('{"a":1}'), 'text/plain', 'json')).toEqual({ a: 1 });
  expect(parseResponseBody(bytes('{"a":1}'), 'application/json', 'text')).toBe('{"a":1}');
  expect(parseResponseBody(bytes('x'), 'text/plain', 'binary')).toEqual({
    base64: 'eA==',
    contentType: 'text/plain',
  });
  expect(parseResponseBody(Buffer.from([0xe9]), 'text/plain; charset=iso-8859-1', 'auto')).toBe('é');
  expect(parseResponseBody(Buffer.from([0xff, 0xfe]), undefined, 'auto')).toMatchObject({ base64: '//4=' });
});

test('invalid JSON and JSON nested too deeply are refused', () => {
  expect(() => parseResponseBody(bytes('{'), 'application/json', 'auto')).toThrow('not valid JSON');
  expect(() =>
    parseResponseBody(bytes('['.repeat(5000) + ']'.repeat(5000)), 'application/json', 'auto'),
  ).toThrow('too deeply');
});

test('Retry-After is read as seconds and as a date', () => {
  const now = Date.parse('2026-01-01T00:00:00Z');
  expect(retryAfterMs('7', now)).toBe(7000);
  expect(retryAfterMs('Thu, 01 Jan 2026 00:00:30 GMT', now)).toBe(30_000);
  expect(retryAfterMs('Thu, 01 Jan 2015 00:00:30 GMT', now)).toBe(0);
  for (const none of [undefined, '', 'soon', '-1', '1.5', '9'.repeat(30)])
    expect(retryAfterMs(none, now)).toBeUndefined();
});
