import { expect, test } from 'vitest';
import { executionIdOf, executionWorkflowId } from '../../../shared/executions/execution-contract.ts';

test('a workflow id gives the id of its execution', () => {
  const id = '01a1fb25-23b3-7508-92f0-b565b9cd4ae5';
  for (const toolName of ['refund', 'refund_payment_2', 'execute_it']) {
    expect(executionIdOf(executionWorkflowId({ toolName, id }))).toBe(id);
  }
});

test('the id of another kind of workflow has no execution id', () => {
  expect(executionIdOf('playbook-refund-01a1fb25-23b3-7508-92f0-b565b9cd4ae5')).toBeNull();
  expect(executionIdOf('execute-refund')).toBeNull();
});
