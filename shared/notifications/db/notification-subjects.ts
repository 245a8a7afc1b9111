import type { SystemConnection } from '../../platform/db/database.ts';

/** What events are about, as it is now: one statement for each kind of subject. */

interface Of {
  tenantId: string;
  id: string;
}

interface CaseFacts {
  caseId: string | null;
  number: number | null;
  severity: string | null;
}

const caseColumns = 'x.id AS "caseId", x.number, x.severity';
/** An execution may name what is no exception. */
const caseOf = (id: string, tenant: string) =>
  `LEFT JOIN exception x ON x.tenant_id = ${tenant} AND x.id =
    CASE WHEN ${id}::text ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' THEN ${id}::text::uuid END`;
const wanted = 'FROM unnest($1::uuid[], $2::uuid[]) AS of(tenant_id, id)';
const valuesOf = (subjects: readonly Of[]) => [
  subjects.map(({ tenantId }) => tenantId),
  subjects.map(({ id }) => id),
];

async function read<Row>(
  connection: SystemConnection,
  name: string,
  text: string,
  subjects: readonly Of[],
): Promise<Map<string, Row>> {
  if (subjects.length === 0) return new Map();
  const rows = await connection.query<{ key: string } & Record<string, unknown>>({
    name,
    text,
    values: valuesOf(subjects),
  });
  return new Map(rows.map(({ key, ...row }) => [key, row as Row]));
}

export interface ExecutionSubject extends CaseFacts {
  title: string;
  requesterId: string;
  /** Who asked, as a mailbox. */
  requesterPerson: string | null;
  /** It belongs to a step or a batch, whose own end says more. */
  isPart: boolean;
  /** It sends a notification of something else. */
  isMessage: boolean;
  isWaiting: boolean;
  roles: string[];
  fourEyes: boolean;
}

export const readExecutions = (connection: SystemConnection, subjects: readonly Of[]) =>
  read<ExecutionSubject>(
    connection,
    'notification_executions',
    `SELECT e.id AS key, e.tool_title AS title, e.requested_by_actor_id AS "requesterId",
        a.requester_person AS "requesterPerson",
        e.playbook_step_run_id IS NOT NULL OR EXISTS (
          SELECT FROM batch_call c WHERE c.execution_id = e.id AND c.tenant_id = e.tenant_id) AS "isPart",
        coalesce(e.idempotency_key LIKE 'notification/%', false) AS "isMessage",
        e.approval_status IS NOT DISTINCT FROM 'waiting' AS "isWaiting", coalesce(a.roles, '{}') AS roles,
        coalesce(a.four_eyes, false) AS "fourEyes", ${caseColumns}
      ${wanted} JOIN tool_execution e ON e.id = of.id AND e.tenant_id = of.tenant_id
      LEFT JOIN execution_approval a ON a.execution_id = e.id AND a.tenant_id = e.tenant_id
      ${caseOf('e.exception_id', 'e.tenant_id')}`,
    subjects,
  );

export interface StepSubject extends CaseFacts {
  runId: string;
  stepId: string;
  type: string;
  title: string;
  playbook: string;
  status: string;
  roles: string[];
  users: string[];
  claimedBy: string | null;
  starterId: string;
  /** The mailbox of who started the run, if known. */
  starterPerson: string | null;
  /** Of the newest message of a notify step. */
  toRole: string | null;
  toUser: string | null;
}

export const readSteps = (connection: SystemConnection, subjects: readonly Of[]) =>
  read<StepSubject>(
    connection,
    'notification_steps',
    `SELECT s.id AS key, s.run_id AS "runId", s.step_id AS "stepId", s.type, s.title, r.playbook_title AS playbook,
        CASE WHEN r.status IN ('running', 'waiting') THEN s.status ELSE 'ended' END AS status,
        s.candidate_roles AS roles, s.candidate_users AS users, s.claimed_by_id AS "claimedBy",
        r.started_by_id AS "starterId", r.started_by_person AS "starterPerson", n.to_role AS "toRole",
        n.to_user AS "toUser", ${caseColumns}
      ${wanted} JOIN playbook_step_run s ON s.id = of.id AND s.tenant_id = of.tenant_id
      JOIN playbook_run r ON r.id = s.run_id AND r.tenant_id = s.tenant_id
      LEFT JOIN LATERAL (SELECT to_role, to_user FROM notice
        WHERE tenant_id = s.tenant_id AND step_run_id = s.id AND kind = 'notify' AND s.type = 'notify'
        ORDER BY id DESC LIMIT 1) n ON true
      ${caseOf('r.exception_id', 'r.tenant_id')}`,
    subjects,
  );

export interface OwnedSubject extends CaseFacts {
  name: string;
  ownerId: string;
  /** The mailbox of the owner, if known. */
  ownerPerson: string | null;
  /** It belongs to a run. */
  isPart: boolean;
}

export const readRunsOf = (connection: SystemConnection, subjects: readonly Of[]) =>
  read<OwnedSubject>(
    connection,
    'notification_runs',
    `SELECT r.id AS key, r.playbook_title AS name, r.started_by_id AS "ownerId",
        r.started_by_person AS "ownerPerson", r.parent_run_id IS NOT NULL AS "isPart", ${caseColumns}
      ${wanted} JOIN playbook_run r ON r.id = of.id AND r.tenant_id = of.tenant_id
      ${caseOf('r.exception_id', 'r.tenant_id')}`,
    subjects,
  );

export const readBatchesOf = (connection: SystemConnection, subjects: readonly Of[]) =>
  read<OwnedSubject>(
    connection,
    'notification_batches',
    `SELECT b.id AS key, b.title AS name, b.run_by_id AS "ownerId", NULL AS "ownerPerson",
        b.playbook_run_id IS NOT NULL AS "isPart", ${caseColumns}
      ${wanted} JOIN batch b ON b.id = of.id AND b.tenant_id = of.tenant_id
      ${caseOf('b.exception_id', 'b.tenant_id')}`,
    subjects,
  );

export const readUndosOf = (connection: SystemConnection, subjects: readonly Of[]) =>
  read<OwnedSubject & { sourceType: string; sourceId: string }>(
    connection,
    'notification_undos',
    `SELECT u.id AS key, '' AS name, u.run_by_id AS "ownerId", NULL AS "ownerPerson", false AS "isPart",
        u.source_type AS "sourceType", u.source_id AS "sourceId", ${caseColumns}
      ${wanted} JOIN undo_series u ON u.id = of.id AND u.tenant_id = of.tenant_id
      ${caseOf('u.exception_id', 'u.tenant_id')}`,
    subjects,
  );

export const readSchedulesOf = (connection: SystemConnection, subjects: readonly Of[]) =>
  read<Pick<OwnedSubject, 'name' | 'ownerId'>>(
    connection,
    'notification_schedules',
    `SELECT s.id AS key, s.title AS name, s.owner_id AS "ownerId"
      ${wanted} JOIN schedule s ON s.id = of.id AND s.tenant_id = of.tenant_id`,
    subjects,
  );

/** Of a trial, by its id. */
export const readTrialsOf = (connection: SystemConnection, subjects: readonly Of[]) =>
  read<{ ownerId: string }>(
    connection,
    'notification_trials',
    `SELECT t.id AS key, t.created_by_id AS "ownerId"
      ${wanted} JOIN tool_trial t ON t.id = of.id AND t.tenant_id = of.tenant_id`,
    subjects,
  );

export interface CaseSubject {
  number: number;
  severity: string;
  assigneeId: string | null;
  /** Actors who opened, changed, or commented on it, were named in a comment, or have it. */
  followers: string[];
}

export const readCases = (connection: SystemConnection, subjects: readonly Of[]) =>
  read<CaseSubject>(
    connection,
    'notification_cases',
    `SELECT x.id AS key, x.number, x.severity, x.assignee_id AS "assigneeId",
        ARRAY(SELECT x.created_by_id UNION SELECT x.assignee_id
          UNION SELECT actor_id FROM exception_editor d WHERE d.exception_id = x.id AND d.tenant_id = x.tenant_id
          UNION SELECT created_by_id FROM comment c WHERE c.exception_id = x.id AND c.tenant_id = x.tenant_id
          UNION SELECT user_id FROM comment_mention n WHERE n.exception_id = x.id AND n.tenant_id = x.tenant_id) AS followers
      ${wanted} JOIN exception x ON x.id = of.id AND x.tenant_id = of.tenant_id`,
    subjects,
  );

/** The host of an endpoint, or the name of an inbound webhook. */
export const readWebhooksOf = (connection: SystemConnection, subjects: readonly Of[]) =>
  read<{ name: string }>(
    connection,
    'notification_webhooks',
    `SELECT of.id AS key, coalesce(i.name, substring(w.url FROM '^[a-z]+://([^/?#]+)')) AS name ${wanted}
      LEFT JOIN webhook_endpoint w ON w.id = of.id AND w.tenant_id = of.tenant_id
      LEFT JOIN inbound_webhook i ON i.id = of.id AND i.tenant_id = of.tenant_id`,
    subjects,
  );
