import { TRPCClientError } from '@trpc/client';
import type { ErrorCode, Issue } from '../../shared/platform/error-codes.ts';
import type { JsonObject } from '../../shared/platform/json.ts';

/** An error as the pages show it. */
export interface ApiError {
  /** `offline`: no response. `unexpected`: a bug in the page. */
  code: ErrorCode | 'offline' | 'unexpected';
  message: string;
  issues: Issue[];
  /** More about the error, by code. */
  details?: JsonObject | undefined;
  requestId: string | undefined;
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;

/** Reads any thrown value: an error of the API, a lost connection, or a bug in the page. */
export function toApiError(error: unknown): ApiError {
  if (error instanceof TRPCClientError) {
    const data: unknown = error.data;
    const inner = isRecord(data) ? data.interlock : undefined;
    if (isRecord(inner) && typeof inner.code === 'string' && typeof inner.message === 'string') {
      return {
        code: inner.code as ErrorCode,
        message: inner.message,
        issues: Array.isArray(inner.issues) ? (inner.issues as Issue[]) : [],
        details: isRecord(inner.details) ? (inner.details as JsonObject) : undefined,
        requestId: typeof inner.requestId === 'string' ? inner.requestId : undefined,
      };
    }
    return { code: 'offline', message: 'The server is unreachable.', issues: [], requestId: undefined };
  }
  const message = error instanceof Error ? error.message : String(error);
  return { code: 'unexpected', message, issues: [], requestId: undefined };
}

/** May the same call succeed on a retry? */
export function isTransient(error: unknown): boolean {
  const { code } = toApiError(error);
  return code === 'offline' || code === 'unavailable' || code === 'overloaded' || code === 'internal';
}
