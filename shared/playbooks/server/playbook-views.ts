import type { z } from 'zod';
import type { Actor } from '../../identity/roles.ts';
import type { Database } from '../../platform/db/database.ts';
import type { Issue } from '../../platform/error-codes.ts';
import { countSteps } from '../count-steps.ts';
import type { PlaybookVersionRow } from '../db/playbook-versions.ts';
import { type PlaybookWholeRow, readPlaybook } from '../db/playbooks.ts';
import type { PlaybookListRow } from '../db/playbooks-list.ts';
import type { PlaybookSummary, PlaybookView, playbookVersionViewSchema } from '../playbook-schemas.ts';
import { checkDocument } from './check-document.ts';
import { noPlaybook } from './playbook-errors.ts';

/** @throws InterlockError `not_found`, the same for one that is archived or another tenant's */
export async function readPlaybookView(db: Database, tenantId: string, id: string): Promise<PlaybookView> {
  const row = await db.tenant(tenantId, (connection) => readPlaybook(connection, id));
  if (!row) throw noPlaybook();
  return playbookView(row, row.draft ? await checkDocument(db, tenantId, row.draft) : []);
}

function playbookView(row: PlaybookWholeRow, issues: Issue[]): PlaybookView {
  return {
    ...headOf(row),
    document: row.document,
    draft: row.draft,
    draftRevision: row.draft_revision,
    issues,
    openRuns: row.open_runs,
    createdAt: row.created_at.toISOString(),
    createdBy: creatorOf(row),
    updatedAt: row.updated_at.toISOString(),
  };
}

export function playbookVersionView(
  playbook: Pick<PlaybookWholeRow, 'id' | 'published_version'>,
  row: PlaybookVersionRow,
): z.infer<typeof playbookVersionViewSchema> {
  return {
    playbookId: playbook.id,
    version: row.version,
    current: row.version === playbook.published_version,
    document: row.document,
    note: row.note,
    createdAt: row.created_at.toISOString(),
    createdBy: creatorOf(row),
  };
}

export function playbookSummary(row: PlaybookListRow): PlaybookSummary {
  return {
    ...headOf(row),
    hasDraft: row.has_draft,
    steps: countSteps(row.document),
    openRuns: row.open_runs,
    runs30d: row.runs_30d,
    updatedAt: row.updated_at.toISOString(),
  };
}

const headOf = (
  row: Pick<PlaybookWholeRow, 'id' | 'name' | 'title' | 'description' | 'published_version'>,
) => ({
  id: row.id,
  name: row.name,
  title: row.title,
  description: row.description,
  status: row.published_version === null ? ('draft' as const) : ('published' as const),
  version: row.published_version,
});

const creatorOf = (
  row: Pick<PlaybookWholeRow, 'created_by_type' | 'created_by_id' | 'created_by_name'>,
): Actor => ({ type: row.created_by_type, id: row.created_by_id, name: row.created_by_name });
