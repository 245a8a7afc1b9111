import type { Actor } from '../../identity/roles.ts';
import type { TenantConnection } from '../../platform/db/database.ts';
import type { JsonValue } from '../../platform/json.ts';

export interface CompletionRow {
  id: string;
  tenant_id: string;
  run_id: string;
  step_run_id: string;
  request_id: string;
  fingerprint: string;
  status: 'pending' | 'accepted' | 'refused' | 'withdrawn';
  outcome: string;
  input: JsonValue | null;
  input_sealed: Buffer | null;
  reason: string | null;
  preview_digest: string | null;
  execution_id: string | null;
  refusal_code: string | null;
  refusal_message: string | null;
  actor_type: Actor['type'];
  actor_id: string;
  actor_name: string;
  actor_roles: string[];
  person: string | null;
  created_at: Date;
  decided_at: Date | null;
}

export interface NewCompletion {
  id: string;
  runId: string;
  stepRunId: string;
  requestId: string;
  fingerprint: string;
  outcome: string;
  /** Redacted; undefined when none was sent. */
  input: JsonValue | undefined;
  inputSealed: Buffer | null;
  reason: string | null;
  previewDigest: string | null;
  actor: Actor;
  roles: readonly string[];
  person: string | null;
}

/** @returns the row of this request id: the new one, or the one that is there */
export async function insertCompletion(
  connection: TenantConnection,
  completion: NewCompletion,
): Promise<CompletionRow> {
  const { actor } = completion;
  // A sent again one that was withdrawn (Temporal did not answer) stands for the same, and is sent again.
  const [row] = await connection.query<CompletionRow & Record<string, unknown>>({
    name: 'completion_insert',
    text: `INSERT INTO step_completion AS known (id, tenant_id, run_id, step_run_id, request_id, fingerprint, outcome, input,
        input_sealed, reason, preview_digest, actor_type, actor_id, actor_name, actor_roles, person)
      VALUES ($2, $1, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)
      ON CONFLICT (step_run_id, request_id) DO UPDATE
        SET status = CASE known.status WHEN 'withdrawn' THEN 'pending' ELSE known.status END
      RETURNING *`,
    values: [
      connection.tenantId,
      completion.id,
      completion.runId,
      completion.stepRunId,
      completion.requestId,
      completion.fingerprint,
      completion.outcome,
      completion.input === undefined ? null : JSON.stringify(completion.input),
      completion.inputSealed,
      completion.reason,
      completion.previewDigest,
      actor.type,
      actor.id,
      actor.name,
      completion.roles,
      completion.person,
    ],
  });
  return row!;
}

export async function readCompletion(
  connection: TenantConnection,
  completionId: string,
): Promise<CompletionRow | null> {
  const [row] = await connection.query<CompletionRow & Record<string, unknown>>({
    name: 'completion_read',
    text: 'SELECT * FROM step_completion WHERE id = $2 AND tenant_id = $1',
    values: [connection.tenantId, completionId],
  });
  return row ?? null;
}

export async function findCompletion(
  connection: TenantConnection,
  stepRunId: string,
  requestId: string,
): Promise<CompletionRow | null> {
  const [row] = await connection.query<CompletionRow & Record<string, unknown>>({
    name: 'completion_find',
    text: 'SELECT * FROM step_completion WHERE step_run_id = $2 AND request_id = $3 AND tenant_id = $1',
    values: [connection.tenantId, stepRunId, requestId],
  });
  return row ?? null;
}

/** Accepted completions of steps, oldest first: the votes of an approval, who asked for a tool's run. */
export function listAccepted(connection: TenantConnection, runId: string): Promise<CompletionRow[]> {
  return connection.query<CompletionRow & Record<string, unknown>>({
    name: 'completion_accepted',
    text: `SELECT * FROM step_completion WHERE run_id = $2 AND tenant_id = $1 AND status = 'accepted'
      ORDER BY decided_at, id`,
    values: [connection.tenantId, runId],
  });
}

/** The clear input is not needed any more once this is decided. @returns whether it was pending */
export async function decideCompletion(
  connection: TenantConnection,
  completionId: string,
  decision: {
    status: 'accepted' | 'refused' | 'withdrawn';
    executionId?: string | null;
    refusal?: { code: string; message: string };
  },
): Promise<boolean> {
  const rows = await connection.query<{ id: string }>({
    name: 'completion_decide',
    text: `UPDATE step_completion SET status = $3, execution_id = $4, refusal_code = $5, refusal_message = $6,
        decided_at = now(), input_sealed = CASE WHEN $3 = 'withdrawn' THEN input_sealed END
      WHERE id = $2 AND tenant_id = $1 AND status = 'pending' RETURNING id`,
    values: [
      connection.tenantId,
      completionId,
      decision.status,
      decision.executionId ?? null,
      decision.refusal?.code ?? null,
      decision.refusal?.message ?? null,
    ],
  });
  return rows.length > 0;
}
