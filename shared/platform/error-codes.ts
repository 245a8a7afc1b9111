import type { JsonObject } from './json.ts';

/** Every error code with its HTTP status. */
export const errorStatus = {
  bad_request: 400,
  unauthorized: 401,
  forbidden: 403,
  /** A policy of the tenant refuses the call; `details` says which. */
  denied: 403,
  not_found: 404,
  method_not_allowed: 405,
  conflict: 409,
  disabled: 409,
  already_exists: 409,
  idempotency_conflict: 409,
  preview_changed: 409,
  /** An approval covers the call, and this request is not the one that was approved. */
  not_approved: 409,
  /** An execution of unknown outcome must be settled first. */
  unsettled: 409,
  /** Published playbooks or waiting steps use it; `details` says which. */
  in_use: 409,
  /** `If-Match` names another state; `details` says who changed it, when, and what it is now. */
  precondition_failed: 412,
  invalid_input: 422,
  invalid_definition: 422,
  payload_too_large: 413,
  rate_limited: 429,
  internal: 500,
  /** A system that was asked while a definition is written refused, or its response cannot be used; nothing was stored. */
  provider_error: 502,
  unavailable: 503,
  /** This process has too much in progress; nothing was written. */
  overloaded: 503,
} as const;

export type ErrorCode = keyof typeof errorStatus;

/** A problem at a place. `path` is a JSON Pointer into the document that was sent ("" is the whole document). */
export interface Issue {
  path: string;
  message: string;
  keyword: string;
}

/** An error meant for the caller. `message` is for people, `details` for programs; `detail` goes to the log only. */
export class InterlockError extends Error {
  readonly code: ErrorCode;
  readonly issues: Issue[] | undefined;
  readonly details: JsonObject | undefined;
  readonly detail: string | undefined;
  readonly retryAfterSeconds: number | undefined;

  constructor(
    code: ErrorCode,
    message: string,
    options: {
      issues?: Issue[];
      details?: JsonObject | undefined;
      detail?: string | undefined;
      retryAfterSeconds?: number | undefined;
      cause?: unknown;
    } = {},
  ) {
    super(message, { cause: options.cause });
    this.name = 'InterlockError';
    this.code = code;
    this.issues = options.issues;
    this.details = options.details;
    this.detail = options.detail;
    this.retryAfterSeconds = options.retryAfterSeconds;
  }
}

/** The body of every error response. */
export interface ErrorBody {
  error: { code: ErrorCode; message: string; issues?: Issue[]; details?: JsonObject; requestId: string };
}
