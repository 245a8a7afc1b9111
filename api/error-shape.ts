import { isGrpcServiceError } from '@temporalio/client';
import { TRPCError } from '@trpc/server';
import { ZodError } from 'zod';
import { isConnectionError } from '../shared/platform/db/database.ts';
import {
  type ErrorBody,
  type ErrorCode,
  errorStatus,
  InterlockError,
} from '../shared/platform/error-codes.ts';
import { TemporalTimeoutError } from '../shared/platform/server/temporal/within.ts';
import { issuesOf } from '../shared/platform/zod-issues.ts';

export type ErrorShape = ErrorBody['error'];

/** tRPC's own code for each of our statuses, so that its HTTP answers carry them too. */
const trpcCodes = {
  400: 'BAD_REQUEST',
  401: 'UNAUTHORIZED',
  403: 'FORBIDDEN',
  404: 'NOT_FOUND',
  409: 'CONFLICT',
  413: 'PAYLOAD_TOO_LARGE',
  422: 'UNPROCESSABLE_CONTENT',
  429: 'TOO_MANY_REQUESTS',
  500: 'INTERNAL_SERVER_ERROR',
  503: 'SERVICE_UNAVAILABLE',
} as const satisfies Record<(typeof errorStatus)[ErrorCode], TRPCError['code']>;

/** tRPC raises a few of these before any procedure runs. */
const codesOfTrpc: Partial<Record<TRPCError['code'], ErrorCode>> = {
  PARSE_ERROR: 'bad_request',
  BAD_REQUEST: 'bad_request',
  METHOD_NOT_SUPPORTED: 'bad_request',
  UNSUPPORTED_MEDIA_TYPE: 'bad_request',
  NOT_FOUND: 'not_found',
  PAYLOAD_TOO_LARGE: 'payload_too_large',
};

/** gRPC: DEADLINE_EXCEEDED, RESOURCE_EXHAUSTED, UNAVAILABLE. */
const grpcUnavailable = new Set([4, 8, 14]);

/** PostgreSQL: a zero byte in a text, or its escape in a jsonb. */
const unstorableText = new Set(['22021', '22P05']);

/** Any error, as the one that the caller is told. What we did not foresee is `internal`, without a detail. */
export function toInterlockError(error: unknown): InterlockError {
  if (error instanceof ZodError) {
    return new InterlockError('invalid_input', 'Some of what was sent is not valid.', {
      issues: issuesOf(error),
    });
  }
  const cause = error instanceof Error ? error.cause : undefined;
  const foreseen = foreseenError(error) ?? foreseenError(cause);
  if (foreseen) return foreseen;
  if (error instanceof TRPCError) {
    // Only an input that tRPC parsed is the caller's fault; a ZodError of ours is a bug of ours.
    if (cause && (error.code === 'BAD_REQUEST' || !(cause instanceof ZodError))) {
      const inner = toInterlockError(cause);
      if (inner.code !== 'internal') return inner;
    }
    const code = codesOfTrpc[error.code];
    if (code) return new InterlockError(code, error.message, { cause: error });
  }
  return new InterlockError('internal', 'Something went wrong on our side. The request id leads us to it.', {
    cause: error,
  });
}

function foreseenError(error: unknown): InterlockError | null {
  if (error instanceof InterlockError) return error;
  if (isConnectionError(error)) {
    return new InterlockError(
      'unavailable',
      'The database does not answer. Nothing was changed; try again.',
      { cause: error, retryAfterSeconds: 2 },
    );
  }
  if (unstorableText.has((error as { code?: string } | null | undefined)?.code ?? '')) {
    return new InterlockError(
      'invalid_input',
      'Some text holds a character that cannot be stored (a zero byte).',
    );
  }
  const temporalAway =
    error instanceof TemporalTimeoutError ||
    (isGrpcServiceError(error) && grpcUnavailable.has(Number(error.code)));
  if (temporalAway) {
    return new InterlockError('unavailable', 'The workflow engine does not answer. Try again.', {
      cause: error,
      retryAfterSeconds: 2,
    });
  }
  return null;
}

export function toErrorShape(error: unknown, requestId = ''): ErrorShape {
  const { code, message, issues } = toInterlockError(error);
  return { code, message, ...(issues ? { issues } : {}), requestId };
}

/** Of requests that failed before there was a context to carry it. */
const requestIds = new WeakMap<TRPCError, string>();

/** For tRPC's own doors: the same error under the tRPC code that has its HTTP status. */
export function toTrpcError(error: unknown, requestId?: string): TRPCError {
  const cause = toInterlockError(error);
  const result = new TRPCError({ code: trpcCodes[errorStatus[cause.code]], message: cause.message, cause });
  if (requestId) requestIds.set(result, requestId);
  return result;
}

export function requestIdOf(error: TRPCError): string | undefined {
  return requestIds.get(error);
}
