import { v5 as uuidv5 } from 'uuid';
import { z } from 'zod';
import { InterlockError } from '../../../platform/error-codes.ts';
import { isUuid } from '../../../platform/ids.ts';
import type { JsonValue } from '../../../platform/json.ts';
import { lockGroup } from '../../db/inbound-groups.ts';
import { type ActionContext, type ActionDone, defineAction, exceptionOf, textValue } from './action.ts';
import { groupOf } from './groups.ts';

const valuesSchema = z.object({
  event: z.string().min(1).max(64).optional(),
  step: z.string().min(1).max(64).optional(),
  outcome: z.string().max(64).optional(),
  data: z.custom<JsonValue>().optional(),
  runId: z.string().optional(),
  exceptionId: z.string().optional(),
  groupBy: textValue.optional(),
});
type Values = z.output<typeof valuesSchema>;

/** An exception has few open runs. */
const maxRuns = 50;
/** Request ids of completions are uuids. */
const namespace = '5b0d9b52-6d0c-4c55-9c0e-6a8f3c2b7d11';

export const deliverEvent = defineAction<Values>({
  values: valuesSchema,
  async run(context, values) {
    const runs = await runsOf(context, values);
    if (runs.length === 0) return { status: 'skipped', message: 'No open run is concerned.' };
    let kept = false;
    for (const runId of runs) {
      const result = await deliver(context, values, runId);
      if (result?.status === 'succeeded') return result;
      kept ||= result !== null;
    }
    return kept
      ? { status: 'succeeded', message: 'Kept for a step that will wait for it.', runId: runs[0]! }
      : { status: 'skipped', message: 'No step waits for it.' };
  },
});

/** @returns null when no step of the run waits for it; `skipped` when it is kept for one that will */
async function deliver(context: ActionContext, values: Values, runId: string): Promise<ActionDone | null> {
  const { services, identity, requestId, key, body } = context;
  const change = { services, identity, requestId };
  const completion = uuidv5(`${key}/${runId}`, namespace);
  if (values.step !== undefined) {
    await services.runs.complete(change, {
      runId,
      stepId: values.step,
      outcome: values.outcome,
      input: values.data,
      requestId: completion,
    });
    return { status: 'succeeded', message: `Completed the step ${values.step}.`, runId };
  }
  const sent = await services.runs.sendEvent(change, {
    runId,
    name: values.event!,
    data: values.data ?? body,
    requestId: completion,
  });
  if (sent.received.length > 0)
    return { status: 'succeeded', message: `Received by ${sent.received.join(', ')}.`, runId };
  return sent.kept ? { status: 'skipped', message: null, runId } : null;
}

/** The run that is named, or the open runs of an exception. @throws InterlockError `not_found` or `invalid_input` */
async function runsOf(context: ActionContext, values: Values): Promise<string[]> {
  if (values.runId !== undefined) {
    if (!isUuid(values.runId)) throw new InterlockError('not_found', 'Run not found.');
    return [values.runId];
  }
  const { services, identity } = context;
  const exceptionId =
    values.groupBy === undefined
      ? await exceptionOf(context, values.exceptionId)
      : await services.db.tenantTransaction(
          identity.tenantId,
          async (connection) =>
            (await lockGroup(connection, groupOf(context, values.groupBy!)))?.exceptionId ?? null,
        );
  if (exceptionId === null) {
    if (values.groupBy !== undefined) return [];
    throw new InterlockError('invalid_input', 'Say which run or exception the event is for.');
  }
  const { items } = await services.runs.list(
    { services, identity },
    { exceptionId, status: 'open', limit: maxRuns },
  );
  return items.map(({ id }) => id);
}
