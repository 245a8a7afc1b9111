import { expect, test } from 'vitest';
import { apiKeysApplier } from '../../../shared/tools/auth/api-keys/apply.ts';
import { placeAuth } from '../../../shared/tools/auth/place-auth.ts';
import {
  authHeaders,
  authSchema,
  checkAuth,
  secretOf,
  secretTexts,
} from '../../../shared/tools/auth/registry.ts';

const request = { method: 'GET', url: 'https://api.example/v1?token=mine&a=1', headers: { Accept: '*/*' } };
const auth = {
  type: 'api_keys',
  places: [
    { in: 'header', name: 'DD-API-KEY' },
    { in: 'query', name: 'token' },
  ],
};
const keys = { 'DD-API-KEY': 'first-secret', token: 'second secret' };
const stored = JSON.stringify(keys);

test('every key is in its place, and a preview shows none', () => {
  const placed = placeAuth(auth, stored, request);
  expect(placed.headers).toEqual({ Accept: '*/*', 'DD-API-KEY': 'first-secret' });
  expect(placed.url).toBe('https://api.example/v1?a=1&token=second%20secret');
  const shown = placeAuth(auth, null, request);
  expect(shown.headers['DD-API-KEY']).toBe('[redacted]');
  expect(shown.url).toContain('token=[redacted]');
});

test('the keys are one secret, and each of them is never shown', () => {
  expect(secretOf({ ...auth, keys }).secret).toBe(stored);
  expect(secretTexts(auth, stored)).toEqual(['first-secret', 'second secret']);
  expect(authHeaders(auth)).toEqual(['dd-api-key']);
});

test('names and keys that do not fit are said where they are', () => {
  const issues = (change: object) =>
    checkAuth(authSchema.parse({ ...auth, ...change })).map(({ path, message }) => `${path}: ${message}`);
  expect(issues({ keys })).toEqual([]);
  expect(issues({ keys: { token: 'x', other: 'y' } })).toEqual([
    '/auth/keys/other: No place is called other',
    '/auth/keys/DD-API-KEY: The key DD-API-KEY is required',
  ]);
  expect(issues({ keys: { ...keys, 'DD-API-KEY': 'a\nb' } })[0]).toContain('must not contain a line break');
  const places = [
    { in: 'header', name: 'Host' },
    { in: 'query', name: 'host' },
  ];
  expect(issues({ places, keys: { Host: 'a', host: 'b' } })).toEqual([
    '/auth/places/0/name: Interlock sets the header Host',
    '/auth/places/1/name: host is there twice',
  ]);
});

test('a stored credential without one of the keys is refused before anything is sent', async () => {
  const context = { secret: JSON.stringify({ token: 'x' }) } as Parameters<typeof apiKeysApplier.apply>[2];
  await expect(
    apiKeysApplier.apply(
      authSchema.parse(auth) as Parameters<typeof apiKeysApplier.apply>[0],
      request,
      context,
      '',
    ),
  ).rejects.toThrow('The credential of this tool has no key DD-API-KEY');
});
