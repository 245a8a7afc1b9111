import { expect, test } from 'vitest';
import { limitProblem, readPathPrefix } from '../../../shared/tools/credential-limits.ts';

const under = (path: string, pathPrefixes = ['/v1/refunds', '/v2/']) =>
  limitProblem({ methods: null, pathPrefixes }, { method: 'GET', url: `https://pay.example${path}` }) ===
  null;

test.each([
  '/v1/refunds',
  '/v1/refunds/',
  '/v1/refunds/7',
  '/v1/refunds?a=/../x',
  '/v2',
  '/v2/all',
  '/v1/x/../refunds',
])('a credential for a path goes to %s below it', (path) => expect(under(path)).toBe(true));

test.each([
  '/',
  '/v1',
  '/v1/refunds-all',
  '/v1/refundsx',
  '/V1/refunds',
  '/v1/refunds/../payouts',
  '/v1/refunds/%2e%2e/payouts',
  '/v1/refunds/%2E./payouts',
  '/v1/refunds/..%2fpayouts',
  '/v1/refunds/%252e%252e/payouts',
  '/v1/refunds/..%252fpayouts',
  '/v1/refunds/..%5cpayouts',
  '/v1/refunds\\..\\payouts',
  '/v1/refunds/..;/payouts',
  '/v1/refunds/..%3b/payouts',
  '/v1/refunds%00/../../payouts',
  '/x/../v1/payouts',
])('and never to %s', (path) => expect(under(path)).toBe(false));

test('a credential for methods goes with no other one', () => {
  const limits = { methods: ['GET', 'HEAD'], pathPrefixes: null };
  const url = 'https://pay.example/';
  expect(limitProblem(limits, { method: 'get', url })).toBeNull();
  expect(limitProblem(limits, { method: 'POST', url })).toBe('for POST, only for GET, HEAD');
});

test('what is no URL has no path', () => {
  const limits = { methods: null, pathPrefixes: ['/'] };
  expect(limitProblem(limits, { method: 'GET', url: 'not a url' })).not.toBeNull();
  expect(limitProblem(limits, { method: 'GET', url: 'https://pay.example/anything' })).toBeNull();
});

test('a prefix is stored as a URL has it', () => {
  expect(readPathPrefix('/v1/my files'.replace(' ', '%20'))).toBe('/v1/my%20files');
  expect(readPathPrefix('/é')).toBe('/%C3%A9');
  for (const wrong of [
    'v1',
    '',
    '//host',
    '/a?b',
    '/a#b',
    '/a/../b',
    '/a/%2e%2e/b',
    '/a%2fb',
    '/a\\b',
    '/a b',
  ])
    expect(readPathPrefix(wrong), wrong).toBeNull();
});
