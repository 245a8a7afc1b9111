import type { Database } from '../../platform/db/database.ts';
import type { Issue } from '../../platform/error-codes.ts';
import type { PlaybookDocument } from '../playbook-document.ts';
import { parseShape } from './check-shape.ts';
import { type Catalog, loadCatalog } from './checks/catalog.ts';
import { checkCalls } from './checks/check-calls.ts';
import { checkExpressions } from './checks/check-expressions.ts';
import { checkFlow } from './checks/check-flow.ts';
import { checkPeople } from './checks/check-people.ts';
import { checkSteps } from './checks/check-steps.ts';
import { checkCovers, placementOf } from './checks/covers.ts';
import { readExpressions } from './checks/read-expressions.ts';
import { readableParts } from './readable-parts.ts';

/**
 * Every problem that prevents publishing a document, at its path; empty when it can be published. A step whose shape is
 * wrong does not hide the problems of the others.
 * @param known what the document names, when it is written in the same transaction
 */
export async function checkDocument(
  db: Database,
  tenantId: string,
  sent: unknown,
  known?: Catalog,
): Promise<Issue[]> {
  const { document: whole, issues } = parseShape(sent);
  const { document, holds } = whole ? { document: whole, holds: () => true } : readableParts(sent, issues);
  if (!document) return issues;
  const catalog = known ?? (await db.tenant(tenantId, (connection) => loadCatalog(connection, [document])));
  const found = [
    ...(await documentIssues(document, catalog, tenantId)),
    ...(await checkPeople(db, tenantId, document)),
  ];
  return [...issues, ...found.filter(holds)];
}

/** The same for a document whose shape is valid, with the tools and playbooks of the catalog. */
export async function documentIssues(
  document: PlaybookDocument,
  catalog: Catalog,
  tenantId: string,
): Promise<Issue[]> {
  const placement = placementOf(document);
  const own = await checkSteps(document, placement.placed, tenantId);
  const read = await readExpressions(document, tenantId);
  if ('problem' in read) return [...own, read.problem];
  const source = { document, catalog, ...placement, expressions: read.expressions, tenantId };
  const found = [
    ...own,
    ...checkExpressions(source),
    ...checkFlow(document),
    ...(await checkCalls(source)),
    ...checkCovers(source),
  ];
  return [...new Map(found.map((issue) => [`${issue.path}\n${issue.message}`, issue])).values()];
}
