import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ExecutionStack, startExecutionStack } from '../support/execution-stack.ts';

/** PostgreSQL plans a prepared statement for its first five uses, then keeps one plan if that costs no more. */
const firstPlans = 5;

describe('the prepared statements of an execution', () => {
  let stack: ExecutionStack;
  beforeAll(async () => {
    stack = await startExecutionStack();
  });
  afterAll(() => stack?.close());

  test('the statements of an execution keep their plan after the first uses', async () => {
    const tool = await stack.createTool({ name: 'planned', type: 'dummy' });
    for (let execution = 0; execution < 60; execution++) await stack.execute(tool, {});
    const statements = await stack.services.db.tenant(stack.identity.tenantId, (connection) =>
      connection.query<{ name: string; custom: number; generic: number }>({
        text: 'SELECT name, custom_plans::int AS custom, generic_plans::int AS generic FROM pg_prepared_statements',
      }),
    );
    const kept = statements.filter(({ generic }) => generic > 0).map(({ name }) => name);
    expect(kept).toEqual(
      expect.arrayContaining(['find_tool', 'execution_insert', 'execution_claim', 'execution_settle']),
    );
    expect(statements.filter(({ custom }) => custom > firstPlans)).toEqual([]);
  });
});
