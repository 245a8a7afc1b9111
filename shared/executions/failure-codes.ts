export const executionStatuses = ['requested', 'running', 'succeeded', 'failed'] as const;
export type ExecutionStatus = (typeof executionStatuses)[number];

export const failureCodes = [
  'invalid_input',
  'denied',
  'disabled',
  'rate_limited',
  'circuit_open',
  'timeout',
  'provider_error',
  'invalid_output',
  'outcome_unknown',
  'cancelled',
  'terminated',
  'internal',
] as const;
export type FailureCode = (typeof failureCodes)[number];

/** `retryable`: executing it again cannot cause a second effect. `message` is redacted. */
export interface Failure {
  code: FailureCode;
  message: string;
  retryable: boolean;
}

/** The HTTP status of `execute` when the execution failed with this code (API.md, "Execute"). */
export const failureHttpStatus: Record<FailureCode, number> = {
  invalid_input: 422,
  denied: 403,
  disabled: 409,
  rate_limited: 429,
  circuit_open: 503,
  timeout: 504,
  provider_error: 502,
  invalid_output: 500,
  outcome_unknown: 502,
  cancelled: 409,
  terminated: 409,
  internal: 500,
};
