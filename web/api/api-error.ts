import { TRPCClientError } from '@trpc/client';
import type { ErrorCode, Issue } from '../../shared/platform/error-codes.ts';

/** What went wrong, ready to be shown. */
export interface ApiError {
  /** `offline`: no answer at all. `unexpected`: a fault of the page itself. */
  code: ErrorCode | 'offline' | 'unexpected';
  message: string;
  issues: Issue[];
  requestId: string | undefined;
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;

/** Reads any thrown value: the API's envelope, a lost connection, or a fault of our own. */
export function toApiError(error: unknown): ApiError {
  if (error instanceof TRPCClientError) {
    const data: unknown = error.data;
    const inner = isRecord(data) ? data.interlock : undefined;
    if (isRecord(inner) && typeof inner.code === 'string' && typeof inner.message === 'string') {
      return {
        code: inner.code as ErrorCode,
        message: inner.message,
        issues: Array.isArray(inner.issues) ? (inner.issues as Issue[]) : [],
        requestId: typeof inner.requestId === 'string' ? inner.requestId : undefined,
      };
    }
    return { code: 'offline', message: 'The server did not answer.', issues: [], requestId: undefined };
  }
  const message = error instanceof Error ? error.message : String(error);
  return { code: 'unexpected', message, issues: [], requestId: undefined };
}

/** May the same call succeed if it is simply made again? */
export function isTransient(error: unknown): boolean {
  const { code } = toApiError(error);
  return code === 'offline' || code === 'unavailable' || code === 'internal';
}
