import { and, eq, sql } from 'drizzle-orm';
import type { Actor } from '../../identity/roles.ts';
import { originOf } from '../../identity/server/request-origin.ts';
import { columnsOf } from '../../platform/db/columns-of.ts';
import type { TenantConnection } from '../../platform/db/database.ts';
import type { JsonValue } from '../../platform/json.ts';
import { stepCompletion } from './tables.ts';

export type CompletionRow = typeof stepCompletion.$inferSelect;

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

/** @returns the row of this request id: the new one, or the one that exists */
export async function insertCompletion(
  connection: TenantConnection,
  completion: NewCompletion,
): Promise<CompletionRow> {
  const { actor } = completion;
  const [row] = await connection.orm
    .insert(stepCompletion)
    .values({
      id: completion.id,
      tenant_id: connection.tenantId,
      run_id: completion.runId,
      step_run_id: completion.stepRunId,
      request_id: completion.requestId,
      fingerprint: completion.fingerprint,
      outcome: completion.outcome,
      input: completion.input,
      input_sealed: completion.inputSealed,
      reason: completion.reason,
      preview_digest: completion.previewDigest,
      actor_type: actor.type,
      actor_id: actor.id,
      actor_name: actor.name,
      actor_roles: [...completion.roles],
      person: completion.person,
      ...originOf(actor),
    })
    // Temporal did not accept one that was withdrawn; the same request sends it again.
    .onConflictDoUpdate({
      target: [stepCompletion.step_run_id, stepCompletion.request_id],
      set: {
        status: sql`CASE ${stepCompletion.status} WHEN 'withdrawn' THEN 'pending' ELSE ${stepCompletion.status} END`,
      },
    })
    .returning();
  return row!;
}

export async function readCompletion(
  connection: TenantConnection,
  completionId: string,
): Promise<CompletionRow | null> {
  const [row] = await connection.orm
    .select()
    .from(stepCompletion)
    .where(and(eq(stepCompletion.id, completionId), eq(stepCompletion.tenant_id, connection.tenantId)));
  return row ?? null;
}

export async function findCompletion(
  connection: TenantConnection,
  stepRunId: string,
  requestId: string,
): Promise<CompletionRow | null> {
  const [row] = await connection.orm
    .select()
    .from(stepCompletion)
    .where(
      and(
        eq(stepCompletion.step_run_id, stepRunId),
        eq(stepCompletion.request_id, requestId),
        eq(stepCompletion.tenant_id, connection.tenantId),
      ),
    );
  return row ?? null;
}

/** Accepted completions in these runs, oldest first: the votes of an approval, who requested an execution. */
export function listAccepted(
  connection: TenantConnection,
  runIds: readonly string[],
): Promise<CompletionRow[]> {
  return connection.query<CompletionRow>({
    name: 'completions_accepted_of',
    text: `SELECT ${columnsOf(stepCompletion, 'c')} FROM step_completion c WHERE tenant_id = $1 AND run_id = ANY($2::uuid[]) AND status = 'accepted'
      ORDER BY decided_at, id`,
    values: [connection.tenantId, runIds],
  });
}

/**
 * Takes back a vote that was accepted. It is `refused` from then on, so the same request sent again does not count it again.
 */
export async function withdrawVote(connection: TenantConnection, completionId: string): Promise<void> {
  await connection.orm
    .update(stepCompletion)
    .set({
      status: 'refused',
      refusal_code: 'conflict',
      refusal_message: 'This approval was withdrawn. Nothing was done.',
    })
    .where(and(eq(stepCompletion.id, completionId), eq(stepCompletion.tenant_id, connection.tenantId)));
}

/**
 * Decides a pending completion. Its clear input is deleted, unless it is withdrawn and may be sent again.
 * @returns whether it was pending
 */
export async function decideCompletion(
  connection: TenantConnection,
  completionId: string,
  decision: {
    status: 'accepted' | 'refused' | 'withdrawn';
    executionId?: string | null;
    refusal?: { code: string; message: string };
  },
): Promise<boolean> {
  const rows = await connection.orm
    .update(stepCompletion)
    .set({
      status: decision.status,
      execution_id: decision.executionId ?? null,
      refusal_code: decision.refusal?.code ?? null,
      refusal_message: decision.refusal?.message ?? null,
      decided_at: sql`now()`,
      ...(decision.status === 'withdrawn' ? {} : { input_sealed: null }),
    })
    .where(
      and(
        eq(stepCompletion.id, completionId),
        eq(stepCompletion.tenant_id, connection.tenantId),
        eq(stepCompletion.status, 'pending'),
      ),
    )
    .returning({ id: stepCompletion.id });
  return rows.length > 0;
}
