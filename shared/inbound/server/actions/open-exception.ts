import { z } from 'zod';
import { tell } from '../../../events/server/tell.ts';
import { readExceptionRow } from '../../../exceptions/db/exceptions.ts';
import { exceptionLabel } from '../../../exceptions/exception-number.ts';
import {
  createExceptionInputSchema,
  domainNameSchema,
  severities,
} from '../../../exceptions/exception-schemas.ts';
import { createException } from '../../../exceptions/server/create-exception.ts';
import { about } from '../../../exceptions/server/exception-context.ts';
import { findRequestKey, insertRequestKey } from '../../../platform/db/request-keys.ts';
import { countSeen, type GroupKey, lockGroup, takeGroup } from '../../db/inbound-groups.ts';
import {
  type ActionContext,
  type ActionDone,
  defineAction,
  objectValue,
  shortened,
  textValue,
} from './action.ts';
import { groupOf } from './groups.ts';

const valuesSchema = z.object({
  title: shortened(200).pipe(z.string().trim().min(1)),
  description: shortened(16_384).default(''),
  domain: domainNameSchema.default('general'),
  severity: z.enum(severities).optional(),
  attributes: objectValue.default({}),
  assignee: z.string().optional(),
  groupBy: textValue.optional(),
});
type Values = z.output<typeof valuesSchema>;

/** Another delivery has opened an exception with the key, or a later one has resolved it. */
class GroupTaken extends Error {}

export const openException = defineAction<Values>({
  values: valuesSchema,
  async run(context, values) {
    const group = values.groupBy === undefined ? null : groupOf(context, values.groupBy);
    const seen = group ? await seenAgain(context, group) : await openedBefore(context);
    if (seen) return seen;
    try {
      return await open(context, values, group);
    } catch (error) {
      const other = group && error instanceof GroupTaken ? await seenAgain(context, group) : null;
      if (other) return other;
      throw error;
    }
  },
});

async function open(context: ActionContext, values: Values, group: GroupKey | null): Promise<ActionDone> {
  const { services, identity, requestId, deliveryId, key } = context;
  const input = createExceptionInputSchema.parse({
    title: values.title,
    description: values.description,
    domain: values.domain,
    severity: values.severity,
    attributes: values.attributes,
    assignee: values.assignee,
    source: identity.actor.name,
    idempotencyKey: key,
  });
  const exception = await createException(
    { services, identity, requestId },
    input,
    async (connection, exceptionId) => {
      if (group && !(await takeGroup(connection, group, { exceptionId, deliveryId }))) throw new GroupTaken();
    },
  );
  return opened(exception.id, exception.number);
}

function opened(id: string, number: number): ActionDone {
  return {
    status: 'succeeded',
    message: `Opened ${exceptionLabel(number)}.`,
    exceptionId: id,
    opened: { id, number, isNew: true, count: 1 },
  };
}

/** What an interrupted attempt has opened. */
async function openedBefore({ services, identity, key }: ActionContext): Promise<ActionDone | null> {
  return services.db.tenant(identity.tenantId, async (connection) => {
    const entry = await findRequestKey(connection, 'exception', key);
    const row = entry && (await readExceptionRow(connection, entry.subjectId));
    return row && opened(row.id, row.number);
  });
}

/** Counts a delivery about an exception that is unresolved. @returns null when there is none */
async function seenAgain(context: ActionContext, group: GroupKey): Promise<ActionDone | null> {
  const before = await openedBefore(context);
  if (before) return before;
  const { services, identity, deliveryId, event, key } = context;
  return services.db.tenantTransaction(identity.tenantId, async (connection) => {
    const found = await lockGroup(connection, group);
    if (!found) return null;
    if (found.resolvedBy !== null && found.resolvedBy > deliveryId)
      return { status: 'skipped', message: 'A later delivery has said that it is resolved.' };
    const { exceptionId: id, number, unresolved } = found;
    if (id === null || number === null || !unresolved) return null;
    const entry = { subjectType: 'inbound_action', key, fingerprint: '', subjectId: id };
    let count = found.seenCount;
    if (await insertRequestKey(connection, entry)) {
      count = await countSeen(connection, group, deliveryId);
      await tell(
        connection,
        context,
        about(id, 'ExceptionSeenAgain', { count, deliveryId, ...(event !== null && { event }) }),
      );
    }
    return {
      status: 'succeeded',
      message: `${exceptionLabel(number)} was open already: seen ${count} times.`,
      exceptionId: id,
      opened: { id, number, isNew: false, count },
    };
  });
}
