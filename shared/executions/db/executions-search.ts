import { idWord, jsonWords } from '../../search/search-text.ts';
import type { SearchSource } from '../../search/server/index-events.ts';

/** More of an input is not searched. */
const inputCharacters = 8_000;

interface Row {
  id: string;
  tenantId: string;
  /** Its tool, who requested it and what went wrong. */
  texts: (string | null)[];
  input: string | null;
}

/** The input is redacted, as everything that is stored. */
export const executionTexts: SearchSource = {
  type: 'execution',
  events: ['ToolExecutionRequested', 'ToolExecutionFailed', 'ToolExecutionSettled'],
  async read(connection, ids) {
    const rows = await connection.query<Row>({
      name: 'executions_search',
      text: `SELECT id, tenant_id AS "tenantId",
          ARRAY[tool_title, tool_name, requested_by_actor_name, error_message, failure_reason] AS texts,
          left(input_payload::text, ${inputCharacters}) AS input
        FROM tool_execution WHERE id = ANY($1::uuid[])`,
      values: [ids],
    });
    return rows.map(({ id, tenantId, texts, input }) => ({
      tenantId,
      id,
      parts: [idWord(id), ...texts, jsonWords(input ?? '')],
    }));
  },
};
