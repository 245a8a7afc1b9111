import { TRPCError } from '@trpc/server';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { toErrorShape, toInterlockError, toTrpcError } from '../../../api/error-shape.ts';
import { errorStatus, InterlockError } from '../../../shared/platform/error-codes.ts';
import { TemporalTimeoutError } from '../../../shared/platform/server/temporal/within.ts';

const coded = (code: string | number, more: object = {}) =>
  Object.assign(new Error('boom'), { code, ...more });
const notValid = z.object({ a: z.object({ 'b/c': z.number() }) }).safeParse({ a: { 'b/c': 'x' } }).error!;

describe('the error response', () => {
  test.each([
    ['a refused connection', coded('ECONNREFUSED'), 'unavailable'],
    ['a PostgreSQL that shuts down', coded('57P01'), 'unavailable'],
    [
      'an error wrapped by the query builder',
      new Error('Failed query', { cause: coded('08006') }),
      'unavailable',
    ],
    [
      'an unavailable Temporal server',
      coded(14, { details: '', metadata: {}, name: 'ServiceError' }),
      'unavailable',
    ],
    ['a timeout of Temporal', new TemporalTimeoutError(100), 'unavailable'],
    ['a zero byte', new Error('Failed query', { cause: coded('22P05') }), 'invalid_input'],
    ['a bug', new TypeError('x is not a function'), 'internal'],
    ['a thrown string', 'thrown text', 'internal'],
    ['a broken constraint', coded('23505'), 'internal'],
    ['an unknown procedure', new TRPCError({ code: 'NOT_FOUND', message: 'No procedure' }), 'not_found'],
  ])('%s has the right error code', (_what, error, code) => {
    expect(toInterlockError(error).code).toBe(code);
  });

  test('an invalid input has issues with paths, and an invalid output is an internal error', () => {
    const input = toInterlockError(new TRPCError({ code: 'BAD_REQUEST', cause: notValid }));
    expect([input.code, input.issues?.[0]?.path]).toEqual(['invalid_input', '/a/b~1c']);
    const output = toInterlockError(new TRPCError({ code: 'INTERNAL_SERVER_ERROR', cause: notValid }));
    expect([output.code, output.issues]).toEqual(['internal', undefined]);
  });

  test('an unexpected error shows no details', () => {
    const shape = toErrorShape(new Error('password hunter2 at 10.0.0.7'), 'r1');
    expect(shape).toEqual({ code: 'internal', message: expect.any(String), requestId: 'r1' });
    expect(shape.message).not.toMatch(/hunter2|10\.0/);
  });

  test('each code has the same HTTP status over REST and tRPC', async () => {
    const { getHTTPStatusCodeFromError } = await import('@trpc/server/http');
    for (const [code, status] of Object.entries(errorStatus)) {
      const error = toTrpcError(new InterlockError(code as keyof typeof errorStatus, 'x'));
      expect(getHTTPStatusCodeFromError(error), code).toBe(status);
    }
  });
});
