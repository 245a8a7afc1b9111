import { expect, test } from 'vitest';
import { readEnvironment } from '../../../shared/platform/server/environment.ts';

const least = { DATABASE_URL: 'postgres://x@localhost/x', INTERLOCK_AUTH_SECRET: 'x'.repeat(32) };

test('the smallest environment, and its defaults', () => {
  const environment = readEnvironment(least);
  expect(environment.INTERLOCK_ROLES).toEqual(['api', 'worker', 'web']);
  expect(environment.publicUrl).toBe('http://127.0.0.1:4400');
  expect(environment.INTERLOCK_ALLOW_PRIVATE_HOSTS).toBe(false);
});

test('every invalid variable is named at once, and no value is shown', () => {
  const read = () =>
    readEnvironment({
      ...least,
      INTERLOCK_AUTH_SECRET: 'short-secret',
      INTERLOCK_ROLES: 'api, cook',
      INTERLOCK_PORT: '99999',
    });
  expect(read).toThrow(/INTERLOCK_AUTH_SECRET[\s\S]*/);
  try {
    read();
  } catch (error) {
    const { message } = error as Error;
    for (const name of ['INTERLOCK_AUTH_SECRET', 'INTERLOCK_ROLES', 'INTERLOCK_PORT'])
      expect(message).toContain(name);
    expect(message).not.toContain('short-secret');
  }
});
