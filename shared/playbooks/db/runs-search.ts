import { idWord, jsonWords } from '../../search/search-text.ts';
import type { SearchSource } from '../../search/server/index-events.ts';

interface Row {
  id: string;
  tenantId: string;
  /** Its playbook, who started it and why it ended. */
  texts: (string | null)[];
  input: string;
}

/** The input is redacted, as it is stored. */
export const runTexts: SearchSource = {
  type: 'run',
  events: ['PlaybookRunStarted', 'PlaybookRunFailed', 'PlaybookRunCancelled'],
  async read(connection, ids) {
    const rows = await connection.query<Row>({
      name: 'runs_search',
      text: `SELECT id, tenant_id AS "tenantId",
          ARRAY[playbook_title, playbook_name, started_by_name, reason] AS texts, left(input::text, 8000) AS input
        FROM playbook_run WHERE id = ANY($1::uuid[])`,
      values: [ids],
    });
    return rows.map(({ id, tenantId, texts, input }) => ({
      tenantId,
      id,
      parts: [idWord(id), ...texts, jsonWords(input)],
    }));
  },
};
