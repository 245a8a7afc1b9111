import { type Evidence, type ExecutionRecord, groupBy, isOpen, spanOf } from '../evidence.ts';
import { unsafeTools, type Violation } from '../journal.ts';

/** What a response named exists, and completions that were accepted are stored. */
export function lost({
  journal,
  executions,
  runs,
  accepted,
}: Pick<Evidence, 'journal' | 'executions' | 'runs' | 'accepted'>): Violation[] {
  const found: Violation[] = [];
  const report = (id: string, what: string) => found.push({ kind: 'lost', id, what });
  for (const { callId, told } of journal.calls.values())
    for (const id of told.keys())
      if (!executions.has(id)) report(id, `A response named this execution of ${callId}; there is no row`);
  for (const { callId, runId } of journal.runs)
    if (runId !== null && !runs.has(runId))
      report(runId, `A response named this run of ${callId}; there is no row`);
  for (const { runId, completed } of journal.runs)
    for (const [stepId, requestIds] of completed)
      for (const requestId of requestIds)
        if (!accepted.has(requestId))
          report(runId ?? '', `The completion ${requestId} of ${stepId} was accepted and is not stored`);
  return found;
}

/** Nothing is open that nothing will end. */
export const stuck = ({ executions, runs }: Pick<Evidence, 'executions' | 'runs'>): Violation[] => [
  ...[...executions.values()].filter(isOpen).map((execution) => ({
    kind: 'stuck' as const,
    id: execution.id,
    what: `${execution.toolName} is ${execution.status} after ${execution.attempts} attempts`,
    ...spanOf(execution),
  })),
  ...[...runs.values()].filter(isOpen).map((run) => ({
    kind: 'stuck' as const,
    id: run.id,
    what: `The run is ${run.status}: ${run.steps}`,
    ...spanOf(run),
  })),
];

/** What was wanted once was done once, by one execution. */
export function doubled({
  journal,
  executions,
  ledger,
}: Pick<Evidence, 'journal' | 'executions' | 'ledger'>): Violation[] {
  const found: Violation[] = [];
  const byCall = groupBy(executions.values(), (execution) => execution.callId);
  const spanOfCall = (callId: string) => {
    const spans = (byCall.get(callId) ?? []).map(spanOf);
    return spans.length === 0
      ? {}
      : {
          from: Math.min(...spans.map(({ from }) => from)),
          to: Math.max(...spans.map(({ to }) => to)),
        };
  };
  const report = (callId: string, id: string, what: string) =>
    found.push({ kind: 'doubled', id, what, ...spanOfCall(callId) });

  const effects = groupBy(
    ledger.filter((entry) => entry.effect !== null),
    (entry) => entry.callId,
  );
  for (const [callId, entries] of effects) {
    const distinct = new Set(entries.map((entry) => entry.effect));
    if (distinct.size > 1) {
      const ids = (byCall.get(callId) ?? []).map(({ id, failureCode }) => `${id} (${failureCode})`);
      const when = entries.map(({ at, answer, key }) => `${at} ${answer}${key ? ` key ${key}` : ''}`);
      const { tool } = entries[0]!;
      report(callId, callId, `${tool} took effect ${distinct.size} times (${when.join('; ')}): ${ids}`);
    }
  }
  for (const [key, same] of groupBy(executions.values(), (execution) => execution.key ?? ''))
    if (key !== '' && same.length > 1)
      report(same[0]!.callId, key, `One Idempotency-Key made ${same.length} executions: ${idsOf(same)}`);
  for (const { callId } of journal.calls.values()) {
    const first = (byCall.get(callId) ?? []).filter(({ rerunOf }) => rerunOf === null);
    if (first.length > 1) report(callId, callId, `One request made the executions ${idsOf(first)}`);
  }
  for (const { runId, completed } of journal.runs)
    for (const stepId of ['check', 'sign', 'choose']) {
      const requests = completed.get(stepId)?.size ?? 0;
      if (requests > 1) report('', runId ?? '', `${stepId} was completed by ${requests} requests`);
    }
  return found;
}

/** What responses and rows say agrees with what the provider did. */
export function untrue({
  journal,
  executions,
  ledger,
}: Pick<Evidence, 'journal' | 'executions' | 'ledger'>): Violation[] {
  const found: Violation[] = [];
  const report = (execution: ExecutionRecord, what: string) =>
    found.push({ kind: 'untrue', id: execution.id, what, ...spanOf(execution) });
  const byCall = groupBy(executions.values(), (execution) => execution.callId);
  const effects = groupBy(
    ledger.filter((entry) => entry.effect !== null),
    (entry) => entry.callId,
  );
  for (const execution of executions.values()) {
    const done = effects.get(execution.callId) ?? [];
    if (execution.status === 'succeeded' && !execution.settled && execution.toolName !== 'look') {
      if (!done.some((entry) => entry.effect === execution.effect))
        report(execution, `It succeeded with ${execution.effect}, which the provider did not do`);
    }
  }
  for (const [callId, same] of byCall) {
    const undone = same.every(({ status, retryable }) => status === 'failed' && retryable);
    const [first] = same;
    if (undone && first && unsafeTools.some((tool) => tool === first.toolName) && effects.has(callId))
      report(first, `Running it again is called safe, and ${first.toolName} took effect`);
  }
  for (const { callId, told, refused, key } of journal.calls.values()) {
    for (const [id, status] of told) {
      const row = executions.get(id);
      if (row && !isOpen({ status }) && row.status !== status && !row.settled)
        report(row, `A response said ${status}, and it is ${row.status}`);
    }
    const [row] = byCall.get(callId) ?? [];
    if (row && key === null && refused !== null && /nothing was (changed|done)/i.test(refused))
      report(row, `The only response said "${refused}", and there is an execution`);
  }
  return found;
}

const idsOf = (executions: readonly ExecutionRecord[]): string => executions.map(({ id }) => id).join(', ');
