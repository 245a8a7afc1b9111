import { afterAll, expect, test } from 'vitest';
import { type GraphCall, readGraph } from '../../../shared/batches/server/batch-graph.ts';
import { callsToRetry } from '../../../shared/batches/server/control-batch.ts';
import { readCsv, typedBySchema } from '../../../shared/batches/server/read-rows.ts';
import { closeIsolates } from '../../../shared/platform/server/isolates/isolated.ts';

afterAll(closeIsolates);

const output = {
  type: 'object',
  properties: {
    id: { type: 'string' },
    amount: { type: 'number' },
    token: { type: 'string', writeOnly: true },
  },
};
const call = (id: string, more: Partial<GraphCall> = {}): GraphCall => ({
  id,
  path: `/calls/${id}`,
  payloadPath: `/calls/${id}/payload`,
  payload: {},
  when: null,
  dependsOn: [],
  inputSchema: { type: 'object', properties: { text: { type: 'string' }, amount: { type: 'number' } } },
  outputSchema: output,
  ...more,
});
const issuesOf = async (...calls: GraphCall[]) =>
  (await readGraph(calls, 'tenant')).issues.map(({ path, message }) => `${path} ${message}`);

test('a call waits for what it names and for what its expressions use', async () => {
  const { links, issues } = await readGraph(
    [
      call('c', {
        payload: { text: '${{ calls.b.output.id }}' },
        dependsOn: ['a'],
        when: 'calls.b.status = "succeeded"',
      }),
      call('b'),
      call('a'),
    ],
    'tenant',
  );
  expect(issues).toEqual([]);
  expect(links.get('c')).toEqual({ needs: ['b', 'a'], later: true });
  expect(links.get('a')).toEqual({ needs: [], later: false });
});

test('references that name nothing, secrets and types that cannot fit are found before anything runs', async () => {
  const found = await issuesOf(
    call('a'),
    call('b', {
      payload: {
        text: 'x ${{ calls.a.output.nothing }}',
        amount: '${{ calls.a.output.id }}',
        open: '${{ calls.a',
        secret: '${{ calls.a.output.token }}',
        wrong: '${{ input.x }}',
        whole: '${{ calls }}',
        field: '${{ calls.a.nothing }}',
        own: '${{ calls.b.output }}',
        unknown: '${{ calls.zz.output }}',
        syntax: '${{ calls.a. }}',
      },
    }),
  );
  expect(found.map((each) => each.slice('/calls/b/payload'.length)).sort()).toEqual([
    '/amount amount must be a number',
    '/field calls.a has no nothing: only status, output, failure, executionId',
    '/open ${{ has no closing }}',
    '/own A call cannot use its own result',
    '/secret calls.a.output.token is secret: it is not stored, so expressions cannot use it',
    expect.stringContaining('/syntax Not a JSONata expression'),
    '/text calls.a.output has no nothing: only id, amount, token',
    '/unknown Call zz not found',
    '/whole calls needs the id of a call: calls.<id>.output',
    '/wrong input is not available here: only calls',
  ]);
});

test('calls that wait for each other are found, and those that only wait for them are not blamed', async () => {
  const found = await issuesOf(
    call('a', { dependsOn: ['b'] }),
    call('b', { dependsOn: ['a'] }),
    call('c', { dependsOn: ['a'] }),
  );
  expect(found).toEqual([
    '/calls/a/dependsOn Call a waits for itself, through b',
    '/calls/b/dependsOn Call b waits for itself, through a',
  ]);
});

test('expressions that are too long to read are refused', async () => {
  const text = `\${{ "${'x'.repeat(300_000)}" }}`;
  expect((await issuesOf(call('a', { payload: { text } })))[0]).toContain('/calls hold expressions');
});

const ended = (
  call_id: string,
  status: 'succeeded' | 'failed' | 'skipped' | 'cancelled',
  code = '',
  needs: string[] = [],
) => ({
  call_id,
  status,
  failure: code === '' ? null : { code, message: '' },
  needs,
});
const retried = (...calls: ReturnType<typeof ended>[]) => callsToRetry(calls).map(({ call_id }) => call_id);

test('what failed or was not made is retried, with the conditions that looked at it', () => {
  expect(
    retried(
      ended('done', 'succeeded'),
      ended('bad', 'failed', 'provider_error'),
      ended('after', 'skipped', 'dependency', ['bad']),
      ended('asked', 'skipped', 'condition', ['bad']),
      ended('other', 'skipped', 'condition', ['done']),
      ended('stopped', 'cancelled', 'cancelled'),
    ),
  ).toEqual(['bad', 'after', 'asked', 'stopped']);
});

test('a call of unknown outcome is not retried, and what needs it is no reason to go on', () => {
  expect(
    retried(ended('x', 'failed', 'outcome_unknown'), ended('y', 'skipped', 'dependency', ['x'])),
  ).toEqual([]);
  expect(
    retried(
      ended('x', 'failed', 'outcome_unknown'),
      ended('y', 'skipped', 'dependency', ['x']),
      ended('z', 'failed', 'timeout'),
    ),
  ).toEqual(['y', 'z']);
});

test('cells of a CSV become what the schema asks for, and keep their digits', () => {
  const read = readCsv('﻿id,amount,big,flag,free,missing\n007,1.50,12345678901234567890,true,x,\n');
  if ('problem' in read) throw new Error(read.problem);
  const typed = typedBySchema(read.rows[0]!, {
    properties: {
      id: { type: 'string' },
      amount: { type: ['number', 'null'] },
      big: { type: 'integer' },
      flag: { type: 'boolean' },
    },
  });
  expect(typed).toMatchObject({ id: '007', flag: true, free: 'x' });
  expect(Object.keys(typed as object)).not.toContain('missing');
  expect(String((typed as { big: unknown }).big)).toBe('12345678901234567890');
  expect(typedBySchema('text', {})).toBe('text');
  expect(readCsv('a,b\n1,2,3\n')).toEqual({ problem: expect.stringContaining('is not a CSV text') });
});
