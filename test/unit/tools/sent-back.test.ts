import { expect, test } from 'vitest';
import { sentBack } from '../../../shared/tools/server/sent-back.ts';

const stored = { name: 'ping', config: { method: 'GET', path: '/x' } };
const shown = {
  id: 't1',
  version: 3,
  name: 'ping',
  timeoutMs: 4000,
  auth: { type: 'inherit', hasSecret: false },
  config: { method: 'GET', path: '/x', headers: {} },
};
const back = (change: object) => sentBack({ ...shown, ...change }, shown, stored, ['id', 'version']);

test('a definition that is sent back as it was shown is the stored one', () => {
  expect(back({})).toEqual(stored);
});

test('only what was changed becomes its own', () => {
  expect(back({ timeoutMs: 5000 })).toEqual({ ...stored, timeoutMs: 5000 });
  expect(back({ config: { ...shown.config, path: '/y' } })).toEqual({
    ...stored,
    config: { method: 'GET', path: '/y' },
  });
  expect(back({ auth: { type: 'none', hasSecret: false } })).toEqual({ ...stored, auth: { type: 'none' } });
});

test('unknown fields stay, so that they are refused like others', () => {
  const hostile = JSON.parse('{"__proto__": {"a": 1}, "constructor": 1, "toString": null}') as object;
  const kept = back(hostile);
  expect(Object.keys(kept)).toEqual(expect.arrayContaining(['__proto__', 'constructor', 'toString']));
});

test('what is shown of another definition is refused', () => {
  expect(() => back({ id: 't2' })).toThrow('not what the path names');
});
