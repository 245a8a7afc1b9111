import type { TenantConnection } from '../../platform/db/database.ts';
import { escapeLike } from '../../platform/db/escape-like.ts';
import type { RunRow } from './playbook-runs.ts';
import type { PlaybookRow } from './playbooks.ts';
import type { StoredDocument } from './tables.ts';

export interface PlaybookListFilter {
  status?: 'draft' | 'published' | undefined;
  q?: string | undefined;
  /** Only these. */
  ids?: readonly string[] | undefined;
  after?: { name: string; id: string } | undefined;
  limit: number;
}

export interface PlaybookListRow
  extends Pick<PlaybookRow, 'id' | 'name' | 'title' | 'description' | 'published_version' | 'updated_at'> {
  has_draft: boolean;
  /** The published document, or the draft before the first version. */
  document: StoredDocument;
  open_runs: number;
  runs_30d: number;
}

/** A page by (name, id); runs are counted for the playbooks of the page only. */
export function listPlaybooks(
  connection: TenantConnection,
  filter: PlaybookListFilter,
): Promise<PlaybookListRow[]> {
  return connection.query<PlaybookListRow>({
    text: `WITH page AS (
        SELECT * FROM playbook
        WHERE tenant_id = $1 AND archived_at IS NULL
          AND ($2::boolean IS NULL OR (published_version IS NOT NULL) = $2)
          AND ($3::text IS NULL OR name ILIKE $3 OR title ILIKE $3 OR description ILIKE $3)
          AND ($4::text IS NULL OR (name, id) > ($4, $5::uuid))
          AND ($7::uuid[] IS NULL OR id = ANY($7))
        ORDER BY name, id LIMIT $6)
      SELECT page.id, page.name, page.title, page.description, page.published_version, page.updated_at,
        page.draft IS NOT NULL AS has_draft, coalesce(v.document, page.draft) AS document,
        open.runs AS open_runs, month.runs AS runs_30d
      FROM page
      LEFT JOIN playbook_version v ON v.playbook_id = page.id AND v.version = page.published_version AND v.tenant_id = $1
      LEFT JOIN LATERAL (
        SELECT count(*)::int AS runs FROM playbook_run r
        WHERE r.tenant_id = $1 AND r.playbook_id = page.id AND r.status IN ('running', 'waiting')) open ON true
      LEFT JOIN LATERAL (
        SELECT count(*)::int AS runs FROM playbook_run r
        WHERE r.tenant_id = $1 AND r.playbook_id = page.id AND r.id >= interlock_uuid_floor(now() - interval '30 days')) month ON true
      ORDER BY page.name, page.id`,
    values: [
      connection.tenantId,
      filter.status === undefined ? null : filter.status === 'published',
      filter.q ? `%${escapeLike(filter.q)}%` : null,
      filter.after?.name ?? null,
      filter.after?.id ?? null,
      filter.limit,
      filter.ids ?? null,
    ],
  });
}

export interface OpenRunRow extends Pick<RunRow, 'id' | 'playbook_version' | 'exception_id'> {
  current_steps: string[];
}

/** Open runs of a playbook, newest first, with their open steps. */
export function listRunsUnderWay(
  connection: TenantConnection,
  playbookId: string,
  limit: number,
): Promise<OpenRunRow[]> {
  return connection.query<OpenRunRow>({
    name: 'playbook_runs_under_way',
    text: `SELECT r.id, r.playbook_version, r.exception_id, coalesce((
        SELECT array_agg(s.step_id ORDER BY s.opened_at, s.id) FROM playbook_step_run s
        WHERE s.run_id = r.id AND s.status IN ('waiting', 'running', 'outcome_unknown')), '{}') AS current_steps
      FROM playbook_run r
      WHERE r.tenant_id = $1 AND r.playbook_id = $2 AND r.status IN ('running', 'waiting')
      ORDER BY r.id DESC LIMIT $3`,
    values: [connection.tenantId, playbookId, limit],
  });
}
