import type { SystemConnection } from '../../platform/db/database.ts';
import type { SearchSubject } from '../search-subjects.ts';

export interface NewDocument {
  tenantId: string;
  type: SearchSubject;
  id: string;
  body: string;
  /** Of the body, without the seed of its block. */
  grams: number[];
}

/** One id in 16,384 opens a block. The last 62 bits of a uuid v7 are random. */
const opensBlock = ({ id }: NewDocument) => Number.parseInt(id.slice(-4), 16) % 16_384 === 0;
const firstBlock = '00000000-0000-0000-0000-000000000000';

/**
 * Writes texts, or writes them again; of each subject one. Only one process may do so at a time. A block opens at the end
 * alone: a text stays in the block of its id, and blocks follow each other as the ids in them do.
 */
export async function writeDocuments(connection: SystemConnection, documents: NewDocument[]): Promise<void> {
  const lists = new Map(documents.map(({ tenantId, type }) => [tenantId + type, { tenantId, type }]));
  const blocks = [
    ...[...lists.values()].map((list) => ({ ...list, id: firstBlock })),
    ...documents.filter(opensBlock).map(({ tenantId, type, id }) => ({ tenantId, type, id })),
  ];
  await connection.query({
    name: 'search_blocks',
    text: `INSERT INTO search_block (tenant_id, subject_type, block_id)
      SELECT b."tenantId", b.type, b.id FROM jsonb_to_recordset($1::jsonb) AS b("tenantId" uuid, type text, id uuid)
      WHERE b.id = $2 OR NOT EXISTS (
        SELECT FROM search_document d
        WHERE d.tenant_id = b."tenantId" AND d.subject_type = b.type AND d.subject_id > b.id)
      ON CONFLICT DO NOTHING`,
    values: [JSON.stringify(blocks), firstBlock],
  });
  await connection.query({
    name: 'search_documents',
    text: `INSERT INTO search_document (tenant_id, subject_type, subject_id, block_id, body, keys)
      SELECT d."tenantId", d.type, d.id, block.id, d.body, ARRAY(SELECT gram # block.seed FROM unnest(d.grams) gram)
      FROM jsonb_to_recordset($1::jsonb) AS d("tenantId" uuid, type text, id uuid, body text, grams int[])
      CROSS JOIN LATERAL (
        SELECT b.block_id AS id, b.seed
        FROM search_block b
        WHERE b.tenant_id = d."tenantId" AND b.subject_type = d.type AND b.block_id <= d.id
        ORDER BY b.block_id DESC LIMIT 1) block
      ON CONFLICT (tenant_id, subject_type, subject_id) DO UPDATE
        SET body = excluded.body, keys = excluded.keys WHERE search_document.body <> excluded.body`,
    // PostgreSQL reads an array faster than a list of JSON.
    values: [JSON.stringify(documents.map((each) => ({ ...each, grams: `{${each.grams.join()}}` })))],
  });
}
