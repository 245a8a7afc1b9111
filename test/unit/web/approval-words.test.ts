import { expect, test } from 'vitest';
import type { ExecutionApproval } from '../../../shared/executions/approval-schemas.ts';
import { approvalWords } from '../../../web/features/executions/parts/approval-words.ts';
import { executionKind, executionWord } from '../../../web/features/executions/parts/execution-kind.ts';

const vote = (name: string, outcome: 'approved' | 'rejected' = 'approved') => ({
  by: { type: 'user' as const, id: name, name },
  outcome,
  reason: null,
  at: '2026-11-22T12:00:00.000Z',
});
const words = (status: ExecutionApproval['status'], votes: ExecutionApproval['votes']) =>
  approvalWords({ status, required: 2, roles: ['approver', 'tool_admin'], votes });

test('an approval says how far it is, or how it ended', () => {
  expect(words('waiting', [vote('Ana')])).toBe('1 of 2 approved, any approver or any tool admin may decide');
  expect(words('approved', [vote('Ana'), vote('Bea')])).toBe('Approved by Ana and Bea');
  expect(words('rejected', [vote('Ana'), vote('Bea', 'rejected')])).toBe('Rejected by Bea');
  expect(words('expired', [vote('Ana')])).toBe('Expired, 1 of 2 approved');
  expect(words('cancelled', [])).toBe('Ended before a decision, 0 of 2 approved');
});

test('an execution that waits for people looks like other work that does', () => {
  const waiting = { status: 'requested', approval: { status: 'waiting' } } as const;
  expect([executionKind(waiting), executionWord(waiting)]).toEqual(['waiting', 'Waiting for approval']);
  const approved = { status: 'requested', approval: { status: 'approved' } } as const;
  expect([executionKind(approved), executionWord(approved)]).toEqual(['requested', undefined]);
  const failed = (status: ExecutionApproval['status'], code: 'denied' | 'cancelled' = 'denied') =>
    executionWord({ status: 'failed', failure: { code }, approval: { status } });
  expect([failed('rejected'), failed('expired')]).toEqual(['Rejected', 'Approval expired']);
  expect(failed('cancelled', 'cancelled')).toBeUndefined();
});
