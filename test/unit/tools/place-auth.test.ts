import { expect, test } from 'vitest';
import { placeAuth } from '../../../shared/tools/auth/place-auth.ts';

const request = {
  method: 'GET',
  url: 'https://pay.example/v1?a=1&key=mine&b=%20',
  headers: { Accept: '*/*', cookie: 'x=1' },
};

test('each kind puts its credential in its place', () => {
  expect(placeAuth({ type: 'none' }, null, request)).toBe(request);
  expect(placeAuth({ type: 'bearer' }, 't', request).headers.Authorization).toBe('Bearer t');
  expect(placeAuth({ type: 'basic', username: 'ü' }, 'pä:ss', request).headers.Authorization).toBe(
    `Basic ${Buffer.from('ü:pä:ss').toString('base64')}`,
  );
  expect(placeAuth({ type: 'api_key', in: 'header', name: 'ACCEPT' }, 'k', request).headers).toEqual({
    cookie: 'x=1',
    ACCEPT: 'k',
  });
  expect(placeAuth({ type: 'api_key', in: 'cookie', name: 'sid' }, 'k', request).headers).toEqual({
    Accept: '*/*',
    Cookie: 'x=1; sid=k',
  });
});

test('a key in the query replaces one from the input', () => {
  const { url } = placeAuth({ type: 'api_key', in: 'query', name: 'key' }, 'k&x=1', request);
  expect(url).toBe('https://pay.example/v1?a=1&b=%20&key=k%26x%3D1');
});

test('without a secret the redaction mark is in its place', () => {
  const placed = (auth: Parameters<typeof placeAuth>[0]) => placeAuth(auth, null, request);
  expect(placed({ type: 'basic', username: 'u' }).headers.Authorization).toBe('Basic [redacted]');
  expect(placed({ type: 'api_key', in: 'query', name: 'key' }).url).toContain('key=[redacted]');
});
