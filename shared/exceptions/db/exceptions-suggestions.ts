import type { TenantConnection } from '../../platform/db/database.ts';
import type { Severity } from '../exception-schemas.ts';

/** Like exceptions: the latest resolved ones of the domain; of the same severity too, if there are enough of them. */
const mostOfDomain = 1000;
const mostAlike = 500;
export const enoughOfSeverity = 50;
const mostOfAKind = 10;

export interface LikeCounts {
  cases: number;
  /** Only exceptions of the same severity are counted. */
  sameSeverity: boolean;
  tools: { id: string; cases: number; succeeded: number }[];
  playbooks: { id: string; name: string; title: string; cases: number; succeeded: number }[];
}

/** What was done on exceptions like this one. It reads at most 500 of them, each by an index. */
export async function countAlike(
  connection: TenantConnection,
  { id, domain, severity }: { id: string; domain: string; severity: Severity },
): Promise<LikeCounts> {
  const [row] = await connection.query<{ counts: LikeCounts }>({
    name: 'exception_alike',
    text: `WITH recent AS MATERIALIZED (
        SELECT e.id, e.severity FROM exception e
        WHERE e.tenant_id = $1 AND e.domain = $2 AND e.status = 'resolved' AND e.id <> $3
        ORDER BY e.id DESC LIMIT ${mostOfDomain}),
      narrow AS MATERIALIZED (SELECT count(*) >= ${enoughOfSeverity} AS yes FROM recent WHERE severity = $4),
      alike AS MATERIALIZED (
        SELECT id FROM recent WHERE severity = $4 OR NOT (SELECT yes FROM narrow) ORDER BY id DESC LIMIT ${mostAlike}),
      tools AS (
        SELECT x.tool_id AS id, count(*) AS cases, count(*) FILTER (WHERE x.succeeded) AS succeeded
        FROM alike CROSS JOIN LATERAL (
          SELECT e.tool_id, bool_or(e.status = 'succeeded') AS succeeded FROM tool_execution e
          WHERE e.tenant_id = $1 AND e.exception_id = alike.id::text AND e.id >= alike.id AND NOT e.test GROUP BY e.tool_id) x
        JOIN tool t ON t.id = x.tool_id AND t.archived_at IS NULL
        GROUP BY x.tool_id ORDER BY cases DESC, x.tool_id LIMIT ${mostOfAKind}),
      playbooks AS (
        SELECT p.id, p.name, p.title, count(*) AS cases, count(*) FILTER (WHERE x.succeeded) AS succeeded
        FROM alike CROSS JOIN LATERAL (
          SELECT r.playbook_id, bool_or(r.status = 'completed') AS succeeded FROM playbook_run r
          WHERE r.tenant_id = $1 AND r.exception_id = alike.id AND r.parent_run_id IS NULL GROUP BY r.playbook_id) x
        JOIN playbook p ON p.id = x.playbook_id AND p.tenant_id = $1
          AND p.archived_at IS NULL AND p.published_version IS NOT NULL
        GROUP BY p.id, p.name, p.title ORDER BY cases DESC, p.id LIMIT ${mostOfAKind})
      SELECT json_build_object('cases', (SELECT count(*) FROM alike), 'sameSeverity', (SELECT yes FROM narrow),
        'tools', (SELECT coalesce(json_agg(t), '[]') FROM tools t),
        'playbooks', (SELECT coalesce(json_agg(p), '[]') FROM playbooks p)) AS counts`,
    values: [connection.tenantId, domain, id, severity],
  });
  return row!.counts;
}
