import type { SystemConnection } from '../../platform/db/database.ts';
import type { CodeLanguage } from '../providers/code/config.ts';

/** The languages of the present `code` tools of every tenant. */
export async function listCodeLanguages(connection: SystemConnection): Promise<CodeLanguage[]> {
  const rows = await connection.query<{ language: CodeLanguage }>({
    text: `SELECT DISTINCT v.definition -> 'config' ->> 'language' AS language
      FROM tool t JOIN tool_version v ON v.tool_id = t.id AND v.version = t.current_version
      WHERE t.type = 'code' AND t.archived_at IS NULL`,
  });
  return rows.map(({ language }) => language);
}
