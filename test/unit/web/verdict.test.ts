import { describe, expect, it } from 'vitest';
import type { Decision } from '../../../web/features/playbooks/parts/step-panel/decisions.ts';
import type { StepView } from '../../../web/features/playbooks/parts/step-panel/step-view.ts';
import { referenceIn, verdictOf } from '../../../web/features/playbooks/parts/step-panel/verdict.ts';

const tool = { id: 't', name: 'refund_payment', title: 'Refund a payment', version: 1 };
const step: StepView = {
  id: 'refund',
  runId: 'r',
  type: 'call_tool',
  title: 'Refund the payment',
  number: 1,
  inside: [],
  status: 'waiting',
  instructions: '',
  assignee: null,
  waitingOn: null,
  claimedBy: null,
  openedAt: null,
  dueAt: null,
  reminded: 0,
  escalated: 0,
  outcomes: [],
  form: null,
  input: { paymentId: 'pay_1', amount: 5 },
  issues: [],
  tool,
  approvals: null,
  covers: null,
  waitsFor: null,
  outcome: null,
  notTaken: null,
  reason: null,
  failure: null,
  executionIds: [],
  childRunId: null,
  batchId: null,
  mayComplete: true,
  mayNot: null,
  mayClaim: true,
};
const decided = (id: string, done: string, more: Partial<Decision> = {}): Decision => ({
  outcome: { id, title: id, needsReason: false, takesInput: false },
  done,
  phase: 'accepted',
  sendsRequest: id === 'run',
  executions: 0,
  ...more,
});
const run = decided('run', 'succeeded');

describe('the outcome of a decision, in words', () => {
  it('is not known while the tool runs, nor before the call is in the step', () => {
    expect(verdictOf({ ...step, status: 'running' }, run).isKnown).toBe(false);
    expect(verdictOf(step, run).isKnown).toBe(false);
    // A call that failed before says nothing about the new one.
    const failedBefore = { ...step, executionIds: ['1'], failure: { code: 'timeout', message: 'Too slow.' } };
    expect(verdictOf(failedBefore, { ...run, executions: 1 }).isKnown).toBe(false);
  });

  it('names what the provider has made, not what was sent', () => {
    const output = { paymentId: 'pay_1', refundId: 're_7', amount: 5 };
    expect(verdictOf({ ...step, status: 'completed', output, executionIds: ['1'] }, run)).toMatchObject({
      text: 'Refund the payment: succeeded, re_7',
      kind: 'succeeded',
      isDone: true,
    });
    expect(referenceIn({ input: {}, output: { ok: true } })).toBeUndefined();
  });

  it('gives the reason of a failure, and stays on the step', () => {
    const failure = { code: 'provider_error', message: 'This payment is refunded already.' };
    const failed = verdictOf({ ...step, failure, executionIds: ['1'] }, run);
    expect(failed).toMatchObject({
      text: 'Refund the payment: failed. This payment is refunded already.',
      isKnown: true,
      isDone: false,
    });
    expect(
      verdictOf({ ...step, status: 'outcome_unknown', failure, executionIds: ['1'] }, run),
    ).toMatchObject({
      kind: 'unknown',
      isDone: false,
    });
  });

  it('counts the votes, and says who was first', () => {
    const by = { type: 'user' as const, id: 'c', name: 'Carla' };
    const given = [{ by, outcome: 'approved', reason: null, at: '' }];
    const approval = {
      ...step,
      tool: null,
      title: 'Approve',
      approvals: { required: 2, digest: null, given, mayChange: false },
    };
    const approved = decided('approved', 'approved');
    expect(verdictOf(approval, approved)).toMatchObject({ text: 'Approve: approved 1 of 2', isDone: true });
    const refused = { ...approved, phase: 'refused' as const, refusal: 'Already completed by Ana, 2 s ago.' };
    expect(verdictOf(approval, refused)).toMatchObject({ text: 'Already completed by Ana, 2 s ago.' });
    expect(verdictOf({ ...step, tool: null, status: 'skipped' }, decided('skip', 'skipped'))).toMatchObject({
      text: 'Refund the payment: skipped',
      isDone: true,
    });
  });
});
