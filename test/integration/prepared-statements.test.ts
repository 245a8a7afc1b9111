import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ExecutionStack, startExecutionStack } from '../support/execution-stack.ts';

/** PostgreSQL plans a prepared statement five times, then keeps a plan if that costs no more. */
const firstPlans = 5;

describe('the statements of an execution', () => {
  let stack: ExecutionStack;
  beforeAll(async () => {
    stack = await startExecutionStack();
  });
  afterAll(() => stack?.close());

  test('are not planned again at every use', async () => {
    const tool = await stack.createTool({ name: 'planned', type: 'dummy' });
    for (let run = 0; run < 60; run++) await stack.execute(tool, {});
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
