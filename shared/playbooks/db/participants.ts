import type { TenantConnection } from '../../platform/db/database.ts';

/** Someone who took part in a run. */
export interface Participant {
  actorId: string;
  /** The mailbox; null when it is unknown. */
  person: string | null;
  /** The first and the last step run of theirs, by id. Empty: they started a run or edited the case. */
  firstStep: string;
  lastStep: string;
}

/**
 * Who took part in each of these runs: who started a run, completed a step or sent one of its outcomes, anywhere in the
 * tree of runs that it belongs to, and who created or edited the case.
 */
export async function listParticipants(
  connection: TenantConnection,
  runIds: readonly string[],
): Promise<Map<string, Participant[]>> {
  const rows = await connection.query<Participant & { runId: string }>({
    name: 'run_participants',
    // UNION removes duplicates, so the walk ends and visits each run once, however many runs of a tree were asked for.
    text: `WITH RECURSIVE up (asked, id, parent_id, exception_id) AS (
        SELECT id, id, parent_run_id, exception_id FROM playbook_run WHERE tenant_id = $1 AND id = ANY($2::uuid[])
        UNION
        SELECT up.asked, run.id, run.parent_run_id, run.exception_id
        FROM up JOIN playbook_run run ON run.id = up.parent_id AND run.tenant_id = $1
      ), root AS (
        SELECT asked, id, exception_id FROM up WHERE parent_id IS NULL
      ), tree (root_id, id) AS (
        SELECT id, id FROM root
        UNION
        SELECT tree.root_id, run.id FROM tree JOIN playbook_run run ON run.parent_run_id = tree.id AND run.tenant_id = $1
      ), part AS (
        SELECT tree.root_id, run.started_by_id AS actor_id, run.started_by_person AS person, '' AS step
        FROM tree JOIN playbook_run run ON run.id = tree.id AND run.tenant_id = $1
        UNION
        SELECT tree.root_id, sent.actor_id, sent.person, sent.step_run_id::text
        FROM tree JOIN step_completion sent ON sent.run_id = tree.id
        WHERE sent.tenant_id = $1 AND sent.status = 'accepted'
        UNION
        SELECT root.id, editor.actor_id, nullif(editor.person, ''), ''
        FROM root JOIN exception_editor editor ON editor.exception_id = root.exception_id AND editor.tenant_id = $1
      )
      SELECT root.asked AS "runId", part.actor_id AS "actorId", part.person,
        min(part.step) AS "firstStep", max(part.step) AS "lastStep"
      FROM root JOIN part ON part.root_id = root.id GROUP BY root.asked, part.actor_id, part.person`,
    values: [connection.tenantId, runIds],
  });
  return Map.groupBy(rows, ({ runId }) => runId);
}

/** Whether this is all that they did: an outcome of this one step. */
export const onlyDid = ({ firstStep, lastStep }: Participant, stepRunId: string): boolean =>
  firstStep === stepRunId && lastStep === stepRunId;
