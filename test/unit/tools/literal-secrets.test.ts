import { expect, test } from 'vitest';
import {
  checkHeaderSecrets,
  checkJsonSecrets,
  checkUrlSecrets,
  hasRandomText,
} from '../../../shared/tools/http/literal-secrets.ts';
import { processorTime } from '../../support/processor-time.ts';

const random = 'tQ7vX2mK9pL4wR8zN3bY6cF1';
const privateKey = `-----BEGIN RSA PRIVATE KEY-----\nMII\n-----END RSA PRIVATE KEY-----`;

test.each([
  ['x-password', 'hunter2'],
  ['X-Api-Key', 'abc'],
  ['apikey', 'abc'],
  ['PRIVATE-TOKEN', 'abc'],
  ['x-functions-key', 'abc'],
  ['X-Auth', 'abc'],
  ['DD-APPLICATION-KEY', '0123456789abcdef0123456789abcdef01234567'],
  ['x-note', 'Bearer abc'],
  ['x-note', 'Basic YTpi'],
  ['x-note', `sk_live_${'a1'.repeat(12)}`],
  ['x-note', `ghp_${'a1'.repeat(18)}`],
  ['x-note', `xoxb-${'1234567890-'.repeat(2)}abc`],
  ['x-note', 'AKIAIOSFODNN7EXAMPLE'],
  ['x-note', 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.c2lnbmF0dXJl'],
  ['x-note', privateKey],
  ['x-note', random],
  ['x-note', `v={id};k=${random}`],
  ['Cookie', 'sid=abc'],
  ['cookie', 'locale=de; access_token=abc'],
  ['cookie', `locale=${random}`],
])('the header %s: %s holds a secret', (name, value) => {
  expect(checkHeaderSecrets(name, value, '/x')).toMatchObject([{ path: '/x', keyword: 'secret' }]);
});

test.each([
  ['x-api-key', '{key}'],
  ['x-auth-token', 'Bearer {token}'],
  ['x-atlassian-token', 'no-check'],
  ['x-csrf-token', 'fetch'],
  ['surrogate-key', 'products'],
  ['cookie', 'locale=de; theme=dark; sid={session}'],
  ['accept', 'application/vnd.github.v3.raw+json, text/html;q=0.9'],
  ['user-agent', 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/126.0.0.0 Safari/537.36'],
  ['x-commit', '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b'],
  ['traceparent', '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01'],
  ['x-request', '5e2f8a31-0000-4000-8000-0000000000c1'],
  ['x-event', '01ARZ3NDEKTSV4RRFFQ69G5FAV'],
  ['x-since', '2024-01-01T00:00:00.000+02:00'],
  ['x-note', 'bearer of good news'],
])('the header %s: %s holds none', (name, value) => {
  expect(checkHeaderSecrets(name, value, '/x')).toEqual([]);
});

test.each([
  [{ login: { password: 'hunter2' } }, ['/login/password']],
  [
    { clientSecret: 'abc', APIKey: 'abc', refresh_token: 'abc' },
    ['/clientSecret', '/APIKey', '/refresh_token'],
  ],
  [{ passwords: 'x', password2: 'x', db_passwd: 1234 }, ['/password2', '/db_passwd']],
  [{ token: ['abc', '{id}'] }, ['/token/0']],
  ['grant_type=client_credentials&client_secret=abc', ['']],
  ['{{"user": "x", "password": "abc"}}', ['']],
  ['<wsse:Password Type="#PasswordText">abc</wsse:Password>', ['']],
  [{ query: 'mutation {{ login(password: "abc") {{ id }} }}' }, ['/query']],
  [{ callback: 'https://me:secret@hooks.example/' }, ['/callback']],
  [{ note: [privateKey] }, ['/note/0']],
])('the body %j holds secrets at %j', (body, paths) => {
  expect(checkJsonSecrets(body, '').map(({ path }) => path)).toEqual(paths);
});

test.each([
  [{ password: '{password}', token: null, secret: true, api_key: '' }],
  [{ key: 'status', client_id: 'acme', token_type: 'bearer', max_tokens: 4096, page_token: 'first' }],
  [{ action: 'reset_password', passwordResetUrl: 'https://acme.example/reset' }],
  [{ note: 'Your password: follow the link. The token = {id} expires.' }],
  [{ callback: 'https://hooks.example/some/long/path/of/words-and-more?kind=refund&page=2' }],
  [{ id: '5e2f8a31-0000-4000-8000-0000000000c1', sha256: 'a'.repeat(20) + 'b4'.repeat(22) }],
  [{ text: 'SomeVeryLongCamelCaseIdentifierOfAService', snake: 'a_very_long_snake_case_identifier_v2' }],
  [{ image: `data:image/png;base64,${random}${random}` }],
  ['username={user}&password={password}'],
  ['<password>{password}</password>'],
])('the body %j holds none', (body) => {
  expect(checkJsonSecrets(body, '')).toEqual([]);
});

test.each([
  'https://pay.example/v1?api_key=abc',
  'https://pay.example/v1?x=1&accessToken=abc',
  'https://pay.example/v1?client%5Fsecret=abc',
  `https://hooks.example/services/T0/B0/${random}`,
  `/v1/${random}/{id}`,
  '?token=abc',
])('the URL %s holds a secret', (url) => {
  expect(checkUrlSecrets(url, '/config/url')).toMatchObject([{ path: '/config/url', keyword: 'secret' }]);
});

test.each([
  'https://pay.example/v1/payments/{id}/refunds?expand=charge&page_token=first&key={key}',
  'https://pay.example/v1?api_key={key}',
  'https://a1b2c3d4e5f6g7h8i9j0k1l2m3.lambda-url.eu-central-1.on.example/',
  'https://pay.example/orgs/5e2f8a31-0000-4000-8000-0000000000c1/items',
  '/v1/accounts/2024-01-01/some-long-slug-of-a-page-with-number-12',
])('the URL %s holds none', (url) => {
  expect(checkUrlSecrets(url, '/config/url')).toEqual([]);
});

test('random text is told from words and ids, and crafted text does not stop the check', () => {
  expect(hasRandomText('q83vEjRWeJCrze8SNFZ4kKvN7xI0VniQ')).toBe(true);
  expect(hasRandomText('this-is-a-long-kebab-case-name-of-2024')).toBe(false);
  const took = processorTime();
  for (const part of ['a', 'password=', '<password>', '://a:', 'a1B2', '"token": ']) {
    checkJsonSecrets(part.repeat(100_000 / part.length), '');
    checkUrlSecrets(part.repeat(4096 / part.length), '');
  }
  expect(took()).toBeLessThan(1000);
});
