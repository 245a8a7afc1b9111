import { expect, test } from 'vitest';
import { readEnvironment } from '../../../shared/platform/server/environment.ts';

const required = { DATABASE_URL: 'postgres://x@localhost/x', INTERLOCK_AUTH_SECRET: 'x'.repeat(32) };

test('the required variables are enough, and the others have defaults', () => {
  const environment = readEnvironment(required);
  expect(environment.INTERLOCK_ROLES).toEqual(['api', 'worker', 'web']);
  expect(environment.publicUrl).toBe('http://127.0.0.1:4400');
  expect(environment.INTERLOCK_ALLOW_PRIVATE_HOSTS).toBe(false);
});

test('one error names every invalid variable and shows no value', () => {
  const read = () =>
    readEnvironment({
      ...required,
      INTERLOCK_AUTH_SECRET: 'short-secret',
      INTERLOCK_ROLES: 'api, cook',
      INTERLOCK_PORT: '99999',
    });
  for (const name of ['INTERLOCK_AUTH_SECRET', 'INTERLOCK_ROLES', 'INTERLOCK_PORT'])
    expect(read).toThrow(name);
  expect(read).not.toThrow('short-secret');
});
