import { isGrpcServiceError } from '@temporalio/client';
import { TRPCError } from '@trpc/server';
import { ZodError } from 'zod';
import { isDatabaseUnavailable } from '../shared/platform/db/database-errors.ts';
import {
  type ErrorBody,
  type ErrorCode,
  errorStatus,
  InterlockError,
} from '../shared/platform/error-codes.ts';
import { TemporalTimeoutError } from '../shared/platform/server/temporal/within.ts';
import { issuesOf } from '../shared/platform/zod-issues.ts';

export type ErrorShape = ErrorBody['error'];

/** tRPC's code for each of our HTTP statuses, so that its responses have the same status. */
const trpcCodes = {
  400: 'BAD_REQUEST',
  401: 'UNAUTHORIZED',
  403: 'FORBIDDEN',
  404: 'NOT_FOUND',
  405: 'METHOD_NOT_SUPPORTED',
  409: 'CONFLICT',
  412: 'PRECONDITION_FAILED',
  413: 'PAYLOAD_TOO_LARGE',
  422: 'UNPROCESSABLE_CONTENT',
  429: 'TOO_MANY_REQUESTS',
  500: 'INTERNAL_SERVER_ERROR',
  502: 'BAD_GATEWAY',
  503: 'SERVICE_UNAVAILABLE',
} as const satisfies Record<(typeof errorStatus)[ErrorCode], TRPCError['code']>;

/** Errors that tRPC throws before a procedure runs. */
const codesOfTrpc: Partial<Record<TRPCError['code'], ErrorCode>> = {
  PARSE_ERROR: 'bad_request',
  BAD_REQUEST: 'bad_request',
  METHOD_NOT_SUPPORTED: 'method_not_allowed',
  UNSUPPORTED_MEDIA_TYPE: 'bad_request',
  NOT_FOUND: 'not_found',
  PAYLOAD_TOO_LARGE: 'payload_too_large',
};

/** gRPC: DEADLINE_EXCEEDED, RESOURCE_EXHAUSTED, UNAVAILABLE. */
const grpcUnavailable = new Set([4, 8, 14]);

/**
 * PostgreSQL: a zero byte in a text, or its escape in a jsonb value; half of a surrogate pair in a json value, which is the
 * only way in which JSON of ours is not valid.
 */
function isUnstorableText(error: unknown): boolean {
  const { code = '', message } = (error ?? {}) as { code?: string; message?: string };
  return ['22021', '22P05'].includes(code) || (code === '22P02' && message === invalidJson);
}

const invalidJson = 'invalid input syntax for type json';

/** The error that the caller gets. An unexpected error becomes `internal`, without details. */
export function toInterlockError(error: unknown): InterlockError {
  if (error instanceof ZodError) {
    return new InterlockError('invalid_input', 'Some fields are not valid.', {
      issues: issuesOf(error),
    });
  }
  const cause = error instanceof Error ? error.cause : undefined;
  const expected = expectedError(error) ?? expectedError(cause);
  if (expected) return expected;
  if (error instanceof TRPCError) {
    // A ZodError about an input is the caller's mistake; any other ZodError is our bug.
    if (cause && (error.code === 'BAD_REQUEST' || !(cause instanceof ZodError))) {
      const inner = toInterlockError(cause);
      if (inner.code !== 'internal') return inner;
    }
    const code = codesOfTrpc[error.code];
    if (code) return new InterlockError(code, error.message, { cause: error });
  }
  return new InterlockError('internal', 'Something went wrong on our side. Please quote the request ID.', {
    cause: error,
  });
}

function expectedError(error: unknown): InterlockError | null {
  if (error instanceof InterlockError) return error;
  if (isDatabaseUnavailable(error)) {
    return new InterlockError('unavailable', 'The database is unavailable. Nothing was changed. Try again.', {
      cause: error,
      retryAfterSeconds: 2,
    });
  }
  if (isUnstorableText(error)) {
    return new InterlockError(
      'invalid_input',
      'Some text contains a character that cannot be stored (a zero byte, or half of a surrogate pair).',
    );
  }
  const temporalUnavailable =
    error instanceof TemporalTimeoutError ||
    (isGrpcServiceError(error) && grpcUnavailable.has(Number(error.code)));
  if (temporalUnavailable) {
    return new InterlockError('unavailable', 'The workflow engine is unavailable. Try again.', {
      cause: error,
      retryAfterSeconds: 2,
    });
  }
  return null;
}

/**
 * The error of a request that may have written: PostgreSQL or Temporal failed after that, so what became of it is not
 * known.
 */
export function afterWrites(error: unknown, mayHaveWritten: boolean): InterlockError {
  const known = toInterlockError(error);
  const thrown = error instanceof TRPCError ? error.cause : error;
  // The code that threw an error of ours knew what had been done.
  if (!mayHaveWritten || known.code !== 'unavailable' || thrown instanceof InterlockError) return known;
  return outcomeNotKnown(known.cause);
}

/** A 503 that is not safe to repeat without an Idempotency-Key; `details.outcome` tells programs. */
export function outcomeNotKnown(cause: unknown): InterlockError {
  return new InterlockError(
    'unavailable',
    'The outcome of this request is not known; repeat it with the same Idempotency-Key. Where it had none, look first whether it took effect.',
    { cause, retryAfterSeconds: 2, details: { outcome: 'unknown' } },
  );
}

export function toErrorShape(error: unknown, requestId = ''): ErrorShape {
  const { code, message, issues, details } = toInterlockError(error);
  return { code, message, ...(issues ? { issues } : {}), ...(details ? { details } : {}), requestId };
}

/** Request ids of errors that occurred before there was a context. */
const requestIds = new WeakMap<TRPCError, string>();

/** The same error as one of tRPC's, with the same HTTP status. */
export function toTrpcError(error: unknown, requestId?: string): TRPCError {
  const cause = toInterlockError(error);
  const result = new TRPCError({ code: trpcCodes[errorStatus[cause.code]], message: cause.message, cause });
  if (requestId) requestIds.set(result, requestId);
  return result;
}

export function requestIdOf(error: TRPCError): string | undefined {
  return requestIds.get(error);
}
