import type { Execution } from '../../shared/executions/execution-schemas.ts';
import { failureHttpStatus } from '../../shared/executions/failure-codes.ts';
import { pausedSeconds } from '../../shared/executions/server/paused-seconds.ts';
import type { RequestContext } from '../trpc.ts';

/** The HTTP status of a response that is an execution: 202 until it has ended. */
export function executionHttpStatus(execution: Pick<Execution, 'status' | 'failure'>): number {
  if (execution.status === 'succeeded') return 200;
  if (execution.status === 'failed')
    return execution.failure ? failureHttpStatus[execution.failure.code] : 500;
  return 202;
}

/** Of an execution that a circuit breaker has refused. */
async function retryAfter(
  { services, identity }: RequestContext,
  execution: Execution,
): Promise<number | null> {
  if (execution.failure?.code !== 'circuit_open' || !identity) return null;
  return pausedSeconds(services, identity.tenantId, execution);
}

/** How REST answers with an execution that the request has started. */
export const answersExecution = { status: executionHttpStatus, retryAfter, startsExecution: true } as const;
