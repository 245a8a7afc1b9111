import { v7 as uuidv7 } from 'uuid';
import type { Identity, Role } from '../../identity/roles.ts';
import { InterlockError } from '../../platform/error-codes.ts';
import { isUuid } from '../../platform/ids.ts';
import type { JsonValue } from '../../platform/json.ts';
import { checkStorable } from '../../platform/server/json-schema.ts';
import { redactSent } from '../../platform/server/redact-large.ts';
import {
  findKeptEvent,
  giveKeptEvent,
  insertKeptEvent,
  type KeptEvent,
  listKeptEvents,
  weighKeptEvents,
} from '../db/kept-events.ts';
import { definitionOf } from '../steps/registry.ts';
import { applyCompletion } from './apply-completion.ts';
import { fingerprintOf } from './complete-step.ts';
import type { StepSituation } from './find-step.ts';
import { mustReadOpenRun } from './load-runs.ts';
import { matchesEvent } from './matches-event.ts';
import type { PlaybookContext, RunChange } from './run-context.ts';
import { loadScope } from './run-scope.ts';
import { actorOf } from './step-subject.ts';
import { storeCompletion } from './store-completion.ts';
import { tellRun } from './tell.ts';

/** What a run keeps at most. */
export const maxKeptEvents = 100;
const maxKeptBytes = 256 * 1024;

export interface ArrivedEvent {
  runId: string;
  name: string;
  data: JsonValue;
  requestId?: string | undefined;
}

/** The request id of the completion by an event: the same event completes a step once. */
export const eventRequestId = (requestId: string): string => `event/${requestId}`;

/** The event that this request sent before, if the run kept it. @throws InterlockError `idempotency_conflict` */
export async function keptBefore(
  { services, identity }: RunChange,
  event: ArrivedEvent,
): Promise<KeptEvent | null> {
  const { requestId } = event;
  if (requestId === undefined || !isUuid(event.runId)) return null;
  const kept = await services.db.tenant(identity.tenantId, (connection) =>
    findKeptEvent(connection, event.runId, requestId),
  );
  if (kept && (kept.fingerprint !== digestOf(services, event) || kept.actor_id !== identity.actor.id))
    throw new InterlockError('idempotency_conflict', 'This requestId was used for another event.');
  return kept;
}

/**
 * Keeps an event for a wait step that the run has not reached.
 * @throws InterlockError `conflict` when the run has ended or keeps too many, `invalid_input`
 */
export async function keepEvent(
  { services, identity, requestId: apiRequestId }: RunChange,
  event: ArrivedEvent,
): Promise<KeptEvent> {
  const { runId, name, data, requestId = uuidv7() } = event;
  const issues = checkStorable(data);
  if (issues.length > 0) {
    const located = issues.map((issue) => ({ ...issue, path: `/data${issue.path}` }));
    throw new InterlockError('invalid_input', 'Fix the highlighted fields. Nothing was sent.', {
      issues: located,
    });
  }
  const known = await services.written.secrets(identity.tenantId);
  const { value } = await redactSent(data, undefined, known, identity.tenantId, null);
  const bytes = Buffer.byteLength(JSON.stringify(value));
  return services.db.tenantTransaction(identity.tenantId, async (connection) => {
    const run = await mustReadOpenRun(connection, runId, 'lock');
    const kept = await weighKeptEvents(connection, runId);
    if (kept.events >= maxKeptEvents || kept.bytes + bytes > maxKeptBytes)
      throw new InterlockError(
        'conflict',
        `No step waits for this event yet, and the run keeps no more than ${maxKeptEvents} events of ${maxKeptBytes / 1024} kB together. It was not kept; send it again later.`,
      );
    await insertKeptEvent(connection, {
      id: uuidv7(),
      run_id: runId,
      name,
      data: value,
      bytes,
      request_id: requestId,
      fingerprint: digestOf(services, event),
      ...actorColumns(identity),
    });
    await tellRun(
      connection,
      run,
      'PlaybookEventKept',
      { actor: identity.actor, requestId: apiRequestId },
      {
        event: name,
      },
    );
    return (await findKeptEvent(connection, runId, requestId))!;
  });
}

/**
 * Gives a step that listens the first kept event that it waits for. Doing it again changes nothing.
 * @returns whether the step received one
 */
export async function receiveKept(context: PlaybookContext, situation: StepSituation): Promise<boolean> {
  const { run, step, row } = situation;
  const listener = row.status === 'waiting' ? definitionOf(step).listensFor(step) : null;
  if (!listener) return false;
  const { tenant_id: tenantId } = run;
  const kept = await context.db.tenant(tenantId, (connection) =>
    listKeptEvents(connection, { runId: run.id, stepRunId: row.id, name: listener.event }),
  );
  if (kept.length === 0) return false;
  const scope = await context.db.tenant(tenantId, (connection) => loadScope(connection, run));
  for (const event of kept) {
    const given =
      (await matchesEvent(listener, event.data, scope, tenantId)) &&
      (await context.db.tenant(tenantId, (connection) => giveKeptEvent(connection, event.id, row.id)));
    if (given && (await complete(context, situation, event, listener.outcome))) return true;
  }
  return false;
}

/** Completes the step as the sender of the event. @returns false when the completion is refused */
async function complete(
  context: PlaybookContext,
  situation: StepSituation,
  event: KeptEvent,
  outcome: string,
): Promise<boolean> {
  const { run, row } = situation;
  const { data, request_id: requestId, actor_roles: roles, person } = event;
  const fingerprint = fingerprintOf(context.digest, { outcome, input: data });
  const completion = await storeCompletion(
    context,
    situation,
    { outcome, input: data, requestId: eventRequestId(requestId), fingerprint },
    { actor: actorOf(event), roles: roles as Role[], person },
  );
  const applied = await applyCompletion(context, {
    tenantId: run.tenant_id,
    runId: run.id,
    message: { stepId: row.step_id, completionId: completion.id },
  });
  return applied.accepted;
}

const digestOf = ({ digest }: PlaybookContext, { name, data }: ArrivedEvent): string =>
  digest('idempotency', ['event', name, data]);

const actorColumns = ({ actor, roles, person }: Identity) => ({
  actor_type: actor.type,
  actor_id: actor.id,
  actor_name: actor.name,
  actor_roles: [...roles],
  person,
});
