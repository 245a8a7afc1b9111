import { findIdempotencyKey } from '../../../executions/db/executions-insert.ts';
import { authorizeTool } from '../../../identity/roles.ts';
import { InterlockError } from '../../../platform/error-codes.ts';
import type { JsonValue } from '../../../platform/json.ts';
import { findToolIds } from '../../../tools/db/tool-names.ts';
import { checkEnabled, loadTool } from '../../../tools/server/tool-service.ts';
import { checkException } from './check-exception.ts';
import type { TargetRunner } from './target-runner.ts';

/** It was parsed from JSON. No payload is one without inputs. */
const payloadOf = (payload: unknown): JsonValue => (payload ?? {}) as JsonValue;

export const tool: TargetRunner = {
  permission: 'tools.execute',
  started: 'execution',
  async check(services, identity, target) {
    const { tenantId } = identity;
    const names = target.tool === undefined ? [] : [target.tool];
    const ids = await services.db.tenant(tenantId, (connection) => findToolIds(connection, names));
    const toolId = target.toolId ?? ids.get(target.tool!);
    const found = toolId === undefined ? null : await loadTool(services.db, tenantId, toolId);
    if (!found || found.archived)
      throw new InterlockError('invalid_input', 'Tool not found. Nothing was changed.', {
        issues: [
          {
            path: target.tool === undefined ? '/toolId' : '/tool',
            message: 'Tool not found',
            keyword: 'tool',
          },
        ],
      });
    checkEnabled(found);
    authorizeTool(identity, found.toolId);
    await checkException(services, tenantId, target.exceptionId);
    const payload = payloadOf(target.payload);
    const { policy } = await services.executor
      .preview({ identity, toolId: found.toolId, payload })
      .catch(atPayload);
    if (policy.effect === 'deny')
      throw new InterlockError('denied', `${policy.reason} Nothing was changed.`, {
        details: { policyId: policy.policyId },
      });
    const { exceptionId } = target;
    return {
      id: found.toolId,
      name: found.definition.title ?? found.definition.name,
      target: { toolId: found.toolId, payload, ...(exceptionId !== undefined && { exceptionId }) },
    };
  },
  find: async (connection, key) => (await findIdempotencyKey(connection, key))?.execution_id ?? null,
  async start({ services, identity, requestId }, { toolId, payload, exceptionId }, idempotencyKey) {
    const { id } = await services.executor.execute({
      identity,
      toolId: toolId!,
      payload: payloadOf(payload),
      ...(exceptionId !== undefined && { exceptionId }),
      idempotencyKey,
      waitMs: 0,
      requestId,
    });
    return id;
  },
  cancel: ({ services, identity, requestId }, executionId) =>
    services.executor.cancel({ identity, executionId, requestId }),
};

function atPayload(error: unknown): never {
  if (!(error instanceof InterlockError) || !error.issues) throw error;
  const issues = error.issues.map((issue) => ({ ...issue, path: `/payload${issue.path}` }));
  throw new InterlockError(error.code, error.message, { issues, details: error.details });
}
