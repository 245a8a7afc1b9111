import { z } from 'zod';
import { exceptionLabel } from '../../../exceptions/exception-number.ts';
import { resolutionCodes } from '../../../exceptions/exception-schemas.ts';
import { resolveException as resolve } from '../../../exceptions/server/change-exception.ts';
import { InterlockError } from '../../../platform/error-codes.ts';
import { lockGroup, markResolved } from '../../db/inbound-groups.ts';
import { type ActionDone, defineAction, shortened, textValue } from './action.ts';
import { groupOf } from './groups.ts';

const valuesSchema = z.object({
  groupBy: textValue,
  code: z.enum(resolutionCodes),
  note: shortened(4096).optional(),
});

const skipped = (message: string): ActionDone => ({ status: 'skipped', message });

export const resolveException = defineAction<z.output<typeof valuesSchema>>({
  values: valuesSchema,
  async run(context, { groupBy, code, note }) {
    const { services, identity, requestId, deliveryId } = context;
    const group = groupOf(context, groupBy);
    const found = await services.db.tenantTransaction(identity.tenantId, async (connection) => {
      await markResolved(connection, group, deliveryId);
      return lockGroup(connection, group);
    });
    if (!found?.exceptionId || found.number === null)
      return skipped('No exception was opened with this key.');
    if (found.openedBy !== null && found.openedBy > deliveryId)
      return skipped('A later delivery has said that it is open again.');
    const { exceptionId: id, number } = found;
    const done = { exceptionId: id, opened: { id, number, isNew: false, count: found.seenCount } };
    if (!found.unresolved) return { ...skipped(`${exceptionLabel(number)} is resolved already.`), ...done };
    try {
      await resolve({ services, identity, requestId }, { id, code, note });
    } catch (error) {
      // Someone was faster.
      if (!(error instanceof InterlockError) || error.code !== 'conflict') throw error;
      return { ...skipped(`${exceptionLabel(number)} is resolved already.`), ...done };
    }
    return { status: 'succeeded', message: `Resolved ${exceptionLabel(number)}.`, ...done };
  },
});
