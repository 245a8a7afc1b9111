import type { components } from './api-types.ts';

type ErrorBody = components['schemas']['Error'];
type ErrorCode = ErrorBody['error']['code'];
type Issue = NonNullable<ErrorBody['error']['issues']>[number];
type Details = NonNullable<ErrorBody['error']['details']>;

/** A call that failed: an error response, no response, or one that is not Interlock's. */
export class InterlockApiError extends Error {
  /** HTTP status; 0 when there was no response. */
  readonly status: number;
  /** `unreachable`: no response. `unexpected`: a response that is not Interlock's, for example from a proxy. */
  readonly code: ErrorCode | 'unreachable' | 'unexpected';
  /** What is wrong with the request; `path` is a JSON Pointer into it. */
  readonly issues: Issue[];
  /** More about the error, by code. */
  readonly details: Details | undefined;
  /** Identifies the request in the server's log. */
  readonly requestId: string | undefined;
  /** How long the server asked to wait. */
  readonly retryAfterMs: number | undefined;

  constructor(
    message: string,
    fields: {
      status: number;
      code: InterlockApiError['code'];
      issues?: Issue[] | undefined;
      details?: Details | undefined;
      requestId?: string | undefined;
      retryAfterMs?: number | undefined;
      cause?: unknown;
    },
  ) {
    super(message, { cause: fields.cause });
    this.name = 'InterlockApiError';
    this.status = fields.status;
    this.code = fields.code;
    this.issues = fields.issues ?? [];
    this.details = fields.details;
    this.requestId = fields.requestId;
    this.retryAfterMs = fields.retryAfterMs;
  }
}

/** @param body the parsed body of the response; undefined when it is not JSON */
export function errorOf({ status, headers }: Response, body: unknown): InterlockApiError {
  const seconds = Number(headers.get('retry-after') ?? Number.NaN);
  const retryAfterMs = Number.isFinite(seconds) ? seconds * 1000 : undefined;
  if (isErrorBody(body)) {
    return new InterlockApiError(body.error.message, { ...body.error, status, retryAfterMs });
  }
  if (isGraphqlErrors(body)) {
    const [{ message, extensions }] = body.errors;
    return new InterlockApiError(message, { ...extensions, status, retryAfterMs });
  }
  const requestId = headers.get('x-request-id') ?? undefined;
  const message = `The response (status ${status}) is not from Interlock.`;
  return new InterlockApiError(message, { status, code: 'unexpected', requestId, retryAfterMs });
}

function isErrorBody(body: unknown): body is ErrorBody {
  const error = (body as Partial<ErrorBody> | null | undefined)?.error;
  return typeof error === 'object' && error !== null && typeof error.code === 'string';
}

type GraphqlError = { message: string; extensions: Omit<ErrorBody['error'], 'message'> };

/** Errors of a query, of which the first one is told. */
function isGraphqlErrors(body: unknown): body is { errors: [GraphqlError] } {
  const [first] = (body as { errors?: Partial<GraphqlError>[] } | null | undefined)?.errors ?? [];
  return typeof first?.extensions?.code === 'string';
}

/** A response that is nothing but an error. */
export const isRefusal = (body: unknown): boolean =>
  isErrorBody(body) || (isGraphqlErrors(body) && !('data' in body));
