import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type AuditHead, auditHeadSchema } from '../../audit-schemas.ts';

/** The heads in the files of a folder. Lines that are none are skipped: the reader compares what there is. */
export async function readHeadFiles(folder: string): Promise<AuditHead[]> {
  const files = (await readdir(folder, { recursive: true })).filter((name) => name.endsWith('.ndjson'));
  const heads: AuditHead[] = [];
  for (const file of files.toSorted()) {
    const lines = (await readFile(join(folder, file), 'utf8')).split('\n').filter(Boolean);
    for (const line of lines) {
      const parsed = auditHeadSchema.safeParse(parseLine(line));
      if (parsed.success) heads.push(parsed.data);
    }
  }
  return heads;
}

function parseLine(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}
