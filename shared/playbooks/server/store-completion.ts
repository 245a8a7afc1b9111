import { v7 as uuidv7 } from 'uuid';
import { previewOf } from '../../executions/server/preview-call.ts';
import { InterlockError } from '../../platform/error-codes.ts';
import { type CompletionRow, insertCompletion } from '../db/step-completions.ts';
import { checkCompletion, type SentCompletion } from './check-completion.ts';
import type { StepSituation } from './find-step.ts';
import type { PlaybookContext } from './run-context.ts';
import type { ToolRequest } from './step-runner.ts';
import type { Subject } from './step-subject.ts';

export interface NewCompletion extends SentCompletion {
  /** Of the request that was shown. */
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
  { requestId, fingerprint, previewDigest, ...sent }: NewCompletion,
  { actor, roles, person }: Subject,
): Promise<CompletionRow> {
  const { run, row } = situation;
  const { request, ...checked } = await checkCompletion(context, situation, sent);
  const shown = await checkDigest(context, previewDigest, request);
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

/**
 * The digest of the request that was shown, for outcomes whose request can be previewed.
 * @throws InterlockError `preview_changed` when it is not the request that would run
 */
async function checkDigest(
  context: PlaybookContext,
  digest: string | undefined,
  request: ToolRequest | null,
): Promise<string | null> {
  if (digest === undefined || !request) return null;
  const preview = await previewOf(context, request.tool, request.payload);
  if (preview.digest === digest) return digest;
  throw new InterlockError('preview_changed', 'The request has changed since the preview. Review it again.');
}
