import {
  AuditMismatch,
  type Verified,
  type VerifyOptions,
  verifyExport,
} from '../../shared/events/server/audit/verify-export.ts';
import { readJson } from '../../shared/platform/read-json.ts';
import { contentDigest, type EvidencePack, evidenceFormat } from './evidence-pack.ts';
import { dataOf, renderEvidence } from './render-evidence.ts';

/** What a file of evidence is about. */
export interface VerifiedEvidence extends Verified {
  title: string;
  exportedAt: string;
}

/** Whether a file is evidence, and not an export of the audit trail. */
export const isEvidence = (start: string): boolean =>
  /^\s*<!doctype html/i.test(start) || start.startsWith(`{"format":"${evidenceFormat}"`);

/**
 * Checks a pack, as JSON or as the page, without the database and without Interlock's server.
 * @throws AuditMismatch for the first thing that is not as it was sealed
 */
export async function verifyEvidence(file: string, options?: VerifyOptions): Promise<VerifiedEvidence> {
  const page = isJson(file) ? null : file;
  const pack = readPack(page === null ? file : dataOf(page));
  if (page !== null && renderEvidence(pack) !== page)
    throw new AuditMismatch(
      'The page does not say what its own data says: it was altered, or made by another version of Interlock. Check the JSON of the same case.',
    );
  const verified = await verifyExport(toLines(pack.audit), options);
  const digest = contentDigest(pack.content);
  const { exception, exportedAt } = pack.content;
  if (!pack.audit.some((line) => isProof(line, exception.id, digest)))
    throw new AuditMismatch('The content of the case is not what was sealed when this file was made.');
  return { ...verified, title: exception.title, exportedAt };
}

const isJson = (file: string): boolean => file.trimStart().startsWith('{');

function readPack(text: string | null): EvidencePack {
  try {
    const pack = readJson(text ?? '') as unknown as EvidencePack;
    if (pack.format === evidenceFormat && Array.isArray(pack.audit)) return pack;
  } catch {
    // Below.
  }
  throw new AuditMismatch('The file holds no evidence that can be read.');
}

/** The lines have been verified, so a line that says it is one event of the trail. */
function isProof(line: string, exceptionId: string, digest: string): boolean {
  const { kind, type, subjectId, data } = JSON.parse(line) as Record<string, unknown>;
  return (
    kind === 'event' &&
    type === 'EvidenceExported' &&
    subjectId === exceptionId &&
    (data as { digest?: unknown }).digest === digest
  );
}

async function* toLines(lines: readonly unknown[]): AsyncGenerator<string> {
  for (const line of lines) {
    if (typeof line !== 'string') throw new AuditMismatch('A line of the audit trail is no text.');
    yield line;
  }
}
