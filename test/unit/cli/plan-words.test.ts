import { PassThrough, Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import { sayPlan } from '../../../api/cli/plan-words.ts';
import { Terminal } from '../../../api/cli/terminal.ts';

type Plan = Parameters<typeof sayPlan>[1];

async function said(plan: Partial<Plan>): Promise<string[]> {
  const stdout = new PassThrough();
  const terminal = new Terminal({ env: {}, stdin: Readable.from([]), stdout, stderr: new PassThrough() });
  sayPlan(terminal, { planDigest: '', changes: [], credentials: [], problems: [], ...plan });
  stdout.end();
  return (await text(stdout)).trimEnd().split('\n');
}

const change: Plan['changes'][number] = {
  file: 'tools/refund.yaml',
  kind: 'tool',
  name: 'refund',
  action: 'update',
  before: 'name: refund\ntitle: Refund\n',
  after: 'name: refund\ntitle: \u001b[31mRefunds\n',
  breaking: true,
  changes: [
    { kind: 'changed', path: '/inputSchema/required', impact: 'breaking', message: 'reason is now required' },
  ],
  affects: [
    { kind: 'playbook', name: 'failed_payment', message: 'Refund: reason is required' },
    { kind: 'input', name: 'id-1', message: 'reason is required' },
    { kind: 'input', name: 'id-2', message: 'reason is required' },
    { kind: 'input', name: 'id-3', message: 'amount is too large' },
  ],
};

test('a plan shows each change, what it breaks, and inputs that fail alike as one', async () => {
  expect(await said({ changes: [change] })).toEqual([
    '~ tools/refund.yaml  BREAKING',
    '    @@ -1,2 +1,2 @@',
    '     name: refund',
    '    -title: Refund',
    '    +title: Refunds',
    '  breaking: /inputSchema/required reason is now required',
    '  affects playbook failed_payment: Refund: reason is required',
    '  affects the input of 2 recent executions (such as id-1): reason is required',
    '  affects the input of 1 recent execution (id-3): amount is too large',
    '0 to create, 1 to change, 0 to archive, 0 as they are.',
  ]);
});

test('a plan says what stays, which credentials have no secret, and what is in the way', async () => {
  const left = { ...change, action: 'not_in_files' as const };
  expect(await said({ changes: [left] })).toEqual([
    'In the organization and not in the files; they stay:',
    '? tools/refund.yaml',
    'Nothing to apply. 0 as they are.',
  ]);
  const credential = {
    id: null,
    name: 'token',
    authType: 'bearer',
    hosts: ['a.example:443'],
    usedBy: ['tools/a.yaml'],
  };
  const problem = { file: 'tools/a.yaml', line: 3, path: '/connector', message: 'There is no connector b' };
  const lines = await said({ credentials: [credential], problems: [problem] });
  expect(lines.slice(1)).toEqual([
    '! token (bearer) for a.example:443, used by tools/a.yaml',
    'tools/a.yaml:3: There is no connector b',
    '0 to create, 0 to change, 0 to archive, 0 as they are. 1 problem: nothing can be applied.',
  ]);
});
