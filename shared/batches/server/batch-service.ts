import { z } from 'zod';
import type { ChangeContext, ReadContext } from '../../events/server/change-context.ts';
import { isUuid } from '../../platform/ids.ts';
import {
  assertIdCursor,
  type Page,
  type PageOfEach,
  pageFrom,
  pagesFrom,
  readCursor,
  writeCursor,
} from '../../platform/server/paging.ts';
import type { RunBatchArgs } from '../batch-contract.ts';
import type { BatchCallView, BatchSummary, batchListInputSchema } from '../batch-schemas.ts';
import { listBatches, listCallsOf } from '../db/batches.ts';
import type { BatchChange, BatchRead, BatchServices } from './batch-context.ts';
import { callView, readBatchView, summaryOf } from './batch-view.ts';
import { cancelBatch, pauseBatch, resumeBatch, retryFailedCalls } from './control-batch.ts';
import { createBatch, previewBatch } from './create-batch.ts';
import { driveBatch } from './drive-batch.ts';
import { stopBatch } from './stop-batch.ts';

/** Batches, for every door and for the worker. Doors pass the context of a request as it is; each function names its errors. */
export function createBatchService(services: BatchServices) {
  const reading =
    <Args extends unknown[], Result>(read: (context: BatchRead, ...args: Args) => Result) =>
    ({ identity }: ReadContext, ...args: Args): Result =>
      read({ services, identity }, ...args);
  const changing =
    <Args extends unknown[], Result>(change: (context: BatchChange, ...args: Args) => Result) =>
    ({ identity, requestId }: ChangeContext, ...args: Args): Result =>
      change({ services, identity, requestId }, ...args);
  return {
    list: reading(listBatchPage),
    get: reading(readBatchView),
    /** Of many at once. */
    summaries: reading(readBatchSummaries),
    callPagesOf: reading(readCallPagesOf),
    preview: reading(previewBatch),
    create: changing(createBatch),
    cancel: changing(cancelBatch),
    pause: changing(pauseBatch),
    resume: changing(resumeBatch),
    retryFailed: changing(retryFailedCalls),
    /** The worker's side. */
    drive: (args: RunBatchArgs, signal: AbortSignal) => driveBatch(services, args, signal),
    stop: (args: RunBatchArgs) => stopBatch(services, args),
  };
}

export type BatchService = ReturnType<typeof createBatchService>;

/** At most `limit` batches, newest first. @throws InterlockError `invalid_input` for an invalid cursor */
async function listBatchPage(
  { services, identity }: BatchRead,
  { status, q, cursor, limit }: z.output<typeof batchListInputSchema>,
): Promise<Page<BatchSummary>> {
  assertIdCursor(cursor);
  const rows = await services.db.tenant(identity.tenantId, (connection) =>
    listBatches(connection, { status, q, cursor, limit: limit + 1 }),
  );
  return pageFrom(
    rows,
    limit,
    ({ id }) => id,
    ({ counts, ...row }) => summaryOf(row, counts),
  );
}

/** Batches by id. Those that the tenant does not have are left out. */
async function readBatchSummaries(
  { services, identity }: BatchRead,
  ids: readonly string[],
): Promise<BatchSummary[]> {
  const known = ids.filter(isUuid);
  if (known.length === 0) return [];
  const rows = await services.db.tenant(identity.tenantId, (connection) =>
    listBatches(connection, { ids: known, limit: known.length }),
  );
  return rows.map(({ counts, ...row }) => summaryOf(row, counts));
}

const positionSchema = z.tuple([z.int().min(0)]);

/** The calls of each batch in their order, without inputs and outputs. @throws InterlockError `invalid_input` for an invalid cursor */
async function readCallPagesOf(
  { services, identity }: BatchRead,
  batchIds: readonly string[],
  { limit, cursor }: PageOfEach,
): Promise<Map<string, Page<BatchCallView>>> {
  const [after] = cursor === undefined ? [-1] : readCursor(cursor, positionSchema);
  const rows = await services.db.tenant(identity.tenantId, (connection) =>
    listCallsOf(connection, batchIds, { after, limit: limit + 1 }),
  );
  return pagesFrom(batchIds, rows, limit, {
    parentOf: (row) => row.batch_id,
    cursorOf: (row) => writeCursor([row.position]),
    view: (row) => callView(row),
  });
}
