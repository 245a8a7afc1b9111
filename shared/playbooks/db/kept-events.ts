import { and, eq, isNull, or, sql } from 'drizzle-orm';
import type { TenantConnection } from '../../platform/db/database.ts';
import { playbookKeptEvent } from './tables.ts';

export type KeptEvent = typeof playbookKeptEvent.$inferSelect;

const ofRun = (connection: TenantConnection, runId: string) =>
  and(eq(playbookKeptEvent.run_id, runId), eq(playbookKeptEvent.tenant_id, connection.tenantId));

/** @throws when the run keeps an event of this request already: look for it first, with the run locked */
export async function insertKeptEvent(
  connection: TenantConnection,
  event: Omit<KeptEvent, 'tenant_id' | 'step_run_id' | 'created_at'>,
): Promise<void> {
  await connection.orm.insert(playbookKeptEvent).values({ ...event, tenant_id: connection.tenantId });
}

export async function findKeptEvent(
  connection: TenantConnection,
  runId: string,
  requestId: string,
): Promise<KeptEvent | null> {
  const [row] = await connection.orm
    .select()
    .from(playbookKeptEvent)
    .where(and(ofRun(connection, runId), eq(playbookKeptEvent.request_id, requestId)));
  return row ?? null;
}

/** What the run keeps that no step has received. */
export async function weighKeptEvents(
  connection: TenantConnection,
  runId: string,
): Promise<{ events: number; bytes: number }> {
  const [row] = await connection.orm
    .select({
      events: sql<number>`count(*)::int`,
      bytes: sql<number>`coalesce(sum(${playbookKeptEvent.bytes}), 0)::int`,
    })
    .from(playbookKeptEvent)
    .where(and(ofRun(connection, runId), isNull(playbookKeptEvent.step_run_id)));
  return row!;
}

/** The events of this name that no step has received, or this one; oldest first. */
export function listKeptEvents(
  connection: TenantConnection,
  { runId, stepRunId, name }: { runId: string; stepRunId: string; name: string },
): Promise<KeptEvent[]> {
  const event = playbookKeptEvent;
  return connection.orm
    .select()
    .from(event)
    .where(
      and(
        ofRun(connection, runId),
        eq(event.name, name),
        or(isNull(event.step_run_id), eq(event.step_run_id, stepRunId)),
      ),
    )
    .orderBy(event.created_at, event.id);
}

/** Gives the event to one step. @returns whether it is this one */
export async function giveKeptEvent(
  connection: TenantConnection,
  id: string,
  stepRunId: string,
): Promise<boolean> {
  const event = playbookKeptEvent;
  const given = await connection.orm
    .update(event)
    .set({ step_run_id: stepRunId })
    .where(
      and(
        eq(event.id, id),
        eq(event.tenant_id, connection.tenantId),
        or(isNull(event.step_run_id), eq(event.step_run_id, stepRunId)),
      ),
    )
    .returning({ id: event.id });
  return given.length > 0;
}

export async function deleteKeptEvents(connection: TenantConnection, runId: string): Promise<void> {
  await connection.orm.delete(playbookKeptEvent).where(ofRun(connection, runId));
}
