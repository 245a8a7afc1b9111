import type { z } from 'zod';
import type { Database } from '../../platform/db/database.ts';
import { readPlaybookVersion } from '../db/playbook-versions.ts';
import { readPlaybook } from '../db/playbooks.ts';
import { listRunsUnderWay } from '../db/playbooks-list.ts';
import { diffDocuments } from '../diff-documents.ts';
import type { publishPlanSchema } from '../playbook-schemas.ts';
import { checkDocument } from './check-document.ts';
import { parseShape } from './check-shape.ts';
import { coversPlan } from './checks/covers.ts';
import { publishedExpressions } from './checks/read-expressions.ts';
import { noDraft, noPlaybook } from './playbook-errors.ts';

const maxRuns = 200;

/**
 * What publishing the draft would do. Open runs stay on the version that they started with.
 * @throws InterlockError `not_found`, or `conflict` when there is no draft
 */
export async function readPublishPlan(
  db: Database,
  tenantId: string,
  playbookId: string,
): Promise<z.infer<typeof publishPlanSchema>> {
  const { row, draft, published, runs } = await db.tenant(tenantId, async (connection) => {
    const row = await readPlaybook(connection, playbookId);
    if (!row) throw noPlaybook();
    const { draft, published_version: version } = row;
    if (!draft) throw noDraft();
    return {
      row,
      draft,
      published: version === null ? null : await readPlaybookVersion(connection, row.id, version),
      runs: await listRunsUnderWay(connection, row.id, maxRuns),
    };
  });
  const { document } = parseShape(draft);
  return {
    issues: await checkDocument(db, tenantId, draft),
    fromVersion: row.published_version,
    toVersion: (row.published_version ?? 0) + 1,
    changes: document ? diffDocuments(published?.document ?? null, document) : [],
    covers: document ? coversPlan(document, await publishedExpressions(document, tenantId)) : [],
    before: row.document,
    after: draft,
    runs: runs.map((run) => ({
      id: run.id,
      version: run.playbook_version,
      exceptionId: run.exception_id,
      currentSteps: run.current_steps,
    })),
  };
}
