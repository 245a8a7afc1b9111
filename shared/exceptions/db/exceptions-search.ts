import { jsonWords } from '../../search/search-text.ts';
import type { SearchSource } from '../../search/server/index-events.ts';

interface Row {
  id: string;
  tenantId: string;
  texts: (string | null)[];
  attributes: string;
  said: string | null;
}

/** With its comments and links; of many, the newest. */
export const exceptionTexts: SearchSource = {
  type: 'exception',
  events: [
    'ExceptionCreated',
    'ExceptionUpdated',
    'ExceptionAssigned',
    'ExceptionCommented',
    'ExceptionLinked',
    'ExceptionUnlinked',
    'ExceptionResolved',
    'ExceptionReopened',
  ],
  async read(connection, ids) {
    const rows = await connection.query<Row>({
      name: 'exceptions_search',
      text: `SELECT e.id, e.tenant_id AS "tenantId",
          ARRAY[e.title, e.source, e.assignee_name, e.created_by_name, e.resolution_note] AS texts,
          left(e.attributes::text, 8000) AS attributes,
          concat_ws(' ', left(e.description, 1000),
            (SELECT string_agg(concat_ws(' ', l.title, l.url), ' ')
              FROM (SELECT title, url FROM exception_link WHERE exception_id = e.id ORDER BY id DESC LIMIT 20) l),
            (SELECT string_agg(c.body, ' ')
              FROM (SELECT left(body, 1000) AS body FROM comment WHERE exception_id = e.id ORDER BY id DESC LIMIT 50) c),
            (SELECT string_agg(DISTINCT m.user_name, ' ')
              FROM (SELECT user_name FROM comment_mention WHERE exception_id = e.id ORDER BY comment_id DESC LIMIT 50) m)
          ) AS said
        FROM exception e WHERE e.id = ANY($1::uuid[])`,
      values: [ids],
    });
    return rows.map(({ id, tenantId, texts, attributes, said }) => ({
      tenantId,
      id,
      parts: [...texts, jsonWords(attributes), said],
    }));
  },
};
