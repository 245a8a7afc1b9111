import type { TenantConnection } from '../../platform/db/database.ts';
import { type PublishedPlaybook, readPlaybookVersion, type VersionPin } from '../db/playbook-versions.ts';
import { allSteps, type PlaybookDocument } from '../playbook-document.ts';
import type { Step } from '../steps/registry.ts';

/** The version that a run is pinned to. */
export async function loadVersion(connection: TenantConnection, run: VersionPin): Promise<PublishedPlaybook> {
  const version = await readPlaybookVersion(connection, run.playbook_id, run.playbook_version);
  if (!version) throw new Error('Playbook version not found');
  return version;
}

/** Its document. */
export async function loadDocument(connection: TenantConnection, run: VersionPin): Promise<PlaybookDocument> {
  return (await loadVersion(connection, run)).document;
}

/** @throws when the document has no step of this id */
export async function loadStep(connection: TenantConnection, run: VersionPin, stepId: string): Promise<Step> {
  const placed = allSteps(await loadDocument(connection, run)).find(({ step }) => step.id === stepId);
  if (!placed) throw new Error('Step not found in the playbook');
  return placed.step;
}
