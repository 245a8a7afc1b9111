import { v7 as uuidv7 } from 'uuid';
import type { BatchInput } from '../../batches/batch-schemas.ts';
import { type Checker, checkBatch, checkBatchDigest } from '../../batches/server/check-batch.ts';
import { checkDigest, prepareCall } from '../../executions/server/prepare-execution.ts';
import type { Subject } from '../../identity/subject.ts';
import { InterlockError } from '../../platform/error-codes.ts';
import { type CompletionRow, insertCompletion } from '../db/step-completions.ts';
import type { Covers } from '../db/tables.ts';
import { checkCompletion, type SentCompletion } from './check-completion.ts';
import type { StepSituation } from './find-step.ts';
import type { PlaybookContext } from './run-context.ts';
import type { ToolRequest } from './step-runner.ts';

export interface StoreRequest extends SentCompletion {
  /** Of the preview that was shown. */
  previewDigest?: string | undefined;
  requestId: string;
  fingerprint: string;
}

/**
 * Checks a completion and stores it; deciding on it comes later.
 * @returns the row of this `requestId`: the new one, or the one that exists
 * @throws InterlockError `invalid_input`, `preview_changed`; then nothing was written
 */
export async function storeCompletion(
  context: PlaybookContext,
  situation: StepSituation,
  { requestId, fingerprint, previewDigest, ...sent }: StoreRequest,
  { actor, roles, person, limits }: Subject,
): Promise<CompletionRow> {
  const { run, row } = situation;
  const { request, batch, ...checked } = await checkCompletion(context, situation, sent);
  const checker = { tenantId: run.tenant_id, roles, ...(limits && { limits }) };
  const shown = row.covers
    ? votedDigest(row.covers, previewDigest)
    : batch
      ? await shownBatch(context, checker, previewDigest, batch)
      : await shownDigest(context, previewDigest, request);
  return context.db.tenant(run.tenant_id, (connection) =>
    insertCompletion(connection, {
      ...checked,
      id: uuidv7(),
      runId: run.id,
      stepRunId: row.id,
      requestId,
      fingerprint,
      previewDigest: shown,
      actor,
      roles,
      person,
    }),
  );
}

/** A vote is for the requests that the approval shows. @throws InterlockError `preview_changed` */
function votedDigest(covers: Covers, digest: string | undefined): string {
  if (digest !== undefined && digest !== covers.digest)
    throw new InterlockError(
      'preview_changed',
      'Nothing was decided. The requests have changed since they were shown. Read them again.',
    );
  return covers.digest;
}

/**
 * The digest to store, for outcomes whose request can be previewed.
 * @throws InterlockError `preview_changed` when the request is no longer the one that was shown
 */
async function shownDigest(
  context: PlaybookContext,
  digest: string | undefined,
  request: ToolRequest | null,
): Promise<string | null> {
  if (digest === undefined || !request) return null;
  checkDigest(context, await prepareCall(context, request.tool, request.payload), digest);
  return digest;
}

/** The same for a batch, which is checked whole. @throws InterlockError as `checkBatch`, or `preview_changed` */
async function shownBatch(
  context: PlaybookContext,
  checker: Checker,
  digest: string | undefined,
  batch: BatchInput,
): Promise<string | null> {
  const calls = await checkBatch(context, checker, batch);
  if (digest === undefined) return null;
  checkBatchDigest(context, checker.tenantId, batch, calls, digest);
  return digest;
}
