import { findRequestKey } from '../../../platform/db/request-keys.ts';
import { InterlockError } from '../../../platform/error-codes.ts';
import type { TargetRunner } from './target-runner.ts';

export const batch: TargetRunner = {
  permission: 'tools.execute',
  started: 'batch',
  async check(services, identity, target) {
    const { counts } = await services.batches.preview({ services, identity }, target.batch!).catch(atBatch);
    const name = target.batch!.title ?? (counts.total === 1 ? '1 call' : `${counts.total} calls`);
    return { id: null, name, target: { batch: target.batch } };
  },
  find: async (connection, key) => (await findRequestKey(connection, 'batch', key))?.subjectId ?? null,
  async start(context, target, idempotencyKey) {
    const { id } = await context.services.batches.create(context, {
      ...target.batch!,
      idempotencyKey,
      waitMs: 0,
    });
    return id;
  },
  cancel: (context, id) => context.services.batches.cancel(context, id),
};

function atBatch(error: unknown): never {
  if (!(error instanceof InterlockError) || !error.issues) throw error;
  const issues = error.issues.map((issue) => ({ ...issue, path: `/batch${issue.path}` }));
  throw new InterlockError(error.code, error.message, { issues, details: error.details });
}
