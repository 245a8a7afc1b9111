import { afterAll, beforeAll, expect, test } from 'vitest';
import { eventually } from '../support/eventually.ts';
import { startTestApi, type TestApi, type TestTenant } from '../support/test-api.ts';

// The process of the API and of the worker, while code of other tenants tries to take it down.

let api: TestApi;
let count = 0;

beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.close());

async function codeTool(tenant: TestTenant, source: string, config: object = {}): Promise<string> {
  count += 1;
  const { status, body } = await tenant.as.tool_admin('POST', '/api/tools', {
    name: `code_${count}`,
    type: 'code',
    config: { language: 'javascript', source: `function main() { ${source} }`, ...config },
    timeoutMs: 120_000,
    deadlineMs: 240_000,
  });
  expect(status, JSON.stringify(body)).toBe(201);
  return body.id;
}

const execute = async (tenant: TestTenant, id: string, waitMs: number) =>
  (await tenant.as.operator('POST', `/api/tools/${id}/execute`, { payload: {}, waitMs })).body;

const read = async (tenant: TestTenant, id: string) =>
  (await tenant.as.operator('GET', `/api/tools/executions/${id}`)).body;

test('while code of two tenants loops, takes memory and floods its log, health, pages and calls of others go on', async () => {
  const [acme, endless, bombs] = await Promise.all([api.tenant(), api.tenant(), api.tenant()]);
  const loop = await codeTool(endless, 'for (;;);', { timeLimitMs: 60_000 });
  const loops = await Promise.all([1, 2].map(() => execute(endless, loop, 0)));
  const statuses = () => Promise.all(loops.map(async ({ id }) => (await read(endless, id)).status));
  await eventually(async () => expect(await statuses()).toContain('running'), { timeoutMs: 90_000 });

  const attacks = await Promise.all(
    [
      ['for (;;) console.log("");', 'timeout'],
      ['const a = []; for (;;) a.push(new Uint8Array(1_000_000).fill(1));', 'provider_error'],
    ].map(async ([source = '', code]) => ({
      id: await codeTool(bombs, source, { timeLimitMs: 500, memoryMb: 8 }),
      code,
    })),
  );
  const attacked = Promise.all(
    attacks.map(async ({ id, code }) => {
      const { body } = await bombs.as.operator('POST', `/api/tools/${id}/execute`, {
        payload: {},
        waitMs: 60_000,
      });
      return { expected: code, found: body.failure?.code };
    }),
  );

  const plain = await acme.as.tool_admin('POST', '/api/tools', { name: 'plain', type: 'dummy', config: {} });
  const own = await codeTool(acme, 'return 7;');
  for (let round = 0; round < 2; round += 1) {
    for (const path of ['/healthz', '/readyz']) expect((await api.call(null)('GET', path)).status).toBe(200);
    expect((await acme.as.operator('GET', '/api/tools')).status).toBe(200);
    expect(await execute(acme, plain.body.id, 60_000)).toMatchObject({ status: 'succeeded' });
  }
  expect(await execute(acme, own, 60_000)).toMatchObject({ status: 'succeeded', output: 7 });
  expect(await statuses()).toContain('running');

  for (const { expected, found } of await attacked) expect(found).toBe(expected);
  await Promise.all(
    loops.map(({ id }) => endless.as.operator('POST', `/api/tools/executions/${id}/cancel`, {})),
  );
  await eventually(async () => expect(new Set(await statuses())).toEqual(new Set(['failed'])), {
    timeoutMs: 90_000,
  });
}, 300_000);
