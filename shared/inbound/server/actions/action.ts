import { z } from 'zod';
import type { ChangeContext } from '../../../events/server/change-context.ts';
import { InterlockError } from '../../../platform/error-codes.ts';
import { ExactNumber, numberText } from '../../../platform/exact-number.ts';
import type { JsonObject, JsonValue } from '../../../platform/json.ts';
import type { ActionResult } from '../../inbound-schemas.ts';
import type { InboundServices } from '../inbound-services.ts';

/** The exception that an action opened or found: `opened` of the expressions after it. */
export interface OpenedException {
  id: string;
  number: number;
  /** It was opened by this delivery. */
  isNew: boolean;
  /** How many deliveries were about it. */
  count: number;
}

/** One action of a delivery, for one item. */
export interface ActionContext extends ChangeContext<InboundServices> {
  webhookId: string;
  deliveryId: string;
  /** What the source calls the event. */
  event: string | null;
  /** The same at every attempt: with it, an action takes effect once. */
  key: string;
  body: JsonValue;
  opened: OpenedException | null;
}

export interface ActionDone {
  status: 'succeeded' | 'skipped';
  message: string | null;
  exceptionId?: string;
  runId?: string;
  executionId?: string;
  opened?: OpenedException;
}

/** How one kind of action is done. */
export interface ActionRunner<Values> {
  /** Its fields with their values. */
  values: z.ZodType<Values>;
  /** @throws InterlockError when it cannot be done, or not now */
  run(context: ActionContext, values: Values): Promise<ActionDone>;
}

export const defineAction = <Values>(runner: ActionRunner<Values>): ActionRunner<Values> => runner;

/** A value that people read: numbers are written out. */
export const textValue = z
  .union([z.string(), z.number(), z.boolean(), z.instanceof(ExactNumber)])
  .transform((value) =>
    typeof value === 'number' || value instanceof ExactNumber ? numberText(value) : String(value),
  );

/** A text that is cut rather than refused. */
export const shortened = (length: number) =>
  textValue.transform((text) => (text.length > length ? `${text.slice(0, length - 1)}…` : text));

export const objectValue = z.custom<JsonObject>(
  (value) =>
    typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof ExactNumber),
  'must be an object',
);

/**
 * The exception that an action is about: the one that it names, or the one that an earlier action opened.
 * @throws InterlockError `not_found`
 */
export async function exceptionOf(
  { services, identity, opened }: ActionContext,
  reference: string | undefined,
): Promise<string | null> {
  if (reference === undefined) return opened?.id ?? null;
  const id = await services.findException(identity.tenantId, reference);
  if (id === null) throw new InterlockError('not_found', `Exception ${reference} not found.`);
  return id;
}

/** The parts of a result that say what an action made. */
export const madeBy = ({
  exceptionId,
  runId,
  executionId,
  opened,
}: ActionDone): Pick<ActionResult, 'exceptionId' | 'runId' | 'executionId' | 'opened'> => ({
  exceptionId: exceptionId ?? null,
  runId: runId ?? null,
  executionId: executionId ?? null,
  opened: opened ?? null,
});
