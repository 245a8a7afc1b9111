import { expect, test } from 'vitest';
import { refusalOf, resultOf, resultSchema } from '../../../../api/mcp/call-result.ts';
import type { Execution } from '../../../../shared/executions/execution-schemas.ts';
import { InterlockError } from '../../../../shared/platform/error-codes.ts';
import { JsonText } from '../../../../shared/platform/json-text.ts';
import { readJson } from '../../../../shared/platform/read-json.ts';

const url = 'https://interlock.example/executions/e1';
const execution = (more: Partial<Execution>) =>
  ({ id: 'e1', status: 'succeeded', output: null, ...more }) as Execution;
const textOf = ({ content }: { content: unknown[] }) => (content[0] as { text: string }).text;

test('an output that fits its schema is the result; another one is beside its execution', async () => {
  const offered = resultSchema({
    type: 'object',
    required: ['total'],
    properties: { total: { type: 'number' }, email: { type: 'string', format: 'email' } },
  });
  const good = readJson('{"total": 9007199254740993, "email": "[redacted:email]"}');
  const result = await resultOf(execution({ output: good }), offered, url);
  expect(result.structuredContent).toBe(good);
  expect(textOf(result)).toBe('{"total":9007199254740993,"email":"[redacted:email]"}');
  const redacted = await resultOf(execution({ output: { total: '[redacted]' } }), offered, url);
  expect(redacted.structuredContent).toEqual({
    executionId: 'e1',
    status: 'succeeded',
    url,
    output: { total: '[redacted]' },
  });
  const large = await resultOf(
    execution({ output: new JsonText('[1,2]') }),
    resultSchema({ type: 'array' }),
    url,
  );
  expect(large.structuredContent).toMatchObject({ output: [1, 2] });
  const text = await resultOf(execution({ output: 'plain' }), undefined, url);
  expect(textOf(text)).toBe('plain');
  expect(resultSchema(undefined)).toBeUndefined();
});

test('what has failed is an error that says why, and whether to call again', async () => {
  const failure = { code: 'timeout', message: 'No response within 1 s.', retryable: true } as const;
  const result = await resultOf(
    execution({ status: 'failed', failure, issues: [{ path: '/a', message: 'is odd', keyword: 'x' }] }),
    undefined,
    url,
  );
  expect(result).toMatchObject({ isError: true, structuredContent: { executionId: 'e1', failure } });
  expect(textOf(result)).toBe(
    `No response within 1 s. (timeout)\n/a is odd\nIt is safe to call it again.\n${url}`,
  );
});

test('what still runs says not to call again; a refusal says what was wrong, and where', async () => {
  const running = await resultOf(execution({ status: 'running' }), undefined, url);
  expect(running.isError).toBe(false);
  expect(textOf(running)).toMatch(
    /has not ended yet.*interlock-get-execution with executionId e1.*Do not call the tool again/,
  );
  const refused = refusalOf(
    new InterlockError('invalid_input', 'The input is not valid.', {
      issues: [{ path: '', message: 'must be an object', keyword: 'type' }],
    }),
  );
  expect([refused.isError, textOf(refused)]).toEqual([
    true,
    'The input is not valid. (invalid_input)\n/ must be an object',
  ]);
});
