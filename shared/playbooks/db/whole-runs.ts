import type { TenantConnection } from '../../platform/db/database.ts';
import { parseDocument } from '../parse-document.ts';
import type { PlaybookDocument } from '../playbook-document.ts';
import type { RunRow } from './playbook-runs.ts';
import { parsed, type StoredDocument } from './playbooks.ts';
import type { CompletionRow } from './step-completions.ts';

export function readRuns(connection: TenantConnection, runIds: readonly string[]): Promise<RunRow[]> {
  return connection.query<RunRow & Record<string, unknown>>({
    name: 'runs_by_id',
    text: 'SELECT * FROM playbook_run WHERE tenant_id = $1 AND id = ANY($2::uuid[])',
    values: [connection.tenantId, runIds],
  });
}

/** Accepted completions of the steps of these runs, oldest first. */
export function listAcceptedOf(
  connection: TenantConnection,
  runIds: readonly string[],
): Promise<CompletionRow[]> {
  return connection.query<CompletionRow & Record<string, unknown>>({
    name: 'completions_accepted_of',
    text: `SELECT * FROM step_completion WHERE tenant_id = $1 AND run_id = ANY($2::uuid[]) AND status = 'accepted'
      ORDER BY decided_at, id`,
    values: [connection.tenantId, runIds],
  });
}

/**
 * The documents of these versions, by `documentKey`. A cached one needs no statement, because a version never changes: take
 * the versions from rows of this tenant.
 */
export async function readDocumentsOf(
  connection: TenantConnection,
  pins: readonly { playbook_id: string; playbook_version: number }[],
): Promise<Map<string, PlaybookDocument>> {
  const wanted = new Map(pins.map((pin) => [documentKey(pin), pin]));
  const documents = new Map<string, PlaybookDocument>();
  const missing: { playbook_id: string; playbook_version: number }[] = [];
  for (const [key, pin] of wanted) {
    const known = parsed.get(key);
    if (known) documents.set(key, known);
    else missing.push(pin);
  }
  if (missing.length === 0) return documents;
  const rows = await connection.query<{
    playbook_id: string;
    playbook_version: number;
    document: StoredDocument;
  }>({
    name: 'playbook_documents',
    text: `SELECT v.playbook_id, v.version AS playbook_version, v.document FROM playbook_version v
      JOIN unnest($2::uuid[], $3::int[]) AS w(id, version) ON v.playbook_id = w.id AND v.version = w.version
      WHERE v.tenant_id = $1`,
    values: [
      connection.tenantId,
      missing.map((pin) => pin.playbook_id),
      missing.map((pin) => pin.playbook_version),
    ],
  });
  for (const row of rows) {
    const document = parseDocument(row.document);
    parsed.set(documentKey(row), document);
    documents.set(documentKey(row), document);
  }
  return documents;
}

export const documentKey = (pin: { playbook_id: string; playbook_version: number }): string =>
  `${pin.playbook_id}/${pin.playbook_version}`;
