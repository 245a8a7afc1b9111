import { and, desc, eq, inArray, isNotNull, isNull, lt, type SQL, sql } from 'drizzle-orm';
import type { Actor } from '../../identity/roles.ts';
import { columnsOf } from '../../platform/db/columns-of.ts';
import type { TenantConnection } from '../../platform/db/database.ts';
import { when } from '../../platform/db/when.ts';
import type { JsonValue } from '../../platform/json.ts';
import type { PageOfEach } from '../../platform/server/paging.ts';
import { matchingSql, type SearchMatch } from '../../search/db/search-read.ts';
import type { RunStatus, StepState } from '../run-schemas.ts';
import { stepStateSql } from './step-state.ts';
import { playbookRun } from './tables.ts';

export type RunRow = typeof playbookRun.$inferSelect;

const openStatuses: RunStatus[] = ['running', 'waiting'];

export const isRunOpen = (run: Pick<RunRow, 'status'>): boolean => openStatuses.includes(run.status);

/** Who started the run. */
export const starterOf = (run: RunRow): Actor => ({
  type: run.started_by_type,
  id: run.started_by_id,
  name: run.started_by_name,
});

const own = (connection: TenantConnection, runId: string) =>
  and(eq(playbookRun.id, runId), eq(playbookRun.tenant_id, connection.tenantId));

const isOpen = inArray(playbookRun.status, openStatuses);

export interface NewRun {
  /** uuid v7. */
  id: string;
  playbook: { id: string; version: number; name: string; title: string };
  exceptionId: string | null;
  parent: { runId: string; stepRunId: string } | null;
  /** Redacted. */
  input: JsonValue;
  actor: Actor;
  person: string | null;
}

/** @throws the database's unique violation when a run has this id */
export async function insertRun(
  connection: TenantConnection,
  { id, playbook, exceptionId, parent, input, actor, person }: NewRun,
): Promise<RunRow> {
  const [row] = await connection.orm
    .insert(playbookRun)
    .values({
      id,
      tenant_id: connection.tenantId,
      playbook_id: playbook.id,
      playbook_version: playbook.version,
      playbook_name: playbook.name,
      playbook_title: playbook.title,
      exception_id: exceptionId,
      parent_run_id: parent?.runId,
      parent_step_run_id: parent?.stepRunId,
      status: 'running',
      // An input of null is the JSON value, which the builder would write as SQL's NULL.
      input: sql`${JSON.stringify(input)}::jsonb`,
      started_by_type: actor.type,
      started_by_id: actor.id,
      started_by_name: actor.name,
      started_by_person: person,
    })
    .returning();
  return row!;
}

/** @param lock waits for anyone who changes the run or one of its steps */
export async function readRun(
  connection: TenantConnection,
  runId: string,
  lock: 'lock' | null = null,
): Promise<RunRow | null> {
  const [row] = await connection.query<RunRow>({
    name: lock ? 'run_lock' : 'run_read',
    text: `SELECT ${columnsOf(playbookRun, 'r')} FROM playbook_run r WHERE id = $2 AND tenant_id = $1 ${lock ? 'FOR UPDATE' : ''}`,
    values: [connection.tenantId, runId],
  });
  return row ?? null;
}

/** The run that waits for a batch that has ended. */
export async function readRunOfBatch(
  connection: TenantConnection,
  batchId: string,
): Promise<{ id: string; playbookName: string } | null> {
  const [row] = await connection.query<{ id: string; playbookName: string }>({
    name: 'run_of_batch',
    text: `SELECT r.id, r.playbook_name AS "playbookName" FROM batch b
      JOIN playbook_run r ON r.id = b.playbook_run_id AND r.tenant_id = b.tenant_id
      WHERE b.id = $2 AND b.tenant_id = $1 AND b.ended_at IS NOT NULL AND r.status IN ('running', 'waiting')`,
    values: [connection.tenantId, batchId],
  });
  return row ?? null;
}

export function readRuns(connection: TenantConnection, runIds: readonly string[]): Promise<RunRow[]> {
  return connection.query<RunRow>({
    name: 'runs_by_id',
    text: `SELECT ${columnsOf(playbookRun, 'r')} FROM playbook_run r WHERE tenant_id = $1 AND id = ANY($2::uuid[])`,
    values: [connection.tenantId, runIds],
  });
}

export interface RunFilter {
  playbookId?: string | undefined;
  version?: number | undefined;
  exceptionId?: string | undefined;
  status?: RunStatus | 'open' | undefined;
  /** Runs in which this step has opened, and how far it has come. */
  stepId?: string | undefined;
  stepState?: StepState | undefined;
  /** Of the start of the run; with a step: of its opening. */
  from?: string | undefined;
  to?: string | undefined;
  match?: SearchMatch | undefined;
  /** Only runs older than this id. */
  cursor?: string | undefined;
  limit: number;
}

/** A page by key, newest first. */
export async function listRuns(connection: TenantConnection, filter: RunFilter): Promise<RunRow[]> {
  return connection.orm
    .select()
    .from(playbookRun)
    .where(
      and(
        eq(playbookRun.tenant_id, connection.tenantId),
        when(filter.cursor, (id) => lt(playbookRun.id, id)),
        when(filter.playbookId, (id) => eq(playbookRun.playbook_id, id)),
        when(filter.exceptionId, (id) => eq(playbookRun.exception_id, id)),
        when(filter.status, (status) => (status === 'open' ? isOpen : eq(playbookRun.status, status))),
        when(filter.version, (version) => eq(playbookRun.playbook_version, version)),
        when(filter.match, (match) => matchingSql(match, playbookRun.id, connection.tenantId)),
        filter.stepId === undefined ? startedBetween(filter) : hasStep(connection, filter.stepId, filter),
      ),
    )
    .orderBy(desc(playbookRun.id))
    .limit(filter.limit);
}

/** At most `limit` runs of each exception, newest first. */
export function listRunsOf(
  connection: TenantConnection,
  exceptionIds: readonly string[],
  { cursor, limit }: PageOfEach,
): Promise<RunRow[]> {
  return connection.query<RunRow>({
    name: 'runs_of_exceptions',
    text: `SELECT found.* FROM unnest($2::uuid[]) AS each(id)
      CROSS JOIN LATERAL (
        SELECT ${columnsOf(playbookRun, 'r')} FROM playbook_run r
        WHERE r.tenant_id = $1 AND r.exception_id = each.id AND ($3::uuid IS NULL OR r.id < $3)
        ORDER BY r.id DESC LIMIT $4) found
      ORDER BY found.id DESC`,
    values: [connection.tenantId, exceptionIds, cursor ?? null, limit],
  });
}

const startedBetween = ({ from, to }: RunFilter): SQL | undefined =>
  and(
    when(from, (time) => sql`${playbookRun.id} >= interlock_uuid_floor(${time}::timestamptz)`),
    when(to, (time) => sql`${playbookRun.id} < interlock_uuid_floor(${time}::timestamptz)`),
  );

function hasStep({ tenantId }: TenantConnection, stepId: string, { stepState, from, to }: RunFilter): SQL {
  const condition = and(
    when(from, (time) => sql`s.opened_at >= ${time}::timestamptz`),
    when(to, (time) => sql`s.opened_at < ${time}::timestamptz`),
    when(stepState, (state) => sql`${sql.raw(stepStateSql('s', '"playbook_run"'))} = ${state}`),
  );
  return sql`EXISTS (SELECT FROM playbook_step_run s WHERE s.run_id = ${playbookRun.id} AND s.tenant_id = ${tenantId}
    AND s.step_id = ${stepId} AND ${condition ?? sql`true`})`;
}

/** A run waits as soon as one of its steps does. Call it after every change of a step, in its transaction. */
export async function touchRun(connection: TenantConnection, runId: string): Promise<void> {
  await connection.query({
    name: 'run_touch',
    text: `UPDATE playbook_run SET updated_at = now(), status = CASE WHEN EXISTS (
          SELECT FROM playbook_step_run s WHERE s.run_id = $2 AND s.status IN ('waiting', 'outcome_unknown'))
        THEN 'waiting' ELSE 'running' END
      WHERE id = $2 AND tenant_id = $1 AND status IN ('running', 'waiting')`,
    values: [connection.tenantId, runId],
  });
}

export async function markWorkflowStarted(connection: TenantConnection, runId: string): Promise<void> {
  await connection.orm
    .update(playbookRun)
    .set({ workflow_started_at: sql`now()` })
    .where(and(own(connection, runId), isNull(playbookRun.workflow_started_at)));
}

/** @returns the row when this call ended the run; null when it had ended before */
export async function endRun(
  connection: TenantConnection,
  runId: string,
  status: 'completed' | 'failed' | 'cancelled',
  reason: string | null,
): Promise<RunRow | null> {
  const [row] = await connection.orm
    .update(playbookRun)
    .set({
      status,
      reason: sql`coalesce(${playbookRun.reason}, ${reason})`,
      completed_at: sql`now()`,
      updated_at: sql`now()`,
      paused_at: null,
      paused_by: null,
      pause_reason: null,
      quarantined_at: null,
    })
    .where(and(own(connection, runId), isOpen))
    .returning();
  return row ?? null;
}

/** Stores who requests a pause and why. `setPaused` follows when the workflow has paused. */
export async function notePause(
  connection: TenantConnection,
  runId: string,
  by: string,
  reason: string | null,
): Promise<void> {
  await connection.orm
    .update(playbookRun)
    .set({ paused_by: by, pause_reason: reason })
    .where(and(own(connection, runId), isNull(playbookRun.paused_at), isOpen));
}

/**
 * @param paused null: resumed
 * @returns the row when this call changed it
 */
export async function setPaused(
  connection: TenantConnection,
  runId: string,
  paused: { by: string | null; reason: string | null } | null,
): Promise<RunRow | null> {
  const { paused_at, paused_by, pause_reason } = playbookRun;
  const [row] = paused
    ? await connection.orm
        .update(playbookRun)
        .set({
          paused_at: sql`now()`,
          paused_by: sql`coalesce(${paused.by}, ${paused_by}, 'Temporal operator')`,
          pause_reason: sql`coalesce(${paused.reason}, ${pause_reason})`,
          updated_at: sql`now()`,
        })
        .where(and(own(connection, runId), isNull(paused_at), isOpen))
        .returning()
    : await connection.orm
        .update(playbookRun)
        .set({ paused_at: null, paused_by: null, pause_reason: null, updated_at: sql`now()` })
        .where(and(own(connection, runId), isNotNull(paused_at)))
        .returning();
  return row ?? null;
}

/**
 * Pauses an open run until `releaseRow`.
 * @returns the row when this call changed it
 */
export async function quarantineRow(
  connection: TenantConnection,
  runId: string,
  { by, reason }: { by: string; reason: string },
): Promise<RunRow | null> {
  const [row] = await connection.orm
    .update(playbookRun)
    .set({
      quarantined_at: sql`now()`,
      paused_at: sql`coalesce(${playbookRun.paused_at}, now())`,
      paused_by: by,
      pause_reason: reason,
      updated_at: sql`now()`,
    })
    .where(and(own(connection, runId), isNull(playbookRun.quarantined_at), isOpen))
    .returning();
  return row ?? null;
}

/** @returns the row, still paused, when this call released it */
export async function releaseRow(connection: TenantConnection, runId: string): Promise<RunRow | null> {
  const [row] = await connection.orm
    .update(playbookRun)
    .set({ quarantined_at: null, updated_at: sql`now()` })
    .where(and(own(connection, runId), isNotNull(playbookRun.quarantined_at), isOpen))
    .returning();
  return row ?? null;
}

/** @returns the row when this call was the first request */
export async function requestRunCancel(
  connection: TenantConnection,
  runId: string,
  reason: string,
  by: Actor,
): Promise<RunRow | null> {
  const [row] = await connection.orm
    .update(playbookRun)
    .set({
      cancel_requested_at: sql`now()`,
      cancelled_by_type: by.type,
      cancelled_by_id: by.id,
      cancelled_by_name: by.name,
      reason,
      updated_at: sql`now()`,
    })
    .where(and(own(connection, runId), isNull(playbookRun.cancel_requested_at), isOpen))
    .returning();
  return row ?? null;
}

/** A run and the runs that it started, and these, that have ended. */
export async function listRunTree(connection: TenantConnection, runId: string): Promise<RunRow[]> {
  const tree = await connection.query<{ id: string }>({
    name: 'playbook_run_tree',
    text: `WITH RECURSIVE tree AS (
        SELECT id FROM playbook_run WHERE tenant_id = $1 AND id = $2
        UNION
        SELECT c.id FROM tree JOIN playbook_run c ON c.tenant_id = $1 AND c.parent_run_id = tree.id
        WHERE c.completed_at IS NOT NULL)
      SELECT id FROM tree`,
    values: [connection.tenantId, runId],
  });
  const ids = tree.map(({ id }) => id);
  return connection.orm
    .select()
    .from(playbookRun)
    .where(and(eq(playbookRun.tenant_id, connection.tenantId), inArray(playbookRun.id, ids)));
}

/** Open runs of sub-playbooks. */
export async function listChildRuns(connection: TenantConnection, runId: string): Promise<RunRow[]> {
  return connection.orm
    .select()
    .from(playbookRun)
    .where(and(eq(playbookRun.parent_run_id, runId), eq(playbookRun.tenant_id, connection.tenantId), isOpen));
}
