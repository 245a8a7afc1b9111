import { expect, test } from 'vitest';
import { createLogger } from '../../../shared/platform/server/logger.ts';
import { traceToCarry } from '../../../shared/platform/server/tracing/tracing.ts';
import { inScope } from '../../../shared/platform/server/work-scope.ts';
import { randomTraceId, readTraceparent, writeTraceparent } from '../../../shared/platform/trace-context.ts';

test('a log line names the request, execution and trace that it belongs to, whoever writes it', async () => {
  const lines: string[] = [];
  const log = createLogger('info', {}, { write: (line) => void lines.push(line) });
  const trace = { traceId: randomTraceId(16), spanId: randomTraceId(8), sampled: true };
  await inScope({ requestId: 'one', trace }, () =>
    inScope({ executionId: 'two' }, async () => {
      await Promise.resolve();
      log.info('inside');
      // Once, where a line says it itself.
      log.info({ executionId: 'three' }, 'another');
    }),
  );
  log.info('outside');
  const [inside, another, outside] = lines.map((line) => JSON.parse(line));
  expect(inside).toMatchObject({ requestId: 'one', executionId: 'two', traceId: trace.traceId });
  expect(another.executionId).toBe('three');
  expect(lines[1]!.match(/"executionId"/g)).toHaveLength(1);
  expect(Object.keys(outside)).toEqual(['level', 'time', 'msg']);
});

test('a traceparent is read as the standard says, and nothing else is', () => {
  const [trace, span] = ['4bf92f3577b34da6a3ce929d0e0e4736', '00f067aa0ba902b7'];
  expect(readTraceparent(`00-${trace}-${span}-01`)).toEqual({ traceId: trace, spanId: span, sampled: true });
  expect(readTraceparent(`00-${trace}-${span}-00`)?.sampled).toBe(false);
  // A later version may have more.
  expect(readTraceparent(`01-${trace}-${span}-01-more`)).not.toBeNull();
  for (const wrong of [
    undefined,
    '',
    `ff-${trace}-${span}-01`,
    `00-${'0'.repeat(32)}-${span}-01`,
    `00-${trace}-${'0'.repeat(16)}-01`,
    `00-${trace.toUpperCase()}-${span}-01`,
    `00-${trace}-${span}`,
    ['a', 'list'],
  ])
    expect(readTraceparent(wrong), String(wrong)).toBeNull();
  const context = { traceId: trace, spanId: span, sampled: true };
  expect(readTraceparent(writeTraceparent(context))).toEqual(context);
});

test('while nothing is traced, nothing goes into Temporal', () => {
  const trace = { traceId: randomTraceId(16), spanId: randomTraceId(8), sampled: true };
  expect(inScope({ trace }, traceToCarry)).toBeUndefined();
});
