import { z } from 'zod';
import { findRequestKey } from '../../../platform/db/request-keys.ts';
import { defineAction, exceptionOf, objectValue } from './action.ts';

const valuesSchema = z.object({
  playbook: z.string().min(1).max(128),
  exceptionId: z.string().optional(),
  input: objectValue.default({}),
});

export const startPlaybook = defineAction<z.output<typeof valuesSchema>>({
  values: valuesSchema,
  async run(context, { playbook, exceptionId: reference, input }) {
    const { services, identity, requestId, key } = context;
    // An interrupted attempt has started it; an input that is computed again may differ.
    const before = await services.db.tenant(identity.tenantId, (connection) =>
      findRequestKey(connection, 'playbook_run', key),
    );
    const exceptionId = await exceptionOf(context, reference);
    const runId =
      before?.subjectId ??
      (
        await services.runs.start(
          { services, identity, requestId },
          { playbookId: playbook, exceptionId: exceptionId ?? undefined, input, idempotencyKey: key },
        )
      ).id;
    return {
      status: 'succeeded',
      message: `Started ${playbook}.`,
      runId,
      ...(exceptionId !== null && { exceptionId }),
    };
  },
});
