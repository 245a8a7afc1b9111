import { expect, test } from 'vitest';
import { parseDocument } from '../../../shared/playbooks/parse-document.ts';
import { type DryRunRequest, walkDocument } from '../../../shared/playbooks/server/dry-run.ts';
import { catalogOf, tool, tools } from './catalog-support.ts';

type Json = Record<string, unknown>;

const login = tool({
  name: 'login',
  type: 'dummy',
  inputSchema: {
    type: 'object',
    properties: { password: { type: 'string', writeOnly: true }, user: { type: 'string' } },
  },
});

function walk(steps: Json[], answers: DryRunRequest['answers'] = {}, more: Partial<DryRunRequest> = {}) {
  const other = {
    name: 'other_one',
    title: 'Other',
    inputSchema: { required: ['why'] },
    steps: [manual('x')],
  };
  return walkDocument(
    parseDocument({ name: 'own_one', title: 'Own', steps }),
    catalogOf([...tools, login], [other]),
    {
      tenantId: 'tenant',
      exception: { id: 'e', number: 7, severity: 'high', attributes: { paymentId: 'pay_1' } },
      input: {},
      startedBy: 'Ana',
      answers,
      ...more,
    },
  );
}
const manual = (id: string, more: Json = {}) => ({ id, type: 'manual', title: id, ...more });
const refund = (input: Json) => ({ id: 'pay', type: 'call_tool', title: 'Pay', tool: 'refund', input });
const decision = (more: Json = {}, x: Json = {}) => ({
  id: 'd',
  type: 'decision',
  title: 'D',
  options: [
    { id: 'x', title: 'X', steps: [manual('in_x')], ...x },
    { id: 'y', title: 'Y', steps: [manual('in_y')] },
  ],
  ...more,
});
const results = (found: Awaited<ReturnType<typeof walk>>) =>
  found.map(({ stepId, result }) => `${stepId} ${result}`);

test('a call has the input of the exception and says who has to run it', async () => {
  const [found] = await walk([refund({ paymentId: '${{ exception.attributes.paymentId }}', amount: 3 })]);
  expect(found).toMatchObject({
    result: 'would_wait',
    message: 'Waits for any operator to run refund',
    input: { paymentId: 'pay_1', amount: 3 },
    issues: [],
  });
});

test('an input that the tool would refuse has issues, except where it depends on a missing result', async () => {
  const steps = [
    manual('check'),
    refund({ paymentId: '${{ exception.number }}', amount: '${{ steps.check.output.amount }}' }),
  ];
  const [, open] = await walk(steps);
  expect(open).toMatchObject({
    input: { paymentId: 7, amount: '${{ steps.check.output.amount }}' },
    issues: [{ path: '/paymentId', message: 'paymentId must be text' }],
  });
  const [, given] = await walk(steps, { check: { output: { amount: 0 } } });
  expect(given?.issues.map(({ path }) => path)).toEqual(['/paymentId', '/amount']);
});

test('a value that the schema marks as secret is not shown', async () => {
  const input = { password: '${{ exception.severity }}', user: 'u' };
  const [found] = await walk([{ id: 'l', type: 'call_tool', title: 'L', tool: 'login', input }]);
  expect(found?.input).toEqual({ password: '[redacted]', user: 'u' });
});

test('a condition is decided if its values are known, and unknown otherwise', async () => {
  const steps = [
    manual('check'),
    manual('never', { when: 'exception.severity = "low"' }),
    manual('maybe', { when: 'steps.check.output.go = true' }),
    manual('after', { when: 'steps.maybe.outcome = "done"' }),
  ];
  expect(results(await walk(steps))).toEqual([
    'check would_wait',
    'never would_skip',
    'maybe unknown',
    'after unknown',
  ]);
  expect(results(await walk(steps, { check: { output: { go: true } }, maybe: {} }))).toEqual([
    'check would_wait',
    'never would_skip',
    'maybe would_wait',
    'after would_wait',
  ]);
});

test('an expression that fails is reported at its path', async () => {
  const [found] = await walk([manual('a', { when: 'exception.number + "x" > 1' })]);
  expect(found).toMatchObject({ result: 'unknown', issues: [{ path: '/when', keyword: 'expression' }] });
});

test('the steps of an open decision are unknown, and those of an option that is not chosen are skipped', async () => {
  const steps = [decision(), manual('after')];
  expect(results(await walk(steps))).toEqual([
    'd would_wait',
    'in_x unknown',
    'in_y unknown',
    'after would_wait',
  ]);
  expect(results(await walk(steps, { d: { outcome: 'y' } }))).toEqual([
    'd would_wait',
    'in_x would_skip',
    'in_y would_wait',
    'after would_wait',
  ]);
  expect(results(await walk(steps, { d: { outcome: 'skip' } }))).toEqual([
    'd would_skip',
    'in_x would_skip',
    'in_y would_skip',
    'after would_wait',
  ]);
  expect(results(await walk([decision({ choose: 'exception.severity = "high" ? "x" : "y"' })]))).toEqual([
    'd would_run',
    'in_x would_wait',
    'in_y would_skip',
  ]);
});

test('a step after an option that ends the run is skipped, and unknown while the decision is open', async () => {
  const steps = [decision({}, { end: true }), manual('after')];
  expect(results(await walk(steps, { d: { outcome: 'x' } }))).toContain('after would_skip');
  expect(results(await walk(steps, { d: { outcome: 'y' } }))).toContain('after would_wait');
  expect(results(await walk(steps))).toContain('after unknown');
});

test('an end inside a branch ends only that branch', async () => {
  const branches = [
    { id: 'l', title: 'L', steps: [decision({}, { end: true }), manual('left')] },
    { id: 'r', title: 'R', steps: [manual('right')] },
  ];
  const steps = [{ id: 'p', type: 'parallel', title: 'P', branches }, manual('after')];
  const found = results(await walk(steps, { d: { outcome: 'x' } }));
  expect(found).toEqual([
    'p would_run',
    'd would_wait',
    'in_x would_wait',
    'in_y would_skip',
    'left would_skip',
    'right would_wait',
    'after would_wait',
  ]);
});

test('a rejected approval ends the run', async () => {
  const steps = [{ id: 'ok', type: 'approval', title: 'Ok' }, manual('after')];
  expect(results(await walk(steps, { ok: { outcome: 'rejected' } }))).toEqual([
    'ok would_wait',
    'after would_skip',
  ]);
  expect(results(await walk(steps, { ok: { outcome: 'approved' } }))).toContain('after would_wait');
});

test('a given result that is not possible has issues', async () => {
  const form = { type: 'object', properties: { n: { type: 'number' } } };
  const [wrong] = await walk([manual('a', { form })], { a: { outcome: 'finished' } });
  expect(wrong?.issues.map(({ path }) => path)).toEqual(['/outcome']);
  const [unfit] = await walk([manual('a', { form })], { a: { output: { n: 'x' } } });
  expect(unfit?.issues.map(({ path }) => path)).toEqual(['/output/n']);
});

test('notifications, waits and sub-playbooks say what they would do', async () => {
  const found = await walk([
    { id: 'n', type: 'notify', title: 'N', to: { role: 'approver' }, message: 'EX-${{ exception.number }}' },
    { id: 'w', type: 'wait', title: 'W', for: 'PT90M' },
    { id: 's', type: 'playbook', title: 'S', playbook: 'other_one' },
  ]);
  expect(found.map(({ message }) => message)).toEqual([
    'Notifies approvers: EX-7',
    'Waits 1 h 30 min',
    'Runs other_one',
  ]);
  expect(found[2]?.issues).toMatchObject([{ path: '/why', keyword: 'required' }]);
});

test('a call of a tool that cannot be called has an issue', async () => {
  const call = (more: Json) => ({ ...refund({ paymentId: 'p', amount: 1 }), ...more });
  for (const more of [{ tool: 'nothing' }, { tool: 'old_tool' }, { version: 7 }]) {
    const [found] = await walk([call(more)]);
    expect(found).toMatchObject({ result: 'would_wait', issues: [{ path: '/tool', keyword: 'tool' }] });
  }
  const [sub] = await walk([{ id: 's', type: 'playbook', title: 'S', playbook: 'nothing' }]);
  expect(sub).toMatchObject({ result: 'would_run', issues: [{ path: '/playbook', keyword: 'playbook' }] });
});

test('a decision whose expression gives no option has an issue, and its steps are unknown', async () => {
  const found = await walk([decision({ choose: '"z"' })]);
  expect(results(found)).toEqual(['d unknown', 'in_x unknown', 'in_y unknown']);
  expect(found[0]?.issues).toMatchObject([{ path: '/choose', keyword: 'expression' }]);
  const [given] = await walk([decision()], { d: { outcome: 'z' } });
  expect(given?.issues).toMatchObject([{ path: '/outcome' }]);
});

test('a decision whose expression depends on a missing result is unknown', async () => {
  const steps = [manual('check'), decision({ choose: 'steps.check.output.option' })];
  expect(results(await walk(steps))).toEqual([
    'check would_wait',
    'd unknown',
    'in_x unknown',
    'in_y unknown',
  ]);
  expect(results(await walk(steps, { check: { output: { option: 'y' } } }))).toEqual([
    'check would_wait',
    'd would_run',
    'in_x would_skip',
    'in_y would_wait',
  ]);
});

test('a step after an aborted one is skipped', async () => {
  const found = results(await walk([manual('a'), manual('b')], { a: { outcome: 'abort' } }));
  expect(found).toEqual(['a would_wait', 'b would_skip']);
});

test('a wait until a time shows the time, unless it depends on a missing result', async () => {
  const wait = (until: string) => ({ id: 'w', type: 'wait', title: 'W', until });
  const [known] = await walk([wait('${{ exception.severity }}')]);
  expect(known?.message).toBe('Waits until high');
  const [, open] = await walk([manual('check'), wait('${{ steps.check.output.at }}')]);
  expect(open).toMatchObject({ result: 'would_wait', message: expect.not.stringContaining('check') });
  const [event] = await walk([{ id: 'w', type: 'wait', title: 'W', event: 'paid' }]);
  expect(event?.message).toBe('Waits for the event paid');
});

test('lists and nested values of an input are resolved, and absent values are left out', async () => {
  const input = {
    paymentId: 'p',
    amount: 1,
    tags: ['${{ exception.severity }}', '${{ exception.nothing }}', 3],
    how: { a: '${{ exception.nothing }}', b: null },
  };
  const [found] = await walk([refund(input)]);
  expect(found?.input).toEqual({ paymentId: 'p', amount: 1, tags: ['high', null, 3], how: { b: null } });
});
