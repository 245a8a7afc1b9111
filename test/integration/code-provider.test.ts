import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Execution } from '../../shared/executions/execution-schemas.ts';
import { readOutputChunks } from '../../shared/executions/server/read-chunks.ts';
import type { JsonValue } from '../../shared/platform/json.ts';
import { closeSandboxes } from '../../shared/platform/server/sandboxes/sandboxes.ts';
import { warmUpCode } from '../../shared/tools/server/warm-up-code.ts';
import type { ToolDefinitionInput } from '../../shared/tools/tool-definition.ts';
import { type ExecutionStack, startExecutionStack } from '../support/execution-stack.ts';

let stack: ExecutionStack;
let count = 0;

beforeAll(async () => {
  stack = await startExecutionStack();
});
afterAll(() => stack.close());

type Config = Extract<ToolDefinitionInput, { type: 'code' }>['config'];

function createTool(config: Config, more: object = {}): Promise<string> {
  count += 1;
  return stack.createTool({
    type: 'code',
    name: `code_${count}`,
    config,
    timeoutMs: 60_000,
    deadlineMs: 120_000,
    ...more,
  });
}

/** The outcome, however long the machine takes. */
async function run(config: Config, payload: JsonValue = {}, more: object = {}): Promise<Execution> {
  return stack.execute(await createTool(config, more), payload, { waitMs: 60_000 });
}

const javascript = (source: string, more: Partial<Config> = {}): Config => ({
  language: 'javascript',
  source,
  timeLimitMs: 5000,
  ...more,
});

describe('a tool of type code', () => {
  test('returns what main returns, keeps the digits of numbers, and its log with the attempt', async () => {
    const execution = await run(
      javascript(
        "function main({ id, amount }) { console.log('Amount', amount); return { id, twice: amount * 2 }; }",
      ),
      { id: 'pay_1', amount: 2.5 },
    );
    expect(execution).toMatchObject({
      status: 'succeeded',
      output: { id: 'pay_1', twice: 5 },
      attempts: [
        {
          status: 'succeeded',
          log: ['Amount 2.5'],
          request: { method: 'RUN', url: 'code:javascript', body: { id: 'pay_1', amount: 2.5 } },
        },
      ],
    });
    expect(execution.attempts[0]).not.toHaveProperty('response');
  });

  test('what it throws is the reason of the failure, with its place; nothing is retried', async () => {
    const execution = await run(javascript("function main() {\n  throw new Error('No rate for CHF');\n}"));
    expect(execution.status).toBe('failed');
    expect(execution.failure).toMatchObject({ code: 'provider_error', retryable: true });
    expect(execution.failure?.message).toMatch(
      /^The code threw Error: No rate for CHF\. The code failed at line 2, column \d+\./,
    );
    expect(execution.attempts).toHaveLength(1);
  });

  test('a secret of the input is in nothing that is stored: output, log, error', async () => {
    const secret = 'sk_live_4eC39HqLyjWDarjtT1zdp7dc';
    const inputSchema = {
      type: 'object',
      properties: { key: { type: 'string', 'x-secret': true }, fail: { type: 'boolean' } },
    };
    const source =
      "function main({ key, fail }) { console.log('key', key); if (fail) throw new Error('bad ' + key); return { key }; }";
    const toolId = await createTool(javascript(source), { inputSchema });
    for (const fail of [false, true]) {
      const execution = await stack.execute(toolId, { key: secret, fail }, { waitMs: 60_000 });
      expect(execution.attempts[0]?.log?.[0]).toMatch(/^key \[redacted/);
      expect(JSON.stringify(await stack.read(execution.id))).not.toContain(secret);
    }
  });

  test('limits of time, memory and output end the call with words that say which', async () => {
    const [time, memory, output] = await Promise.all([
      run(javascript('function main() { for (;;); }', { timeLimitMs: 200 })),
      run(
        javascript("function main() { const a = []; for (;;) a.push('x'.repeat(100000) + a.length); }", {
          memoryMb: 16,
          timeLimitMs: 20_000,
        }),
      ),
      run(javascript("function main() { return 'x'.repeat(5000); }", { maxOutputBytes: 1000 })),
    ]);
    expect(time.failure).toMatchObject({
      code: 'timeout',
      message: 'The code used its limit of 200 ms of CPU time.',
    });
    expect(memory.failure).toMatchObject({
      code: 'provider_error',
      message: 'The code needs more memory than its limit of 16 MB.',
    });
    expect(output.failure).toMatchObject({
      code: 'invalid_output',
      message: expect.stringContaining('the limit is 1000'),
    });
  });

  test('an output that its schema does not allow is an invalid output', async () => {
    const outputSchema = { type: 'object', required: ['fee'] };
    const execution = await run(javascript('function main() { return { cost: 1 }; }'), {}, { outputSchema });
    expect(execution).toMatchObject({ failure: { code: 'invalid_output' }, output: { cost: 1 } });
  });

  test('what it prints is shown while it runs, a secret over two lines in neither; cancelled, it is killed', async () => {
    const source =
      "function main({ key }) { console.log('Begun.'); console.log(key.slice(0, 9)); console.log(key.slice(9) + '.'); for (;;); }";
    const toolId = await createTool(javascript(source, { timeLimitMs: 60_000 }), {
      inputSchema: { type: 'object', properties: { key: { type: 'string', 'x-secret': true } } },
    });
    const begun = await stack.execute(toolId, { key: 'sk_live_4eC39HqLyjWDarjtT1zd' }, { waitMs: 0 });
    const lines = async () => {
      const request = { id: begun.id, limit: 200 };
      const { items } = await readOutputChunks(stack.services, stack.identity, request);
      return items.map(({ kind, value }) => `${kind} ${value}`);
    };
    const shown = ['log Begun.', 'log [redacted].', 'log '];
    await expect.poll(lines, { timeout: 60_000 }).toEqual(shown);
    expect((await stack.read(begun.id)).status).toBe('running');
    await stack.executor.cancel({ identity: stack.identity, executionId: begun.id, requestId: 'test' });
    await expect
      .poll(async () => (await stack.read(begun.id)).failure?.code, { timeout: 60_000 })
      .toBe('cancelled');
    expect((await stack.read(begun.id)).attempts[0]?.log?.map((line) => `log ${line}`)).toEqual(shown);
  });

  test('large inputs and outputs pass', async () => {
    const items = Array.from({ length: 4000 }, (_, index) => ({ index, text: 'some text here' }));
    const execution = await run(
      javascript(
        'function main({ items }) { return { items: items.map((each) => each.index), all: items }; }',
      ),
      { items },
    );
    expect(execution.status).toBe('succeeded');
    expect(JSON.parse(JSON.stringify(execution.output)).all).toHaveLength(4000);
  });
});

describe('saving a tool of type code', () => {
  test('a source that cannot be read is refused with line and column', async () => {
    const refused = async (config: Config) =>
      createTool(config).then(
        () => [],
        (error: { issues?: unknown }) => error.issues,
      );
    expect(await refused(javascript('function main() {\n  return 1 +;\n}'))).toEqual([
      {
        path: '/config/source',
        message: expect.stringMatching(/^Line 2, column \d+: SyntaxError/),
        keyword: 'code',
      },
    ]);
    expect(
      await refused({ language: 'typescript', source: 'enum Colour { Red }\nfunction main() {}' }),
    ).toEqual([
      {
        path: '/config/source',
        message: expect.stringMatching(/^Line 1, column 1: .*enum/),
        keyword: 'code',
      },
    ]);
    expect(await refused(javascript('const other = 1;'))).toMatchObject([
      { message: expect.stringContaining('The code has no function main(input)') },
    ]);
  });

  test('the preview is what runs: the language and the input', async () => {
    const toolId = await createTool(javascript('function main({ a }) { return a; }'));
    const { digest, request } = await stack.executor.preview({
      identity: stack.identity,
      toolId,
      payload: { a: 1 },
    });
    expect(request).toMatchObject({ method: 'RUN', url: 'code:javascript', body: { a: 1 } });
    const execution = await stack.execute(toolId, { a: 1 }, { previewDigest: digest, waitMs: 60_000 });
    expect(execution).toMatchObject({ status: 'succeeded', output: 1 });
  });
});

test('Python runs, prints, and fails with the line', async () => {
  const source =
    "def main(input):\n    print('rows', len(input['rows']))\n    return {'total': sum(input['rows']) / input['parts']}\n";
  const toolId = await createTool({ language: 'python', source, timeLimitMs: 20_000 });
  const good = await stack.execute(toolId, { rows: [1, 2], parts: 2 }, { waitMs: 60_000 });
  expect(good).toMatchObject({
    status: 'succeeded',
    output: { total: 1.5 },
    attempts: [{ log: ['rows 2'] }],
  });
  const bad = await stack.execute(toolId, { rows: [1, 2], parts: 0 }, { waitMs: 60_000 });
  expect(bad.failure?.message).toMatch(
    /^The code threw ZeroDivisionError: division by zero\. The code failed at line 3/,
  );
  // A process that starts now loads what these tools need before anyone calls them.
  closeSandboxes();
  expect(await warmUpCode(stack.services.db)).toContain('python');
}, 240_000);
