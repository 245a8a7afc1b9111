import { expect, test } from 'vitest';
import { executionWorkflow } from '../../../shared/executions/execution-contract.ts';
import { executionStart } from '../../../shared/executions/execution-start.ts';
import { toolDefinitionSchema } from '../../../shared/tools/tool-definition.ts';

const startOf = (timeoutMs: number) =>
  executionStart(
    {
      toolId: 'tool',
      version: 2,
      definition: toolDefinitionSchema.parse({ name: 'echo', type: 'dummy', timeoutMs, deadlineMs: 60_000 }),
    },
    { id: 'one', exception_id: 'ex-1', max_attempts: 3, created_at: new Date(), approval_expires_at: null },
  );

test('a client and a run start the same workflow, but a run adds the step', () => {
  const { typedSearchAttributes: byClient, ...client } = executionWorkflow('tenant', startOf(1000));
  const { typedSearchAttributes: byRun, ...child } = executionWorkflow('tenant', startOf(1000), 'step');
  expect(child).toEqual(client);
  expect(client).toEqual({
    workflowId: 'execute-echo-one',
    args: [{ tenantId: 'tenant', executionId: 'one', label: 'echo v2 · dummy' }],
    workflowIdReusePolicy: 'REJECT_DUPLICATE',
    workflowExecutionTimeout: 60_000 + 24 * 60 * 60_000,
  });
  const valuesOf = (attributes: typeof byClient) =>
    Object.fromEntries(attributes.getAll().map(({ key, value }) => [key.name, value]));
  const common = { TenantId: 'tenant', ToolId: 'tool', ToolName: 'echo', ExceptionId: 'ex-1' };
  expect(valuesOf(byClient)).toEqual(common);
  expect(valuesOf(byRun)).toEqual({ ...common, StepId: 'step' });
});

test('a long call has a plan, so Temporal Web shows its first attempt', () => {
  expect(startOf(10_000).plan).toBeUndefined();
  expect(startOf(10_001).plan).toMatchObject({ maxAttempts: 3, timeoutMs: 10_001 });
});
