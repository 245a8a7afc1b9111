import { findRequestKey } from '../../../platform/db/request-keys.ts';
import { InterlockError } from '../../../platform/error-codes.ts';
import type { JsonValue } from '../../../platform/json.ts';
import { prepareRun } from '../../../playbooks/server/prepare-run.ts';
import { checkException } from './check-exception.ts';
import type { TargetRunner } from './target-runner.ts';

export const playbook: TargetRunner = {
  permission: 'runs.start',
  started: 'run',
  async check(services, { tenantId }, target) {
    await checkException(services, tenantId, target.exceptionId);
    const input = (target.input ?? {}) as JsonValue;
    const { playbook: found } = await prepareRun(services, tenantId, target.playbook!, input).catch(
      atPlaybook,
    );
    const { exceptionId } = target;
    return {
      id: found.id,
      name: found.title,
      target: { playbook: found.id, input, ...(exceptionId !== undefined && { exceptionId }) },
    };
  },
  find: async (connection, key) => (await findRequestKey(connection, 'playbook_run', key))?.subjectId ?? null,
  async start(context, { playbook: playbookId, input, exceptionId }, idempotencyKey) {
    const { id } = await context.services.runs.start(context, {
      playbookId: playbookId!,
      input: (input ?? {}) as JsonValue,
      exceptionId,
      idempotencyKey,
    });
    return id;
  },
  cancel: (context, runId) =>
    context.services.runs.cancel(context, { runId, reason: 'Cancelled by its schedule.' }),
};

function atPlaybook(error: unknown): never {
  if (!(error instanceof InterlockError) || error.code !== 'not_found') throw error;
  throw new InterlockError('invalid_input', 'Published playbook not found. Nothing was changed.', {
    issues: [{ path: '/playbook', message: 'Published playbook not found', keyword: 'playbook' }],
  });
}
