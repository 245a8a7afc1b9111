import { afterEach, describe, expect, test } from 'vitest';
import { type ExecutionStack, startExecutionStack } from '../support/execution-stack.ts';

/** PostgreSQL plans a prepared statement for its first five uses, then keeps one plan if that costs no more. */
const firstPlans = 5;

describe('the prepared statements of an execution', () => {
  let stack: ExecutionStack;
  afterEach(() => stack?.close());

  test.each([
    ['that begins with its row', '10', ['execution_insert_current_begun', 'execution_settle']],
    ['that waits for its workflow', '0', ['execution_insert_current', 'execution_claim', 'execution_settle']],
  ])('%s keep their plan after the first uses', async (_how, INTERLOCK_OWED_STARTS, names) => {
    stack = await startExecutionStack({ environment: { INTERLOCK_OWED_STARTS } });
    const tool = await stack.createTool({ name: 'planned', type: 'dummy' });
    for (let execution = 0; execution < 60; execution++) await stack.execute(tool, {});
    const statements = await stack.services.db.tenant(stack.identity.tenantId, (connection) =>
      connection.query<{ name: string; custom: number; generic: number }>({
        text: 'SELECT name, custom_plans::int AS custom, generic_plans::int AS generic FROM pg_prepared_statements',
      }),
    );
    const kept = statements.filter(({ generic }) => generic > 0).map(({ name }) => name);
    expect(kept).toEqual(expect.arrayContaining(names));
    expect(statements.filter(({ custom }) => custom > firstPlans)).toEqual([]);
  });
});
