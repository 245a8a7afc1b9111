import { InterlockError } from '../../platform/error-codes.ts';
import { giveKeptEvent, type KeptEvent } from '../db/kept-events.ts';
import { listStepRuns, type StepRow } from '../db/step-runs.ts';
import { allSteps } from '../playbook-document.ts';
import { definitionOf, type Step } from '../steps/registry.ts';
import { submitCompletion } from './complete-step.ts';
import { type ArrivedEvent, eventRequestId, keepEvent, keptBefore } from './kept-events.ts';
import { mustReadOpenRun } from './load-runs.ts';
import { matchesEvent } from './matches-event.ts';
import type { RunChange } from './run-context.ts';
import { loadDocument } from './run-document.ts';
import { loadScope } from './run-scope.ts';

export interface SentEvent {
  /** The ids of the steps that received it. */
  received: string[];
  /** The run has not reached a step that waits for it, so it is kept. */
  kept?: true;
}

/**
 * Completes the steps of a run that listen for this event, or keeps it for a step that will.
 * @throws InterlockError `conflict` when the run has ended, is paused or keeps too many, and all of `submitCompletion`
 */
export async function sendEvent(context: RunChange, event: ArrivedEvent): Promise<SentEvent> {
  const before = await keptBefore(context, event);
  if (before) return deliver(context, before);
  const { listeners, isYetToCome, scope } = await readListeners(context, event);
  const received: string[] = [];
  for (const { step, row, listener } of listeners) {
    if (row.status !== 'waiting' && event.requestId === undefined) continue;
    if (!(await matchesEvent(listener, event.data, scope, context.identity.tenantId))) continue;
    // The same request gets the same result, also from a step that has received it.
    if (await receive(context, event, step.id, listener.outcome)) received.push(step.id);
  }
  if (received.length > 0 || !isYetToCome) return { received };
  return deliver(context, await keepEvent(context, event));
}

/** The step may have opened while the event was being stored: then neither side has seen the other. */
async function deliver(context: RunChange, kept: KeptEvent): Promise<SentEvent> {
  const { services, identity } = context;
  const event = { runId: kept.run_id, name: kept.name, data: kept.data, requestId: kept.request_id };
  const { listeners, scope } = await readListeners(context, event);
  const owner = listeners.find(({ row }) => row.id === kept.step_run_id);
  for (const { step, row, listener } of owner ? [owner] : listeners) {
    if (!owner && row.status !== 'waiting') continue;
    if (!(await matchesEvent(listener, kept.data, scope, identity.tenantId))) continue;
    const given = await services.db.tenant(identity.tenantId, (connection) =>
      giveKeptEvent(connection, kept.id, row.id),
    );
    if (given && (await receive(context, event, step.id, listener.outcome))) return { received: [step.id] };
  }
  return { received: [], kept: true };
}

/** @returns false when someone else has completed the step */
async function receive(
  context: RunChange,
  { runId, data, requestId }: ArrivedEvent,
  stepId: string,
  outcome: string,
): Promise<boolean> {
  try {
    const id = requestId === undefined ? {} : { requestId: eventRequestId(requestId) };
    await submitCompletion(context, { runId, stepId, outcome, input: data, ...id });
    return true;
  } catch (error) {
    if (error instanceof InterlockError && error.code === 'conflict') return false;
    throw error;
  }
}

interface Listening {
  step: Step;
  row: StepRow;
  listener: NonNullable<ReturnType<ReturnType<typeof definitionOf>['listensFor']>>;
}

/** The steps that listen for an event: those that the run has reached, and whether there are others. */
async function readListeners({ services, identity }: RunChange, { runId, name }: ArrivedEvent) {
  const { rows, document, scope } = await services.db.tenant(identity.tenantId, async (connection) => {
    const run = await mustReadOpenRun(connection, runId);
    if (run.paused_at)
      throw new InterlockError(
        'conflict',
        'The run is paused. Nothing was received. Send the event again later.',
      );
    return {
      rows: new Map((await listStepRuns(connection, [run.id])).map((row) => [row.step_id, row])),
      document: await loadDocument(connection, run),
      scope: await loadScope(connection, run),
    };
  });
  const listeners: Listening[] = [];
  let isYetToCome = false;
  for (const { step } of allSteps(document)) {
    const listener = definitionOf(step).listensFor(step);
    if (listener?.event !== name) continue;
    const row = rows.get(step.id);
    if (row) listeners.push({ step, row, listener });
    else isYetToCome = true;
  }
  return { listeners, isYetToCome, scope };
}
