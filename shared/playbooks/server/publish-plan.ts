import type { z } from 'zod';
import type { TenantConnection } from '../../platform/db/database.ts';
import { readPlaybookVersion } from '../db/playbook-versions.ts';
import { readPlaybook } from '../db/playbooks.ts';
import { listRunsUnderWay } from '../db/playbooks-list.ts';
import { diffDocuments } from '../diff-documents.ts';
import type { publishPlanSchema } from '../playbook-schemas.ts';
import { checkDocument } from './check-document.ts';
import { parseShape } from './check-shape.ts';
import { coversPlan } from './checks/covers.ts';
import { expressionFacts } from './checks/expression-facts.ts';
import { noDraft, noPlaybook } from './playbook-service.ts';

const maxRuns = 200;

/**
 * What publishing the draft would do. Open runs stay on the version that they started with.
 * @throws InterlockError `not_found`, or `conflict` when there is no draft
 */
export async function readPublishPlan(
  connection: TenantConnection,
  playbookId: string,
): Promise<z.infer<typeof publishPlanSchema>> {
  const row = await readPlaybook(connection, playbookId);
  if (!row) throw noPlaybook();
  if (!row.draft) throw noDraft();
  const published =
    row.published_version === null
      ? null
      : await readPlaybookVersion(connection, row.id, row.published_version);
  const { document } = parseShape(row.draft);
  const runs = await listRunsUnderWay(connection, row.id, maxRuns);
  return {
    issues: await checkDocument(connection, row.draft),
    fromVersion: row.published_version,
    toVersion: (row.published_version ?? 0) + 1,
    changes: document ? diffDocuments(published?.document ?? null, document) : [],
    covers: document ? coversPlan(document, expressionFacts) : [],
    before: row.document,
    after: row.draft,
    runs: runs.map((run) => ({
      id: run.id,
      version: run.playbook_version,
      exceptionId: run.exception_id,
      currentSteps: run.current_steps,
    })),
  };
}
