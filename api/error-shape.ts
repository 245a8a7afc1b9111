import { isGrpcServiceError } from '@temporalio/client';
import { TRPCError } from '@trpc/server';
import { ZodError } from 'zod';
import { isConnectionError } from '../shared/db/database.ts';
import { type ErrorBody, type ErrorCode, errorStatus, InterlockError } from '../shared/pure/error-codes.ts';
import { issuesOf } from '../shared/pure/zod-issues.ts';

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
  if (error instanceof InterlockError) return error;
  if (error instanceof ZodError) {
    return new InterlockError('invalid_input', 'Some of what was sent is not valid.', {
      issues: issuesOf(error),
    });
  }
  if (isConnectionError(error)) {
    return new InterlockError(
      'unavailable',
      'The database does not answer. Nothing was changed; try again.',
      { cause: error },
    );
  }
  if (unstorableText.has((error as { code?: string } | null)?.code ?? '')) {
    return new InterlockError(
      'invalid_input',
      'Some text holds a character that cannot be stored (a zero byte).',
    );
  }
  if (isGrpcServiceError(error) && grpcUnavailable.has(Number(error.code))) {
    return new InterlockError('unavailable', 'The workflow engine does not answer. Try again.', {
      cause: error,
    });
  }
  if (error instanceof TRPCError) {
    // Only an input that tRPC parsed is the caller's fault; a ZodError of ours is a bug of ours.
    if (error.cause && (error.code === 'BAD_REQUEST' || !(error.cause instanceof ZodError))) {
      const cause = toInterlockError(error.cause);
      if (cause.code !== 'internal') return cause;
    }
    const code = codesOfTrpc[error.code];
    if (code) return new InterlockError(code, error.message, { cause: error });
  }
  if (error instanceof Error && error.cause && isConnectionError(error.cause))
    return toInterlockError(error.cause);
  return new InterlockError('internal', 'Something went wrong on our side. The request id leads us to it.', {
    cause: error,
  });
}

export function toErrorShape(error: unknown, requestId = ''): ErrorShape {
  const { code, message, issues } = toInterlockError(error);
  return { code, message, ...(issues ? { issues } : {}), requestId };
}

/** For tRPC's own doors: the same error under the tRPC code that has its HTTP status. */
export function toTrpcError(error: unknown): TRPCError {
  const cause = toInterlockError(error);
  return new TRPCError({ code: trpcCodes[errorStatus[cause.code]], message: cause.message, cause });
}
