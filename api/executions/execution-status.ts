import type { Execution } from '../../shared/executions/execution-schemas.ts';
import { failureHttpStatus } from '../../shared/executions/failure-codes.ts';

/** The HTTP status of a response that is an execution: 202 until it has ended. */
export function executionHttpStatus(execution: Pick<Execution, 'status' | 'failure'>): number {
  if (execution.status === 'succeeded') return 200;
  if (execution.status === 'failed')
    return execution.failure ? failureHttpStatus[execution.failure.code] : 500;
  return 202;
}
