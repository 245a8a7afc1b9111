import { z } from 'zod';
import { findIdempotencyKey } from '../../../executions/db/executions-insert.ts';
import { InterlockError } from '../../../platform/error-codes.ts';
import { isUuid } from '../../../platform/ids.ts';
import { findToolIds } from '../../../tools/db/tool-names.ts';
import { type ActionContext, defineAction, exceptionOf, objectValue } from './action.ts';

const valuesSchema = z.object({
  tool: z.string().min(1).max(128),
  payload: objectValue.default({}),
  exceptionId: z.string().optional(),
});

/** The execution goes its own way from then on: its retries, its approval and its outcome are on its page. */
export const executeTool = defineAction<z.output<typeof valuesSchema>>({
  values: valuesSchema,
  async run(context, { tool, payload, exceptionId: reference }) {
    const { services, identity, requestId, key } = context;
    const exceptionId = await exceptionOf(context, reference);
    // An interrupted attempt has requested it; a payload that is computed again may differ.
    const before = await services.db.tenant(identity.tenantId, (connection) =>
      findIdempotencyKey(connection, key),
    );
    const executionId =
      before?.execution_id ??
      (
        await services.executor.execute({
          identity,
          toolId: await toolIdOf(context, tool),
          payload,
          ...(exceptionId !== null && { exceptionId }),
          idempotencyKey: key,
          waitMs: 0,
          requestId,
        })
      ).id;
    return {
      status: 'succeeded',
      message: `Requested ${tool}.`,
      executionId,
      ...(exceptionId !== null && { exceptionId }),
    };
  },
});

/** @throws InterlockError `not_found` */
async function toolIdOf({ services, identity }: ActionContext, tool: string): Promise<string> {
  if (isUuid(tool)) return tool;
  const ids = await services.db.tenant(identity.tenantId, (connection) => findToolIds(connection, [tool]));
  const id = ids.get(tool);
  if (!id) throw new InterlockError('not_found', `Tool ${tool} not found. Nothing was sent.`);
  return id;
}
