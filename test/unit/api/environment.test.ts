import { expect, test } from 'vitest';
import { readEnvironment } from '../../../shared/platform/server/environment.ts';

const required = {
  DATABASE_URL: 'postgres://x_app_login@localhost/x',
  INTERLOCK_AUTH_SECRET: 'x'.repeat(32),
};

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

test('outside production, the logins of the other roles follow from that of the app', () => {
  const { databaseUrls } = readEnvironment({
    ...required,
    DATABASE_URL: 'postgres://shop_app_login:p%40ss@db.internal:5432/shop',
  });
  expect(Object.values(databaseUrls).map((url) => new URL(url).username)).toEqual([
    'shop_app_login',
    'shop_system_login',
    'shop_auth_login',
  ]);
  expect(new Set(Object.values(databaseUrls).map((url) => new URL(url).password)).size).toBe(3);
});

test('a login that could work as every role is refused, and so are two settings of three', () => {
  const shared = { ...required, DATABASE_URL: 'postgres://interlock:secret-of-it@localhost/interlock' };
  expect(() => readEnvironment(shared)).toThrow('DATABASE_URL: needs the login <database>_app_login');
  expect(() => readEnvironment(shared)).not.toThrow('secret-of-it');
  for (const more of [
    { NODE_ENV: 'production' },
    { INTERLOCK_SYSTEM_DATABASE_URL: 'postgres://x_system_login@localhost/x' },
  ])
    expect(() => readEnvironment({ ...required, ...more })).toThrow('INTERLOCK_AUTH_DATABASE_URL');
});

test('reserved hosts are a list of host:port, and a wrong entry is named', () => {
  const read = (list: string) => readEnvironment({ ...required, INTERLOCK_RESERVED_HOSTS: list });
  expect(
    read('Temporal.internal:7243, [::1]:80,').INTERLOCK_RESERVED_HOSTS.map(({ hostPort }) => hostPort),
  ).toEqual(['temporal.internal:7243', '[::1]:80']);
  expect(() => read('temporal:7243, https://x')).toThrow('https://x is not host:port');
});
