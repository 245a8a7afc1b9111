import { setTimeout as sleep } from 'node:timers/promises';
import { type Answer, type Caller, isError, isUndecided } from './caller.ts';
import type { Journal, WantedRun } from './journal.ts';
import { readLedger } from './ledger.ts';
import { anyRandom } from './random.ts';
import { playbookName } from './tools.ts';

export interface EngineOptions {
  tenant: string;
  name: string;
  /** ana works, ben approves; ana's second hand races the first one. */
  ana: Caller;
  ben: Caller;
  ledgerFile: string;
  journal: Journal;
  /** Aborted: no new runs. */
  calm: AbortSignal;
  /** Aborted: the faults are over, so what is not in the ledger did not happen. */
  quiet: AbortSignal;
  over: AbortSignal;
}

type Completion = Record<string, unknown>;
type Step = Answer['body'];

const ended = ['completed', 'failed', 'cancelled'];

/** Starts runs one after the other and completes their steps, sometimes twice at the same time. */
export async function runEngine(options: EngineOptions): Promise<void> {
  const { tenant, name, ana, journal, calm } = options;
  for (let count = 1; !calm.aborted; count++) {
    const callId = `${tenant}-${name}-${count}`;
    const wanted: WantedRun = { tenant, callId, runId: null, exceptionId: null, completed: new Map() };
    journal.runs.push(wanted);
    const exception = await until(options, () =>
      ana('POST', '/api/exceptions', { title: callId }, { 'idempotency-key': `exception-${callId}` }),
    );
    if (!exception || isError(exception)) continue;
    wanted.exceptionId = exception.body.id;
    const body = { playbookId: playbookName, exceptionId: exception.body.id, input: { callId } };
    const run = await until(options, () =>
      ana('POST', '/api/playbook-runs', body, { 'idempotency-key': `run-${callId}` }),
    );
    if (!run || isError(run)) continue;
    wanted.runId = run.body.id;
    await drive(options, wanted, run.body.id);
  }
}

/** Sends a request until it is decided. @returns null when there is no more time */
async function until({ over, journal }: EngineOptions, send: () => Promise<Answer>): Promise<Answer | null> {
  for (let attempt = 1; !over.aborted; attempt++) {
    const answer = await send();
    journal.statuses.set(answer.status, (journal.statuses.get(answer.status) ?? 0) + 1);
    if (answer.body !== null) journal.texts.push(JSON.stringify(answer.body));
    if (!isUndecided(answer)) return answer;
    await sleep(anyRandom.between(200, 300 * Math.min(attempt, 5)));
  }
  return null;
}

async function drive(options: EngineOptions, wanted: WantedRun, runId: string): Promise<void> {
  const { ana, over } = options;
  while (!over.aborted) {
    const run = await ana('GET', `/api/playbook-runs/${runId}`);
    if (!isError(run)) {
      if (ended.includes(run.body.status)) return;
      if (run.body.quarantined) await ana('POST', `/api/playbook-runs/${runId}/release`, {});
      const open = run.body.steps.filter((step: Step) => step.outcomes.length > 0);
      await Promise.all(open.map((step: Step) => completeStep(options, wanted, runId, step)));
    }
    await sleep(anyRandom.between(100, 500));
  }
}

async function completeStep(
  options: EngineOptions,
  wanted: WantedRun,
  runId: string,
  step: Step,
): Promise<void> {
  const completion = choose(options, wanted, step);
  if (!completion) return;
  const path = `/api/playbook-runs/${runId}/steps/${step.id}/complete`;
  const as = step.type === 'approval' ? options.ben : options.ana;
  const send = async () => {
    const requestId = crypto.randomUUID();
    const answer = await until(options, () => as('POST', path, { ...completion, requestId }));
    if (!answer || isError(answer)) return;
    const completed = wanted.completed.get(step.id) ?? new Set();
    wanted.completed.set(step.id, completed.add(requestId));
  };
  await Promise.all([send(), anyRandom.next() < 0.3 && send()]);
}

/** What a careful person would decide now; null: nothing yet. */
function choose({ ledgerFile, quiet }: EngineOptions, { callId }: WantedRun, step: Step): Completion | null {
  const offers = (outcome: string) => step.outcomes.some(({ id }: { id: string }) => id === outcome);
  const happened = () =>
    readLedger(ledgerFile).some((entry) => entry.callId === `${callId}-${step.id}` && entry.effect !== null);
  if (step.status === 'outcome_unknown') {
    if (happened()) return { outcome: 'happened', reason: 'in the ledger' };
    // Its request may still be on its way.
    return quiet.aborted ? { outcome: 'did_not_happen', reason: 'not in the ledger' } : null;
  }
  if (step.failure && happened()) return { outcome: 'skip', reason: 'in the ledger' };
  if (step.type === 'decision') return { outcome: anyRandom.oneOf(['close', 'again']) };
  if (step.type === 'approval')
    return anyRandom.next() < 0.03 && offers('rejected')
      ? { outcome: 'rejected', reason: 'no' }
      : { outcome: 'approved' };
  if (step.type === 'manual') return { outcome: 'done', input: { ok: true } };
  return offers('run') ? { outcome: 'run' } : null;
}
