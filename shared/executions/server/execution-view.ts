import type { Actor } from '../../identity/roles.ts';
import { temporalWebUrl } from '../../platform/server/temporal/connect.ts';
import type { ExecutionApproval } from '../approval-schemas.ts';
import type { ApprovalJson } from '../db/executions-approval.ts';
import type { ExecutionListRow, ExecutionWithAttempts } from '../db/executions-read.ts';
import type { AttemptJson, ExecutionRow } from '../db/executions-row.ts';
import { executionWorkflowId } from '../execution-contract.ts';
import type { Execution, ExecutionSummary, SentResponse } from '../execution-schemas.ts';
import { inFull } from '../failure-message.ts';
import type { ExecutionServices } from './execution-services.ts';

type Links = Pick<ExecutionServices, 'environment' | 'temporal'>;

/** An execution as every door returns it. */
export function toExecution(links: Links, row: ExecutionWithAttempts): Execution {
  return {
    ...common(links, row),
    ...(row.issues?.length ? { issues: row.issues } : {}),
    input: row.input_payload,
    output: row.output_payload,
    attempts: row.attempt_rows.map(toAttempt),
    ...(row.approval ? { approval: toApproval(links, row, row.approval) } : {}),
    reruns: row.reruns,
    undoOf: row.undo_of,
    undoneBy: row.undone_by,
  };
}

export function toExecutionSummary(links: Links, row: ExecutionListRow): ExecutionSummary {
  const { approval_status: status, approval_expires_at: expires } = row;
  return {
    ...common(links, row),
    attempts: row.attempts,
    ...(status && expires ? { approval: { status, expiresAt: expires.toISOString() } } : {}),
  };
}

function common({ environment, temporal }: Links, row: ExecutionListRow) {
  const workflowId = executionWorkflowId({ toolName: row.tool_name, id: row.id });
  const failure =
    row.failure_code === null
      ? {}
      : {
          failure: {
            code: row.failure_code,
            message: inFull({ message: row.error_message ?? '', reason: row.failure_reason }),
            retryable: row.failure_retryable ?? false,
          },
        };
  return {
    id: row.id,
    toolId: row.tool_id,
    toolName: row.tool_name,
    toolTitle: row.tool_title,
    toolVersion: row.tool_version,
    test: row.test,
    connector: connectorOf(row),
    status: row.status,
    ...failure,
    exceptionId: row.exception_id,
    actor: requesterOf(row),
    policy: row.policy_decision,
    maxAttempts: row.max_attempts + row.lost_attempts,
    settlement: row.settlement,
    rerunOf: row.rerun_of,
    cancelRequestedAt: row.cancel_requested_at?.toISOString() ?? null,
    quarantined: row.quarantined_at && {
      at: row.quarantined_at.toISOString(),
      reason: row.error_message ?? '',
    },
    payloadsRemovedAt: row.payloads_removed_at?.toISOString() ?? null,
    createdAt: row.created_at.toISOString(),
    startedAt: row.started_at?.toISOString() ?? null,
    completedAt: row.completed_at?.toISOString() ?? null,
    durationMs: row.completed_at ? row.completed_at.getTime() - row.created_at.getTime() : null,
    workflowId,
    temporalUrl: temporalWebUrl(
      environment.INTERLOCK_TEMPORAL_UI_URL,
      temporal.client.options.namespace,
      workflowId,
    ),
  };
}

/** Who requested an execution. */
export const requesterOf = (
  row: Pick<
    ExecutionListRow,
    'requested_by_actor_type' | 'requested_by_actor_id' | 'requested_by_actor_name'
  >,
): Actor => ({
  type: row.requested_by_actor_type,
  id: row.requested_by_actor_id,
  name: row.requested_by_actor_name,
});

function toApproval(
  { environment }: Links,
  row: ExecutionRow,
  { required, roles, four_eyes, policy_name, reason, votes, request }: ApprovalJson,
): ExecutionApproval {
  return {
    status: row.approval_status ?? 'waiting',
    required,
    roles,
    fourEyes: four_eyes,
    policyName: policy_name,
    reason,
    url: `${environment.publicUrl}/executions/${row.id}`,
    expiresAt: (row.approval_expires_at ?? row.created_at).toISOString(),
    votes: votes.map((vote) => ({
      by: { type: vote.actor_type, id: vote.actor_id, name: vote.actor_name },
      outcome: vote.outcome,
      reason: vote.reason,
      at: new Date(vote.created_at).toISOString(),
    })),
    request,
  };
}

function connectorOf(row: ExecutionListRow): ExecutionSummary['connector'] {
  const { connector_id: id, connector_name: name, connector_revision: revision } = row;
  return id === null || name === null || revision === null ? null : { id, name, revision };
}

function exchanged(
  stored: SentResponse | null | undefined,
): Pick<Execution['attempts'][number], 'response' | 'log'> {
  if (!stored) return {};
  const { log, body: _body, ...response } = stored;
  return { ...(response.status > 0 && { response }), ...(log && { log }) };
}

export function toAttempt(row: AttemptJson): Execution['attempts'][number] {
  const iso = (time: string) => new Date(time).toISOString();
  return {
    number: row.number,
    startedAt: iso(row.started_at),
    endedAt: row.ended_at ? iso(row.ended_at) : null,
    status: row.status,
    ...(row.http_status === null ? {} : { httpStatus: row.http_status }),
    ...(row.error_code === null
      ? {}
      : {
          error: {
            code: row.error_code,
            message: inFull({ message: row.error_message ?? '', reason: row.error_reason }),
          },
        }),
    // A reader that needs neither leaves them out.
    ...(row.request ? { request: row.request } : {}),
    ...exchanged(row.response),
    ...(row.will_retry_at === null ? {} : { willRetryAt: iso(row.will_retry_at) }),
  };
}
