import type { Client } from '@temporalio/client';
import type pg from 'pg';
import type { InflictedFault } from './inflict.ts';
import type { Journal, Violation } from './journal.ts';
import type { LedgerEntry } from './ledger.ts';
import type { CampaignStack } from './stack.ts';
import type { StreamReader } from './streams.ts';
import type { CampaignTenant } from './tenants.ts';

export interface ExecutionRecord {
  id: string;
  tenantId: string;
  toolName: string;
  status: 'requested' | 'running' | 'succeeded' | 'failed';
  failureCode: string | null;
  retryable: boolean | null;
  settled: boolean;
  key: string | null;
  callId: string;
  effect: string | null;
  rerunOf: string | null;
  ofStep: boolean;
  attempts: number;
  createdAt: Date;
  completedAt: Date | null;
}

export interface RunRecord {
  id: string;
  tenantId: string;
  playbookName: string;
  status: string;
  steps: string;
  createdAt: Date;
  completedAt: Date | null;
}

export interface EventRecord {
  id: string;
  tenantId: string;
  type: string;
  subjectType: string;
  subjectId: string;
  data: Record<string, unknown>;
}

/** What is left after a campaign: what clients were told, what the rows say, what the provider did, what streams delivered. */
export interface Evidence {
  stack: CampaignStack;
  tenants: readonly Pick<CampaignTenant, 'id' | 'slug'>[];
  temporal: Client;
  journal: Journal;
  faults: readonly InflictedFault[];
  executions: ReadonlyMap<string, ExecutionRecord>;
  runs: ReadonlyMap<string, RunRecord>;
  /** The request ids of the completions that were stored as accepted. */
  accepted: ReadonlySet<string>;
  /** In the order that a stream promises. */
  events: readonly EventRecord[];
  ledger: readonly LedgerEntry[];
  streams: readonly Pick<StreamReader, 'tenant' | 'events'>[];
}

export type Found = Violation[] | Promise<Violation[]>;

export async function readExecutions(admin: pg.Client): Promise<Map<string, ExecutionRecord>> {
  const { rows } = await admin.query<ExecutionRecord>(`
    SELECT id, tenant_id AS "tenantId", tool_name AS "toolName", status, failure_code AS "failureCode",
      failure_retryable AS retryable, settlement IS NOT NULL AS settled, idempotency_key AS key,
      coalesce(input_payload->>'callId', '') AS "callId", output_payload->>'effect' AS effect, rerun_of AS "rerunOf",
      playbook_step_run_id IS NOT NULL AS "ofStep", attempts, created_at AS "createdAt", completed_at AS "completedAt"
    FROM tool_execution`);
  return new Map(rows.map((row) => [row.id, row]));
}

export async function readRuns(admin: pg.Client): Promise<Map<string, RunRecord>> {
  const { rows } = await admin.query<RunRecord>(`
    SELECT r.id, r.tenant_id AS "tenantId", r.playbook_name AS "playbookName", r.status, r.created_at AS "createdAt",
      r.completed_at AS "completedAt",
      (SELECT string_agg(s.step_id || ' ' || s.status, ', ' ORDER BY s.opened_at)
       FROM playbook_step_run s WHERE s.run_id = r.id) AS steps
    FROM playbook_run r`);
  return new Map(rows.map((row) => [row.id, row]));
}

export async function readAccepted(admin: pg.Client): Promise<Set<string>> {
  const { rows } = await admin.query<{ id: string }>(
    "SELECT request_id AS id FROM step_completion WHERE status = 'accepted'",
  );
  return new Set(rows.map(({ id }) => id));
}

export async function readEvents(admin: pg.Client): Promise<EventRecord[]> {
  const { rows } = await admin.query<EventRecord>(`
    SELECT id::text, tenant_id AS "tenantId", type, subject_type AS "subjectType", subject_id AS "subjectId", data
    FROM event ORDER BY event.xid, event.id`);
  return rows;
}

export const isOpen = ({ status }: { status: string }): boolean =>
  ['requested', 'running', 'waiting'].includes(status);

export function groupBy<T>(values: Iterable<T>, keyOf: (value: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const value of values) {
    const key = keyOf(value);
    const group = groups.get(key);
    if (group) group.push(value);
    else groups.set(key, [value]);
  }
  return groups;
}

/** When it was in progress. */
export const spanOf = ({ createdAt, completedAt }: { createdAt: Date; completedAt: Date | null }) => ({
  from: createdAt.getTime(),
  to: completedAt?.getTime() ?? Date.now(),
});
