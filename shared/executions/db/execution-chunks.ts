import type { SystemConnection, TenantConnection } from '../../platform/db/database.ts';
import type { JsonValue } from '../../platform/json.ts';
import { writeJson } from '../../platform/json-text.ts';
import type { ChunkKind } from '../output-chunks.ts';
import type { ExecutionRow } from './executions-row.ts';

/** Redacted. */
export interface NewChunk {
  number: number;
  kind: ChunkKind;
  value: JsonValue;
}

/** Chunks of one attempt while it runs: those of a call that was given up are not written. */
export async function insertChunks(
  connection: TenantConnection,
  { executionId, attempt }: { executionId: string; attempt: number },
  chunks: readonly NewChunk[],
): Promise<void> {
  await connection.query({
    name: 'execution_chunk_insert',
    text: `
INSERT INTO execution_chunk (execution_id, attempt, number, tenant_id, kind, value)
SELECT $2, $3, new.number, $1, new.kind, new.value
FROM unnest($4::int[], $5::text[], $6::json[]) AS new(number, kind, value)
WHERE EXISTS (
  SELECT FROM execution_attempt a
  WHERE a.execution_id = $2 AND a.number = $3 AND a.tenant_id = $1 AND a.status = 'running'
)
ON CONFLICT DO NOTHING`,
    values: [
      connection.tenantId,
      executionId,
      attempt,
      chunks.map(({ number }) => number),
      chunks.map(({ kind }) => kind),
      chunks.map(({ value }) => writeJson(value)),
    ],
  });
}

/** The place of a chunk in an execution. */
export interface ChunkPosition {
  attempt: number;
  number: number;
}

export interface ChunkRow extends ChunkPosition {
  kind: ChunkKind;
  value: JsonValue;
  created_at: Date;
}

/** Null when the tenant has no such execution. */
export async function readStatus(
  connection: TenantConnection,
  executionId: string,
): Promise<ExecutionRow['status'] | null> {
  const [row] = await connection.query<Pick<ExecutionRow, 'status'>>({
    name: 'execution_status',
    text: 'SELECT status FROM tool_execution WHERE id = $2 AND tenant_id = $1',
    values: [connection.tenantId, executionId],
  });
  return row?.status ?? null;
}

/** In order. */
export function readChunks(
  connection: TenantConnection,
  { executionId, after, limit }: { executionId: string; after: ChunkPosition; limit: number },
): Promise<ChunkRow[]> {
  return connection.query<ChunkRow>({
    name: 'execution_chunk_read',
    text: `
SELECT attempt, number, kind, value, created_at FROM execution_chunk
WHERE execution_id = $2 AND tenant_id = $1 AND (attempt, number) > ($3, $4)
ORDER BY attempt, number LIMIT $5`,
    values: [connection.tenantId, executionId, after.attempt, after.number, limit],
  });
}

/** Removes what is older than a day, of every tenant. */
export async function removeOldChunks(connection: SystemConnection): Promise<void> {
  await connection.query({
    name: 'execution_chunk_remove_old',
    text: `DELETE FROM execution_chunk WHERE created_at < now() - interval '1 day'`,
  });
}
