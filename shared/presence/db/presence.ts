import { and, eq } from 'drizzle-orm';
import type { SystemConnection, TenantConnection } from '../../platform/db/database.ts';
import { goneMs, type PresenceDoing, presenceDoings, type presenceSubjects } from '../presence-kinds.ts';
import { presenceHidden } from './tables.ts';

type SubjectType = (typeof presenceSubjects)[number];

/** Something that exists in this organization. */
export interface Place {
  type: SubjectType;
  id: string;
  stepId: string;
  doing: PresenceDoing;
}

export interface Person {
  type: SubjectType;
  id: string;
  stepId: string;
  userId: string;
  name: string;
  doing: PresenceDoing;
  since: Date;
}

/** Of one person: a program that opens a tab with each request fills no table. */
const maxRows = 60;
/** Of one place. */
const maxPeople = 50;
const here = `seen_at > now() - make_interval(secs => ${goneMs / 1000})`;
const places = 'unnest($4::text[], $5::uuid[], $6::text[], $7::text[]) AS p (type, id, step, doing)';
const doingRank = `array_position(ARRAY['${presenceDoings.join("', '")}'], doing)`;

/** Of these cases and runs, those that are there. */
export async function readExisting(
  connection: TenantConnection,
  ofType: Readonly<Record<SubjectType, readonly string[]>>,
): Promise<Set<string>> {
  const rows = await connection.query<{ key: string }>({
    name: 'presence_existing',
    text: `SELECT 'exception/' || id AS key FROM exception WHERE tenant_id = $1 AND id = ANY ($2::uuid[])
      UNION ALL SELECT 'run/' || id FROM playbook_run WHERE tenant_id = $1 AND id = ANY ($3::uuid[])`,
    values: [connection.tenantId, ofType.exception, ofType.run],
  });
  return new Set(rows.map(({ key }) => key));
}

/** A tab is at these places and no other. Of someone who hides, at none. */
export async function writePresence(
  connection: TenantConnection,
  person: { id: string; name: string },
  tab: string,
  at: readonly Place[],
): Promise<void> {
  const { tenantId } = connection;
  const columns = [
    at.map(({ type }) => type),
    at.map(({ id }) => id),
    at.map(({ stepId }) => stepId),
    at.map(({ doing }) => doing),
  ];
  await connection.query({
    name: 'presence_write',
    text: `WITH shown AS (SELECT p.* FROM ${places}
        WHERE NOT EXISTS (SELECT FROM presence_hidden WHERE tenant_id = $1 AND user_id = $2)),
      gone AS (DELETE FROM presence o WHERE o.tenant_id = $1 AND o.user_id = $2 AND o.tab = $3
        AND NOT EXISTS (SELECT FROM shown s
          WHERE s.type = o.subject_type AND s.id = o.subject_id AND s.step = o.step_id))
      INSERT INTO presence (tenant_id, user_id, tab, subject_type, subject_id, step_id, user_name, doing)
      SELECT $1, $2, $3, type, id, step, $8, doing FROM shown
      WHERE (SELECT count(*) FROM presence WHERE tenant_id = $1 AND user_id = $2 AND tab <> $3) < ${maxRows}
      ON CONFLICT (tenant_id, user_id, tab, subject_type, subject_id, step_id) DO UPDATE
      SET seen_at = now(), doing = excluded.doing, user_name = excluded.user_name`,
    values: [tenantId, person.id, tab, ...columns, person.name],
    bookkeeping: true,
  });
}

/**
 * The others at these places, those first who came first. Who hides is not shown, even if their tab was writing when they
 * chose it.
 */
export function readOthers(
  connection: TenantConnection,
  userId: string,
  at: readonly Omit<Place, 'doing'>[],
): Promise<Person[]> {
  return connection.query<Person & Record<string, unknown>>({
    name: 'presence_others',
    text: `SELECT p.type, p.id, p.step AS "stepId", found.* FROM unnest($3::text[], $4::uuid[], $5::text[]) AS p (type, id, step),
      LATERAL (SELECT user_id AS "userId", max(user_name) AS name, min(since) AS since,
          (array_agg(doing ORDER BY ${doingRank} DESC))[1] AS doing
        FROM presence o WHERE tenant_id = $1 AND subject_id = p.id AND subject_type = p.type AND step_id = p.step
          AND user_id <> $2 AND ${here}
          AND NOT EXISTS (SELECT FROM presence_hidden h WHERE h.tenant_id = $1 AND h.user_id = o.user_id)
        GROUP BY user_id ORDER BY min(since), user_id LIMIT ${maxPeople}) found`,
    values: [
      connection.tenantId,
      userId,
      at.map(({ type }) => type),
      at.map(({ id }) => id),
      at.map(({ stepId }) => stepId),
    ],
  });
}

/** A place where several people are, and what they do, as a text that changes when it does. */
export interface Meeting {
  tenantId: string;
  place: string;
  people: string[];
  state: string;
}

/** Where people of these organizations meet. Most have a page to themselves: that concerns no one. */
export function readMeetings(connection: SystemConnection, tenantIds: string[]): Promise<Meeting[]> {
  return connection.query<Meeting & Record<string, unknown>>({
    name: 'presence_meetings',
    text: `SELECT tenant_id AS "tenantId", subject_type || '/' || subject_id || '/' || step_id AS place,
        array_agg(DISTINCT user_id) AS people,
        md5(string_agg(DISTINCT user_id || ' ' || doing, ',' ORDER BY user_id || ' ' || doing)) AS state
      FROM presence WHERE tenant_id = ANY ($1::uuid[]) AND ${here}
      GROUP BY tenant_id, subject_type, subject_id, step_id HAVING count(DISTINCT user_id) > 1`,
    values: [tenantIds],
  });
}

/** Nothing of it is kept. */
export async function removeOldPresence(connection: SystemConnection): Promise<void> {
  await connection.query({
    name: 'presence_old',
    text: "DELETE FROM presence WHERE seen_at < now() - interval '1 minute'",
  });
}

const ofPerson = (connection: TenantConnection, userId: string) =>
  and(eq(presenceHidden.tenant_id, connection.tenantId), eq(presenceHidden.user_id, userId));

export async function readHidden(connection: TenantConnection, userId: string): Promise<boolean> {
  const rows = await connection.orm.select().from(presenceHidden).where(ofPerson(connection, userId));
  return rows.length > 0;
}

/** @returns whether it was different before */
export async function writeHidden(
  connection: TenantConnection,
  userId: string,
  hidden: boolean,
): Promise<boolean> {
  if (!hidden) {
    const rows = await connection.orm.delete(presenceHidden).where(ofPerson(connection, userId)).returning();
    return rows.length > 0;
  }
  const rows = await connection.orm
    .insert(presenceHidden)
    .values({ tenant_id: connection.tenantId, user_id: userId })
    .onConflictDoNothing()
    .returning();
  await connection.query({
    name: 'presence_leave',
    text: 'DELETE FROM presence WHERE tenant_id = $1 AND user_id = $2',
    values: [connection.tenantId, userId],
  });
  return rows.length > 0;
}
