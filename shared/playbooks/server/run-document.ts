import type { TenantConnection } from '../../platform/db/database.ts';
import type { RunRow } from '../db/playbook-runs.ts';
import { readPlaybookVersion } from '../db/playbook-versions.ts';
import { allSteps, type PlaybookDocument } from '../playbook-document.ts';
import type { Step } from '../steps/registry.ts';

type Pinned = Pick<RunRow, 'playbook_id' | 'playbook_version'>;

/** The document of the version that a run is pinned to. */
export async function loadDocument(connection: TenantConnection, run: Pinned): Promise<PlaybookDocument> {
  const version = await readPlaybookVersion(connection, run.playbook_id, run.playbook_version);
  if (!version) throw new Error('Playbook version not found');
  return version.document;
}

/** @throws when the document has no step of this id */
export async function loadStep(connection: TenantConnection, run: Pinned, stepId: string): Promise<Step> {
  const placed = allSteps(await loadDocument(connection, run)).find(({ step }) => step.id === stepId);
  if (!placed) throw new Error('Step not found in the playbook');
  return placed.step;
}
