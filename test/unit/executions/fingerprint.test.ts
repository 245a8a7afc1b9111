import { afterAll, expect, test } from 'vitest';
import { fingerprintOf } from '../../../shared/executions/server/fingerprint.ts';
import { readJson } from '../../../shared/platform/read-json.ts';
import { closeIsolates } from '../../../shared/platform/server/isolates/isolated.ts';
import { createKeyedDigest } from '../../../shared/platform/server/keyed-digest.ts';

afterAll(closeIsolates);

const digest = createKeyedDigest('a secret for tests');
const lines = Array.from({ length: 5000 }, (_, index) => ({ b: index, a: `line ${index}` }));
const of = (payload: string) =>
  fingerprintOf({ digest }, { toolId: 'tool', payload: readJson(payload), tenantId: 'acme' });

test.each([
  ['small', '{"b":19.90,"a":1}', '{"a":1.0,"b":19.9}'],
  ['large', JSON.stringify({ lines, x: 1 }), `{"x":1.0,"lines":${JSON.stringify(lines)}}`],
])('the fingerprint of a %s payload is that of its value, as it always was', async (_, one, same) => {
  const before = digest('idempotency', ['tool', readJson(one)]);
  expect(await of(one)).toBe(before);
  expect(await of(same)).toBe(before);
  expect(await of(one.replace('1', '2'))).not.toBe(before);
});

test('a large payload that cannot be stored is refused at its place', async () => {
  const payload = JSON.stringify({ lines: [...lines, { a: 'x\0y' }] });
  await expect(of(payload)).rejects.toMatchObject({
    code: 'invalid_input',
    issues: [{ path: '/lines/5000/a' }],
  });
});
