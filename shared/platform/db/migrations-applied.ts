import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import type { SystemConnection } from './database.ts';

const journal = new URL('../../../migrations/meta/_journal.json', import.meta.url);
const journalSchema = z.object({ entries: z.array(z.object({ when: z.number() })).min(1) });
/** insufficient_privilege, undefined_table, invalid_schema_name: an earlier version of the schema. */
const older = new Set(['42501', '42P01', '3F000']);

/** Whether the database has every migration of this version of the program. It may have later ones. */
export async function migrationsApplied(connection: SystemConnection): Promise<boolean> {
  const { entries } = journalSchema.parse(JSON.parse(await readFile(journal, 'utf8')));
  const newest = Math.max(...entries.map(({ when }) => when));
  try {
    const [row] = await connection.query<{ applied: boolean }>({
      text: 'SELECT coalesce(max(created_at), 0) >= $1 AS applied FROM drizzle.__drizzle_migrations',
      values: [newest],
    });
    return row?.applied ?? false;
  } catch (error) {
    if (older.has((error as { code?: string }).code ?? '')) return false;
    throw error;
  }
}
