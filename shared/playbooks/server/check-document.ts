import type { TenantConnection } from '../../platform/db/database.ts';
import type { Issue } from '../../platform/error-codes.ts';
import type { PlaybookDocument } from '../playbook-document.ts';
import { parseShape } from './check-shape.ts';
import { type Catalog, loadCatalog } from './checks/catalog.ts';
import { checkCalls } from './checks/check-calls.ts';
import { checkExpressions } from './checks/check-expressions.ts';
import { checkFlow } from './checks/check-flow.ts';
import { checkSteps } from './checks/check-steps.ts';
import { checkCovers, placementOf } from './checks/covers.ts';

/** Every problem that prevents publishing a document, at its path; empty when it can be published. */
export async function checkDocument(connection: TenantConnection, sent: unknown): Promise<Issue[]> {
  const { document, issues } = parseShape(sent);
  return document ? documentIssues(document, await loadCatalog(connection, [document])) : issues;
}

/** The same for a document whose shape is valid, with the tools and playbooks of the catalog. */
export function documentIssues(document: PlaybookDocument, catalog: Catalog): Issue[] {
  const source = { document, catalog, ...placementOf(document) };
  const found = [
    ...checkSteps(document, source.placed),
    ...checkExpressions(source),
    ...checkFlow(document),
    ...checkCalls(source),
    ...checkCovers(source),
  ];
  return [...new Map(found.map((issue) => [`${issue.path}\n${issue.message}`, issue])).values()];
}
