import { expect, test } from 'vitest';
import { readCurl } from '../../../shared/imports/curl/read-curl.ts';

/** The request that a command becomes, without the parts that are the same for each. */
function requestOf(command: string) {
  const { operations, connector } = readCurl(command);
  const [operation] = operations;
  const { config } = operation!.tool as { config: Record<string, unknown> };
  return { ...config, baseUrl: connector?.baseUrl, notes: operation!.notes };
}

test.each([
  ['curl -XPUT --url https://a.example/x', { method: 'PUT', path: '/x' }],
  ['curl --request=DELETE https://a.example/x/1', { method: 'DELETE', path: '/x/1' }],
  [
    '$ curl -sSL -o out.json --max-time 5 a.example',
    { method: 'GET', path: '', baseUrl: 'https://a.example' },
  ],
  ['curl -I https://a.example/x', { method: 'HEAD' }],
  ['curl -G https://a.example/x -d a=1 -d b=2', { method: 'GET', query: { a: '1', b: '2' } }],
  ["curl https://a.example/x --url-query 'q=a b'", { method: 'GET', query: { q: 'a b' } }],
  ['curl https://a.example/x --json \'{"a": [1, "{b}"]}\'', { method: 'POST', body: { a: [1, '{{b}}'] } }],
  ['curl https://a.example/x -d a=1 -d a=2 -d b=3', { bodyType: 'form', body: { a: ['1', '2'], b: '3' } }],
  ["curl https://a.example/x --data-urlencode 'q=a&b'", { bodyType: 'form', body: { q: 'a&b' } }],
  ["curl https://a.example/x --data-urlencode 'a b'", { bodyType: 'form', body: { 'a b': '' } }],
  [
    "curl https://a.example/x -F name=Ana -F 'note={x}'",
    { bodyType: 'multipart', body: { name: 'Ana', note: '{{x}}' } },
  ],
  [
    "curl https://a.example/x -H 'Content-Type: text/plain' --data-raw '@home'",
    { bodyType: 'text', body: '@home', headers: { 'content-type': 'text/plain' } },
  ],
  [
    'curl https://a.example/x -d @body.json',
    { notes: ['The file body.json is not read: write the body yourself'] },
  ],
  ["curl https://a.example/x -b 'session=1'", { notes: ['Its cookies are not taken over'] }],
  ["curl https://a.example/%zz -H 'User-Agent: x' -H 'no colon'", { method: 'GET', path: '/%zz' }],
])('%s', (command, expected) => {
  expect(requestOf(command)).toMatchObject(expected);
});

test.each([
  ['curl --header', 'The option --header has no value.'],
  ['wget https://a.example', 'The command must start with curl.'],
  ['curl -X PURGE https://a.example', 'A tool cannot send PURGE requests.'],
  ['curl https://a.example https://b.example', 'The command has two URLs. Import them one by one.'],
])('%s is refused in words', (command, message) => {
  expect(() => readCurl(command)).toThrow(message);
});
