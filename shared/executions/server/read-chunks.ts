import type { z } from 'zod';
import type { Identity } from '../../identity/roles.ts';
import { InterlockError } from '../../platform/error-codes.ts';
import { isUuid } from '../../platform/ids.ts';
import { type ChunkPosition, type ChunkRow, readChunks, readStatus } from '../db/execution-chunks.ts';
import { isTerminal } from '../db/executions-row.ts';
import type { ChunkPage, chunkListInputSchema, OutputChunk } from '../output-chunks.ts';
import type { ExecutionServices } from './execution-services.ts';

/** What an execution has shown while it runs, or ran within the last day. @throws InterlockError `not_found` */
export async function readOutputChunks(
  services: Pick<ExecutionServices, 'db'>,
  identity: Identity,
  { id, after, limit }: z.output<typeof chunkListInputSchema>,
): Promise<ChunkPage> {
  const from = positionOf(after);
  // Its state first: whoever ends an execution has written its chunks before.
  const { status, rows } = await services.db.tenant(identity.tenantId, async (connection) => {
    const status = isUuid(id) ? await readStatus(connection, id) : null;
    if (status === null) throw new InterlockError('not_found', 'Execution not found.');
    return { status, rows: await readChunks(connection, { executionId: id, after: from, limit }) };
  });
  return {
    items: rows.map(shownChunk),
    after: formatChunkPosition(rows.at(-1) ?? from),
    ended: isTerminal({ status }) && rows.length < limit,
  };
}

function shownChunk({ attempt, number, kind, value, created_at }: ChunkRow): OutputChunk {
  return { attempt, number, kind, value, at: created_at.toISOString() };
}

export function formatChunkPosition({ attempt, number }: ChunkPosition): string {
  return `${attempt}.${number}`;
}

function positionOf(after: string | undefined): ChunkPosition {
  const [attempt = 0, number = 0] = (after ?? '').split('.').map(Number);
  return { attempt, number };
}
