import { afterAll, beforeAll, expect, test } from 'vitest';
import { requireApproval } from '../support/approvals.ts';
import { publishPlaybook, startRun, stepWhen } from '../support/playbook-runs.ts';
import { startTestApi, type TestApi, type TestTenant } from '../support/test-api.ts';

let api: TestApi;
let acme: TestTenant;
let other: TestTenant;

beforeAll(async () => {
  api = await startTestApi();
  [acme, other] = [await api.tenant(), await api.tenant()];
  const manual = { id: 'check', type: 'manual' };
  const due = await publishPlaybook(acme.as.tool_admin, {
    name: 'due',
    title: 'Due',
    steps: [{ ...manual, title: 'Check soon', due: 'PT1H' }],
  });
  const never = await publishPlaybook(acme.as.tool_admin, {
    name: 'never',
    title: 'Never due',
    steps: [{ ...manual, title: 'Check some time' }],
  });
  const wait = async (playbook: string, severity?: string, title = '100%_sure') => {
    const exceptionId =
      severity && (await acme.as.operator('POST', '/api/exceptions', { title, severity })).body.id;
    const run = await startRun(acme.as.operator, playbook, exceptionId ? { exceptionId } : {});
    await stepWhen(acme.as.operator, run, 'check', 'waiting');
    return exceptionId;
  };
  await wait(due, 'low');
  await wait(due);
  await wait(never, 'critical', 'The worst');
  await wait(never, 'medium');
  const { body: tool } = await acme.as.tool_admin('POST', '/api/tools', {
    name: 'pay',
    title: 'Pay 100%_now',
    type: 'dummy',
  });
  await requireApproval(acme, tool.id, { required: 1 });
  const exceptionId = (
    await acme.as.operator('POST', '/api/exceptions', { title: 'A payment', severity: 'high' })
  ).body.id;
  for (const id of [exceptionId, undefined])
    expect(
      (await acme.as.operator('POST', `/api/tools/${tool.id}/execute`, { payload: {}, exceptionId: id }))
        .status,
    ).toBe(202);
});
afterAll(() => api.close());

const words = (item: {
  step?: { title: string };
  execution?: { toolTitle: string };
  exception: { severity: string } | null;
}) => `${item.step?.title ?? item.execution?.toolTitle}, ${item.exception?.severity ?? 'none'}`;

/** Every page, of `limit` items each. */
async function all(query: string, limit = 2): Promise<string[]> {
  const found: string[] = [];
  let cursor = '';
  do {
    const { status, body } = await acme.as.tenant_admin(
      'GET',
      `/api/inbox?scope=all&limit=${limit}&${query}${cursor && `&cursor=${cursor}`}`,
    );
    expect(status, JSON.stringify(body)).toBe(200);
    found.push(...body.items.map(words));
    cursor = body.nextCursor ?? '';
  } while (cursor);
  return found;
}

const critical = 'Check some time, critical';
const high = 'Pay 100%_now, high';
const medium = 'Check some time, medium';
const low = 'Check soon, low';

test('each order names everything once, over pages of any size', async () => {
  const due = await all('');
  expect(due).toHaveLength(6);
  for (const sort of ['due', 'urgency', 'severity', 'age', 'case'])
    for (const limit of [1, 2, 50])
      expect((await all(`sort=${sort}`, limit)).toSorted(), `${sort}, ${limit}`).toEqual(due.toSorted());
  expect((await all('sort=urgency')).slice(0, 4)).toEqual([critical, high, medium, low]);
  expect((await all('sort=severity')).slice(0, 4)).toEqual([critical, high, medium, low]);
  expect((await all('sort=case')).slice(0, 4)).toEqual([low, critical, medium, high]);
  expect((await all('sort=age')).slice(0, 2)).toEqual([low, 'Check soon, none']);
});

test('a filter leaves what matches it, and text matches as it is written', async () => {
  expect(await all('severity=high')).toEqual([high]);
  expect(await all('type=execution&sort=severity')).toEqual([high, 'Pay 100%_now, none']);
  expect(await all('type=manual&severity=low')).toEqual([low]);
  expect(await all('overdue=true')).toEqual([]);
  expect(await all(`q=${encodeURIComponent('the WORST')}`)).toEqual([critical]);
  expect(await all(`q=${encodeURIComponent('100%_')}&sort=urgency`)).toEqual([
    high,
    medium,
    low,
    'Pay 100%_now, none',
  ]);
  expect(await all('q=%25')).toHaveLength(4);
  const { body } = await acme.as.viewer('GET', '/api/inbox?scope=all&severity=critical');
  const { id } = body.items[0].exception;
  expect(await all(`exceptionId=${id}`)).toEqual([critical]);
  expect((await other.as.tenant_admin('GET', `/api/inbox?scope=all&exceptionId=${id}`)).body.items).toEqual(
    [],
  );
  expect((await acme.as.viewer('GET', '/api/inbox?severity=terrible')).status).toBe(422);
});
