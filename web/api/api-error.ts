import { TRPCClientError } from '@trpc/client';
import type { ErrorCode, Issue } from '../../shared/platform/error-codes.ts';
import type { JsonObject } from '../../shared/platform/json.ts';
import { said } from '../words/said.ts';
import { t } from '../words/words.ts';

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

/** What a request that is no procedure was refused with: the `error` of its response; undefined without a response. */
export class RestError extends Error {
  readonly body: unknown;

  constructor(body: unknown) {
    super(t('The request failed'));
    this.body = body;
  }
}

const offline: ApiError = {
  code: 'offline',
  message: t('The server is unreachable.'),
  issues: [],
  requestId: undefined,
};

/** Problems that the server found, in the language of the person. */
export const saidIssues = (issues: readonly Issue[]): Issue[] =>
  issues.map((issue) => ({ ...issue, message: said(issue.message) }));

function readError(sent: unknown): ApiError | null {
  if (!isRecord(sent) || typeof sent.code !== 'string' || typeof sent.message !== 'string') return null;
  return {
    code: sent.code as ErrorCode,
    message: said(sent.message),
    issues: Array.isArray(sent.issues) ? saidIssues(sent.issues as Issue[]) : [],
    details: isRecord(sent.details) ? (sent.details as JsonObject) : undefined,
    requestId: typeof sent.requestId === 'string' ? sent.requestId : undefined,
  };
}

/** Reads any thrown value: an error of the API, a lost connection, or a bug in the page. */
export function toApiError(error: unknown): ApiError {
  if (error instanceof TRPCClientError) {
    const data: unknown = error.data;
    return readError(isRecord(data) ? data.interlock : undefined) ?? offline;
  }
  if (error instanceof RestError) return readError(error.body) ?? offline;
  const message = error instanceof Error ? error.message : String(error);
  return { code: 'unexpected', message, issues: [], requestId: undefined };
}

/** May the same call succeed on a retry? */
export function isTransient(error: unknown): boolean {
  const { code } = toApiError(error);
  return code === 'offline' || code === 'unavailable' || code === 'overloaded' || code === 'internal';
}
