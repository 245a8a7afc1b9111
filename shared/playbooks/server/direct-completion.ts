import { v7 as uuidv7 } from 'uuid';
import { z } from 'zod';
import { InterlockError } from '../../platform/error-codes.ts';
import type { JsonValue } from '../../platform/json.ts';
import { checkStorable } from '../../platform/server/json-schema.ts';
import { type CompletionRow, findCompletion } from '../db/step-completions.ts';
import type { CompleteStepMessage } from '../playbook-contract.ts';
import type { PlaybookDocument } from '../playbook-document.ts';
import { completeStepInputSchema } from '../run-schemas.ts';
import { definitionOf, type Step } from '../steps/registry.ts';
import { stepIdSchema } from '../steps/step-common.ts';
import type { StepSituation } from './find-step.ts';
import { type PlaybookContext, temporalActor } from './run-context.ts';
import { refusedByState } from './step-rules.ts';
import { type Refusal, refuseIf } from './step-subject.ts';
import { storeCompletion } from './store-completion.ts';

const { outcome, reason, requestId } = completeStepInputSchema.shape;

/** Anyone with access to Temporal can send a message, with anything in it. Other programs may send null for nothing. */
const messageSchema = z.object({
  stepId: stepIdSchema,
  completionId: z.uuid().nullish(),
  outcome: outcome.nullable(),
  input: z.unknown().optional(),
  reason: reason.nullable(),
  requestId: requestId.nullable(),
  apiRequestId: z.uuid().nullish().catch(null),
});
export type CompletionMessage = z.output<typeof messageSchema>;

/** @throws InterlockError `invalid_input` when the message is not one that can be stored */
export function readMessage(message: CompleteStepMessage): CompletionMessage {
  const { success, data, error } = messageSchema.safeParse(message);
  if (success && checkStorable((data.input ?? null) as JsonValue).length === 0) return data;
  const field = error?.issues[0]?.path.join('/') || 'input';
  throw new InterlockError('invalid_input', `The message has an invalid ${field}. Nothing was done.`);
}

/** Whether a completion that was not checked and stored by the API may count. */
function refusedDirect(document: PlaybookDocument, step: Step): Refusal | null {
  if (definitionOf(step).votes)
    return {
      code: 'forbidden',
      message: 'An approval needs an identified person. Nothing was done. Approve in Interlock.',
    };
  if (document.directCompletion) return null;
  return {
    code: 'forbidden',
    message:
      'This playbook accepts no completions that are sent to Temporal directly. Nothing was done. Complete the step in Interlock, or through its API.',
  };
}

/** Checks and stores a message that was sent to Temporal directly. @throws InterlockError when it is refused */
export async function storeDirect(
  context: PlaybookContext,
  document: PlaybookDocument,
  situation: StepSituation,
  { outcome, input, reason, requestId }: CompletionMessage,
): Promise<CompletionRow> {
  const { run, step, row } = situation;
  refuseIf(refusedDirect(document, step));
  const id = requestId ?? uuidv7();
  const known = await context.db.tenant(run.tenant_id, (connection) =>
    findCompletion(connection, row.id, id),
  );
  if (known && known.actor_id !== temporalActor.id)
    throw new InterlockError('idempotency_conflict', 'This requestId was used for another completion.');
  if (known && known.status !== 'withdrawn') return known;
  refuseIf(refusedByState(run, row));
  const sent = {
    outcome: outcome ?? undefined,
    input: input as JsonValue | undefined,
    reason: reason ?? undefined,
    requestId: id,
    fingerprint: 'temporal',
  };
  return storeCompletion(context, situation, sent, { actor: temporalActor, roles: [], person: null });
}
